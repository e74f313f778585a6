import { expect, it } from 'vitest';
import { createFoldAlerts } from '#application/fold-alerts.ts';
import { keyOfAlert } from '#domain/alert/alert-event.ts';
import { createOwnBot } from '#test/support/application.ts';
import { describeOnBothEngines } from '#test/support/databases.ts';
import { someAlert } from '#test/support/some-alert.ts';

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
  });
});
