import { expect, it } from 'vitest';
import { nearDuplicate } from '#domain/case-merge/near-duplicate.ts';
import type { Case } from '#domain/solution.ts';

const someCase = (changes: Partial<Case>): Case => ({
  ...{ title: 't', symptoms: 's', rootCause: '', resolution: '', validation: '', tags: [], owner: '' },
  appliesTo: {},
  ...changes,
});
const changes = (command: string) => command.startsWith('systemctl restart');
const compare = (one: Partial<Case>, other: Partial<Case>, similarity = 0.8) =>
  nearDuplicate(someCase(one), someCase(other), { similarity, threshold: 0.7, changes });

it('takes the same fix in other words and on another machine for one', () => {
  const first = { resolution: 'Restarted nginx on web-03 after the reload' };
  expect(compare(first, { resolution: 'we had to restart the nginx on web-07' })).toMatchObject({
    words: ['restarted', 'nginx'],
  });
});

it('takes another fix of the same symptom, another place and other symptoms for two', () => {
  const restart = { resolution: 'Restarted nginx' };
  expect(compare(restart, { resolution: 'Restarted postgres and emptied the pool' })).toBeUndefined();
  expect(compare(restart, restart, 0.69)).toBeUndefined();
  const place = (environment: string) => ({ ...restart, appliesTo: { environment: [environment] } });
  expect(compare(place('prod'), place('staging'))).toBeUndefined();
  expect(compare(place('prod'), place('production'))).toBeDefined();
});

it('takes commands for a fix only where they change something and went well', () => {
  const told = (steps: string, resolution: string) => ({ steps, resolution });
  const look = '$ systemctl status nginx\n(succeeded)';
  expect(compare(told(look, 'emptied the queue'), told(look, 'grew the disk'))).toBeUndefined();
  const restart = '$ systemctl restart nginx';
  expect(compare(told(`${restart}\n(succeeded)`, 'did it'), told(restart, 'did that'))).toBeDefined();
  expect(
    compare(told(`${restart}\n(failed)`, 'emptied the queue'), told(restart, 'did that')),
  ).toBeUndefined();
});

it('takes nothing of which no fix is told for anything', () => {
  expect(compare({ resolution: '' }, { resolution: '' })).toBeUndefined();
});
