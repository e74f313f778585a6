import type { Config, SlackConfig } from '#adapters/config/config.ts';
import type { Finding } from '#commands/command.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import { formatTime } from '#domain/wording/format.ts';
import { slackBotToken } from '#ports/secret-store.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { OpenCore } from './open-core.ts';

type SharedApp = Extract<SlackConfig, { readonly mode: 'oauth' }>;

/** What `doctor` finds out about Slack; nothing, and no SDK, when it is not configured. */
export async function checkSlack(
  { slack }: Pick<Config, 'slack'>,
  open: OpenCore,
): Promise<readonly Finding[]> {
  if (slack === null) return [];
  if (slack.mode === 'oauth') return checkTeams(slack, open);
  const { diagnoseSlack } = await import('#adapters/slack/start/diagnose-slack.ts');
  return diagnoseSlack(slack, open.core.logger);
}

async function checkTeams(app: SharedApp, open: OpenCore): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const workspace of await open.core.workspaces.all()) {
    if (workspace.platform === 'slack') findings.push(...(await checkTeam(app, open, workspace)));
  }
  if (findings.length > 0) return findings;
  const message = 'no team has installed the app';
  return [{ name: 'slack teams', status: 'warning', message, advice: `Open ${app.publicUrl}/slack/install` }];
}

async function checkTeam(
  app: SharedApp,
  { core, secrets }: OpenCore,
  { id, externalId, name, installation }: Workspace,
): Promise<readonly Finding[]> {
  const about = `slack team ${name} (${externalId})`;
  if (installation === null) return [];
  const since = formatTime(installation.at);
  if (installation.state === 'uninstalled')
    return [{ name: about, status: 'ok', message: `uninstalled on ${since}; its data stays`, advice: null }];
  try {
    const botToken = await secrets.get(id, slackBotToken);
    if (botToken === undefined) return [withoutToken(about, app)];
    const { diagnoseSlack } = await import('#adapters/slack/start/diagnose-slack.ts');
    const found = await diagnoseSlack({ ...app, mode: 'http', botToken }, core.logger);
    const installed: Finding = { name: about, status: 'ok', message: `installed on ${since}`, advice: null };
    return [installed, ...found.map((finding) => ({ ...finding, name: `${finding.name} of ${name}` }))];
  } catch (error) {
    const { what: message, advice } = describeFault(error);
    return [{ name: about, status: 'failed', message, advice }];
  }
}

const withoutToken = (name: string, { publicUrl }: SharedApp): Finding => ({
  name,
  status: 'failed',
  message: 'its token is missing',
  advice: `Install the app again at ${publicUrl}/slack/install`,
});
