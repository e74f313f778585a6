import { createFoldAlerts } from '#application/fold-alerts.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import type { Alert } from '#domain/alert/alert.ts';
import type { ReceivedAlerts } from '#ports/alert-inbound.ts';
import type { TestBot } from './application.ts';
import { someRoute } from './some-alert.ts';

/** Hands alerts in, all into one channel, and waits until all that follows was sent. */
export const handAlerts = (bot: TestBot, ...alerts: readonly Alert[]): Promise<ReceivedAlerts> =>
  handAlertsInto(bot, 'incidents', ...alerts);

export async function handAlertsInto(
  bot: TestBot,
  channel: string,
  ...alerts: readonly Alert[]
): Promise<ReceivedAlerts> {
  const own = (await bot.core.workspaces.all()).find(({ id }) => id === bot.workspace);
  if (!own) throw new Error('no workspace');
  const leadsTo = ['incidents', channel].map((one) => someRoute(own, one).to);
  const settings = { ...bot.core.settings, alerts: { ...bot.core.settings.alerts, leadsTo } };
  const inbound = createReceiveAlerts({ ...bot.core, settings, alertsWaiting: () => undefined });
  const received = await inbound.receive(alerts.map((alert) => ({ alert, route: someRoute(own, channel) })));
  const fold = createFoldAlerts(bot.core);
  while (await fold(bot.workspace)) await bot.settle();
  await bot.settle();
  return received;
}
