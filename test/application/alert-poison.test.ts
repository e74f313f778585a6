import { expect, it } from 'vitest';
import type { Config } from '#adapters/config/config.ts';
import type { Core } from '#application/core.ts';
import { createFoldAlerts } from '#application/fold-alerts.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import { keyOfAlert } from '#domain/alert/alert-event.ts';
import { checkAlerts } from '#src/composition/check-alerts.ts';
import { createOwnBot, createTestCore } from '#test/support/application.ts';
import { describeOnBothEngines, describeOnEmbedded } from '#test/support/databases.ts';
import { someAlert } from '#test/support/some-alert.ts';

const noAlerts = { file: null, secrets: {} as Config['alerts']['secrets'], topics: [] };

describeOnBothEngines('an alert of which the database cannot keep something', (open) => {
  it('is set aside, and the others go on', async () => {
    const bot = await createOwnBot(await open());
    // The door lets no such time in: its minute is greater than the column of marks holds.
    const poison = someAlert({ fingerprint: 'poison', startedAt: 8e15, changedAt: 8e15 });
    const alerts = [
      someAlert(),
      ...[1, 2, 3].map((at) => someAlert({ fingerprint: `f${at}`, at: at * 100 })),
    ];
    const eventOf = (alert: typeof poison) => ({
      key: keyOfAlert(alert),
      channel: 'incidents',
      route: 'all',
      alert,
    });
    await bot.within((transaction) =>
      transaction.alerts.add([...alerts.slice(0, 2), poison, ...alerts.slice(2)].map(eventOf)),
    );
    const fold = createFoldAlerts(bot.core);
    while (await fold(bot.workspace)) await bot.settle();
    const states = await bot.within(({ alerts: store }) => store.known(alerts, ['incidents'], 0));
    expect(states.map(({ alert }) => alert.fingerprint).sort()).toEqual(['a', 'f1', 'f2', 'f3']);
    expect(await bot.within(({ alerts: store }) => store.refused(10))).toMatchObject([
      {
        sender: 'alertmanager',
        message: 'could not be put into an incident',
        payload: expect.stringContaining('poison'),
      },
    ]);
    expect(await checkAlerts(noAlerts, { core: bot.core })).toMatchObject([
      { status: 'warning', message: expect.stringMatching(/alertmanager: the payload could not be put/) },
    ]);
  });
});

describeOnEmbedded('payloads that did not fit', (open) => {
  it('are in doctor with their field, the newest hundred are kept, and of each no more than a part', async () => {
    const db = await open();
    const core = (await createTestCore(db)) as Core;
    const inbound = createReceiveAlerts({ ...core, alertsWaiting: () => undefined });
    for (let at = 0; at < 102; at += 1)
      await inbound.refuse({
        sender: 'grafana',
        field: `alerts[${at}].labels`,
        message: 'is missing',
        payload: 'long '.repeat(2_000),
      });
    const [oldest] = await db.workspaces.all();
    if (!oldest) throw new Error('no workspace');
    const kept = await db.unitOfWork.within(oldest.id, ({ alerts }) => alerts.refused(1_000));
    expect(kept.map(({ field }) => field).slice(0, 2)).toEqual(['alerts[101].labels', 'alerts[100].labels']);
    expect(kept).toHaveLength(100);
    expect(Math.max(...kept.map(({ payload }) => payload.length))).toBeLessThanOrEqual(4_000);
    const [finding] = await checkAlerts(noAlerts, { core });
    expect(finding?.message).toContain('grafana: alerts[101].labels is missing: long');
  });
});
