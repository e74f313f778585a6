import { describe, expect, it } from 'vitest';
import { type AlertEvent, keyOfAlert } from '#domain/alert/alert-event.ts';
import { type AlertMark, defaultJoinSettings, joinAlerts } from '#domain/alert/join-alerts.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import { fc } from '#test/support/properties.ts';
import { alertBegin as begin, minuteMs as minute, someAlert } from '#test/support/some-alert.ts';

function eventOf(changes: Parameters<typeof someAlert>[0] = {}): AlertEvent {
  const alert = someAlert(changes);
  return { key: keyOfAlert(alert), channel: 'C1', route: 'all', alert, receivedAt: begin };
}

/** Takes events in batches, as they come, and tells which are together at the end. */
function partition(batches: readonly (readonly AlertEvent[])[]): readonly string[] {
  const ids = Array.from({ length: 1000 }, (_, index) => String(index).padStart(6, '0')).values();
  let marks: readonly AlertMark[] = [];
  const incidentOf = new Map<string, AlertIncidentId>();
  for (const batch of batches) {
    const fresh = batch.filter(
      ({ key }, index) => !incidentOf.has(key) && batch.findIndex((one) => one.key === key) === index,
    );
    const joined = joinAlerts(fresh, marks, () => ids.next().value as AlertIncidentId);
    const settle = (id: AlertIncidentId) => joined.merged.get(id) ?? id;
    marks = [...marks, ...joined.marks].map((mark) => ({ ...mark, incident: settle(mark.incident) }));
    for (const [key, id] of incidentOf) incidentOf.set(key, settle(id));
    for (const [index, { key }] of fresh.entries())
      incidentOf.set(key, joined.incidents[index] as AlertIncidentId);
  }
  const groups = Map.groupBy(incidentOf.keys(), (key) => incidentOf.get(key));
  return [...groups.values()].map((keys) => keys.toSorted().join('\n')).sort();
}

const incidents = (...events: readonly AlertEvent[]): number => partition(events.map((one) => [one])).length;
const { reopenMinutes, serviceMinutes } = defaultJoinSettings;

describe('alerts are one incident', () => {
  it('when they are one alert: while it goes on, and when it fires again soon', () => {
    const over = (at: number) => eventOf({ at: 0, state: 'resolved', changedAt: begin + at * minute });
    expect(incidents(eventOf(), over(600))).toBe(1);
    expect(incidents(eventOf(), over(600), eventOf({ at: 600 + reopenMinutes }))).toBe(1);
    expect(incidents(eventOf(), over(600), eventOf({ at: 601 + reopenMinutes }))).toBe(2);
  });

  it('when the sender groups them', () => {
    const one = eventOf({ group: 'g' });
    expect(incidents(one, eventOf({ fingerprint: 'b', group: 'g', at: 30 }))).toBe(1);
    expect(incidents(one, eventOf({ fingerprint: 'b', group: 'h', at: 30 }))).toBe(2);
    expect(incidents(one, eventOf({ fingerprint: 'b', group: 'g', source: 'grafana' }))).toBe(2);
  });

  it('when they are of one service and close in time', () => {
    const labels = { service: 'orders' };
    const one = eventOf({ labels });
    expect(incidents(one, eventOf({ fingerprint: 'b', labels, at: serviceMinutes }))).toBe(1);
    expect(incidents(one, eventOf({ fingerprint: 'b', labels, at: serviceMinutes + 1 }))).toBe(2);
    expect(incidents(one, eventOf({ fingerprint: 'b', labels: { service: 'mail' } }))).toBe(2);
  });

  it('when a third one shows that two were one', () => {
    const labels = { service: 'orders' };
    const far = eventOf({ fingerprint: 'b', labels, at: 2 * serviceMinutes });
    expect(incidents(eventOf({ labels }), far)).toBe(2);
    expect(
      incidents(eventOf({ labels }), far, eventOf({ fingerprint: 'c', labels, at: serviceMinutes })),
    ).toBe(1);
  });

  it('when an end that does not say when it began is the next one after the beginning', () => {
    const end = eventOf({ state: 'resolved', startedAt: null, changedAt: begin + 5000 * minute });
    expect(incidents(eventOf(), end)).toBe(1);
    expect(incidents(eventOf(), eventOf({ at: 3000 }), end)).toBe(2);
    expect(incidents(eventOf({ fingerprint: 'b' }), end)).toBe(2);
  });
});

it('the same events give the same incidents, in any order, any batches, and however often they come', () => {
  const event = fc
    .record({
      fingerprint: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      group: fc.constantFrom(null, 'g', 'h'),
      labels: fc.constantFrom({}, { service: 'orders' }, { service: 'mail' }),
      state: fc.constantFrom('firing' as const, 'resolved' as const, 'acknowledged' as const),
      at: fc.integer({ min: 0, max: 400 }),
      lasted: fc.integer({ min: 0, max: 200 }),
    })
    .map(({ lasted, ...rest }) => eventOf({ ...rest, changedAt: begin + (rest.at + lasted) * minute }));
  const events = fc.array(event, { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.integer({ min: 0, max: 99 })), (all, dice) => {
      const roll = () => dice.next().value as number;
      const once = partition([all]);
      const shuffled = [...all, ...all.filter(() => roll() < 50)]
        .map((one) => ({ one, place: roll() }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one);
      const batches: AlertEvent[][] = [[]];
      for (const one of shuffled) roll() < 40 ? batches.push([one]) : batches.at(-1)?.push(one);
      expect(partition(batches)).toEqual(once);
    }),
    { numRuns: 500 },
  );
});
