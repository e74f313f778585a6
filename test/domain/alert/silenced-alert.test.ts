import { expect, it } from 'vitest';
import { keyOfAlert } from '#domain/alert/alert-event.ts';
import { heardAlert, silencedAlert } from '#domain/alert/silenced-alert.ts';
import { alertBegin as begin, minuteMs as minute, someAlert } from '#test/support/some-alert.ts';

const silence = {
  id: 's1',
  by: 'jane',
  comment: 'maintenance',
  since: begin + 5 * minute,
  until: begin + 60 * minute,
  fingerprints: ['a'],
};

it('an alert is silenced since its silence is, and never before what was told of it', () => {
  expect(silencedAlert(someAlert(), silence)).toMatchObject({
    state: 'acknowledged',
    startedAt: begin,
    changedAt: begin + 5 * minute,
    silence: { id: 's1', by: 'jane', comment: 'maintenance', until: begin + 60 * minute },
  });
  expect(silencedAlert(someAlert({ at: 9 }), silence).changedAt).toBe(begin + 9 * minute);
  const other = silencedAlert(silencedAlert(someAlert(), silence), { ...silence, id: 's2' });
  expect(other.changedAt).toBe(begin + 5 * minute + 1);
});

it('it is heard again when the silence was over, or was ended before', () => {
  const silenced = silencedAlert(someAlert(), silence);
  const ended = heardAlert(silenced, begin + 20 * minute);
  expect(ended).toMatchObject({ state: 'firing', changedAt: begin + 20 * minute });
  expect(ended.silence).toBeUndefined();
  expect(heardAlert(silenced, begin + 90 * minute).changedAt).toBe(begin + 60 * minute);
  // A clock that is behind that of the sender.
  expect(heardAlert(silenced, begin).changedAt).toBe(begin + 5 * minute + 1);
});

it('each of these is a signal of its own, and the same one whoever finds it', () => {
  const first = silencedAlert(someAlert(), silence);
  const heard = heardAlert(first, begin + 20 * minute);
  const again = silencedAlert(heard, silence);
  expect(new Set([someAlert(), first, heard, again].map(keyOfAlert)).size).toBe(4);
  expect(keyOfAlert(silencedAlert(someAlert(), silence))).toBe(keyOfAlert(first));
});
