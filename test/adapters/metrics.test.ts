import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '#adapters/metrics/create-metrics.ts';
import type { Operations } from '#ports/stores/operations-store.ts';

const quiet: Operations = {
  approvalsPending: 0,
  oldestApprovalAge: null,
  runsByState: {},
  stepsUnknown: 0,
  inboxWaiting: 0,
  inboxLag: null,
  inboxDead: 0,
  outboxWaiting: 0,
  outboxLag: null,
  outboxDead: 0,
  lastFoldAge: null,
};

let now: Operations;
let chats: { platform: string; connected: boolean }[];
let metrics: Metrics;
beforeEach(() => {
  now = quiet;
  chats = [];
  metrics = createMetrics({ operations: async () => now, chats: () => chats });
});
afterEach(() => metrics.close());

/** name{labels} → value of all samples. */
async function samples(): Promise<Record<string, number>> {
  const lines = (await metrics.read()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

describe('metrics', () => {
  it('tell what operators need', async () => {
    now = {
      approvalsPending: 2,
      oldestApprovalAge: 61.5,
      runsByState: { active: 3, succeeded: 7 },
      stepsUnknown: 1,
      inboxWaiting: 4,
      inboxLag: 5,
      inboxDead: 6,
      outboxWaiting: 7,
      outboxLag: 8,
      outboxDead: 9,
      lastFoldAge: 900,
    };
    chats = [
      { platform: 'slack', connected: true },
      { platform: 'discord', connected: false },
    ];
    expect(await samples()).toMatchObject({
      recourse_approvals_pending: 2,
      recourse_approval_oldest_age_seconds: 61.5,
      'recourse_runs{state="active"}': 3,
      'recourse_runs{state="succeeded"}': 7,
      recourse_steps_unknown: 1,
      recourse_inbox_waiting: 4,
      recourse_inbox_lag_seconds: 5,
      recourse_inbox_dead: 6,
      recourse_outbox_waiting: 7,
      recourse_outbox_lag_seconds: 8,
      recourse_outbox_dead: 9,
      recourse_fold_age_seconds: 900,
      'recourse_chat_connected{platform="slack"}': 1,
      'recourse_chat_connected{platform="discord"}': 0,
      recourse_event_loop_p99_seconds: expect.any(Number),
    });
  });

  it('leave out what there is not, and what is gone since the last read', async () => {
    now = { ...quiet, inboxLag: 3, runsByState: { active: 1 } };
    chats = [{ platform: 'playground', connected: true }];
    expect(Object.keys(await samples())).toContain('recourse_inbox_lag_seconds');
    now = quiet;
    chats = [];
    expect(Object.keys(await samples()).toSorted()).toEqual([
      'recourse_approvals_pending',
      'recourse_event_loop_p99_seconds',
      'recourse_inbox_dead',
      'recourse_inbox_waiting',
      'recourse_outbox_dead',
      'recourse_outbox_waiting',
      'recourse_steps_unknown',
    ]);
  });

  it('have a HELP and a TYPE line each', async () => {
    const text = await metrics.read();
    const names = Object.keys(await samples()).map((name) => name.replace(/\{.*/, ''));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(text).toMatch(new RegExp(`# HELP ${name} .+\n# TYPE ${name} gauge\n`));
    expect(metrics.contentType).toContain('text/plain');
  });

  it('say that they cannot be read when the database is away', async () => {
    const broken = createMetrics({ operations: () => Promise.reject(new Error('away')), chats: () => [] });
    await expect(broken.read()).rejects.toThrow('away');
    broken.close();
  });
});
