import type { Config } from '#adapters/config/config.ts';
import type { Finding } from '#commands/command.ts';
import type { Logger } from '#ports/logger.ts';

/** What `doctor` finds out about Slack; nothing, and no SDK, when it is not configured. */
export async function checkSlack({ slack }: Config, logger: Logger): Promise<readonly Finding[]> {
  if (slack === null) return [];
  const { diagnoseSlack } = await import('#adapters/slack/start/diagnose-slack.ts');
  return diagnoseSlack(slack, logger);
}
