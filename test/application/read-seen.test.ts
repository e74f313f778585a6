import { describe, expect, it } from 'vitest';
import { readSeen } from '#application/read-seen.ts';
import { defaultPolicy, type Policy } from '#domain/policy/policy.ts';

describe('readSeen', () => {
  const entry = (slug: string, number = 0) => ({ slug, channel: 'C1', number });
  const policy: Policy = {
    ...defaultPolicy,
    rules: [{ name: 'gizmos', scope: { runbooks: ['gizmo-*'] }, terms: { see: 'approver' } }],
  };
  const hidden = Array.from({ length: 1_200 }, (_, number) => entry('gizmo-relay', number));
  const entries = [entry('plover', 1), ...hidden, entry('plover', 2), entry('plover', 3), entry('plover', 4)];
  const read = async (limit: number) => entries.slice(0, limit);
  const reader = (role: 'responder' | 'approver') => ({ role, channel: 'C1' });

  it('looks through as many entries as it takes, and keeps their order', async () => {
    expect(await readSeen(policy, reader('responder'), 3, read)).toEqual([
      entry('plover', 1),
      entry('plover', 2),
      entry('plover', 3),
    ]);
  });

  it('ends where there are no more', async () => {
    expect(await readSeen(policy, reader('responder'), 9, read)).toHaveLength(4);
  });

  it('hides nothing from whoever may see it', async () => {
    expect(await readSeen(policy, reader('approver'), 2, read)).toEqual([entry('plover', 1), hidden[0]]);
  });
});
