import { createWebhookRoutes } from '#adapters/alerts/create-webhook-routes.ts';
import { loadAlertsFile } from '#adapters/alerts/load-alerts-file.ts';
import type { Config } from '#adapters/config/config.ts';
import type { Core } from '#application/core.ts';
import type { AlertInbound } from '#ports/alert-inbound.ts';

const fetchPatienceMs = 5_000;

/** The webhooks of senders of alerts; an alerts file that cannot be read is a Fault. */
export async function openAlerts(
  { file, secrets, topics }: Config['alerts'],
  { logger, clock }: Pick<Core, 'logger' | 'clock'>,
  inbound: AlertInbound,
): Promise<ReturnType<typeof createWebhookRoutes>> {
  const sns = { topics, fetchText };
  return createWebhookRoutes({
    file: await loadAlertsFile(file),
    secrets,
    sns,
    inbound,
    logger,
    now: clock.now,
  });
}

async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(fetchPatienceMs), redirect: 'error' });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.text();
}
