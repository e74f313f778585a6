import { describe, expect, it } from 'vitest';
import { likenessOf, mostAlike } from '#domain/alert/similar-alerts.ts';
import { someAlert } from '#test/support/some-alert.ts';

const labels = { service: 'orders', env: 'prod', instance: 'web-01:9100' };
const alert = someAlert({ labels });

describe('alerts that are alike', () => {
  it('are one alert, else of one name and with the same labels', () => {
    expect(likenessOf(alert, someAlert({ labels: {} }))).toBe(1);
    expect(likenessOf(alert, someAlert({ fingerprint: 'b', labels }))).toBe(1);
    expect(
      likenessOf(alert, someAlert({ fingerprint: 'b', labels: { ...labels, env: 'staging' } })),
    ).toBeCloseTo(0.5 + 0.5 / 3);
    expect(likenessOf(alert, someAlert({ fingerprint: 'b', name: 'Other', labels: {} }))).toBe(0);
  });

  it('may be on another machine', () => {
    const elsewhere = { ...labels, instance: 'web-02:9100' };
    expect(likenessOf(alert, someAlert({ fingerprint: 'b', labels: elsewhere }))).toBe(1);
  });

  it('are shown each incident once, the most alike first, of equals the newest, and no more than three', () => {
    const past = (incident: string, beganAt: number, changes = {}) => ({
      incident,
      beganAt,
      alert: someAlert({ fingerprint: incident, labels, ...changes }),
    });
    const found = mostAlike(alert, [
      past('older', 1),
      past('less', 9, { labels: { ...labels, env: 'staging' } }),
      past('newer', 2),
      past('newer', 2, { labels: { ...labels, env: 'staging' } }),
      past('not', 3, { name: 'Other', labels: {} }),
      past('oldest', 0),
    ]);
    expect(found.map(({ incident }) => incident)).toEqual(['newer', 'older', 'oldest']);
  });

  it('are none where nothing is alike enough', () => {
    const other = { incident: 'a', beganAt: 1, alert: someAlert({ fingerprint: 'z', labels: {} }) };
    expect(mostAlike(someAlert({ labels }), [other])).toEqual([]);
  });
});
