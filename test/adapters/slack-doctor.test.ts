import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shortcuts } from '#adapters/slack/inbound/hear-shortcut.ts';
import { scopes } from '#adapters/slack/scopes.ts';
import { diagnoseSlack } from '#adapters/slack/start/diagnose-slack.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { silentLogger } from '#test/support/playground.ts';
import { bot, startLocalSlack, team, tokens } from '#test/support/slack/local-slack.ts';
import { refused } from '#test/support/slack/proxy.ts';

describe('slack-manifest.yaml', () => {
  const manifest = parse(readFileSync('slack-manifest.yaml', 'utf8'));

  it('asks for the scopes that the bot needs, and docs/slack.md gives the reason of each', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(scopes));
    const page = readFileSync('docs/slack.md', 'utf8');
    expect(Object.keys(scopes).filter((scope) => !page.includes(`| \`${scope}\` |`))).toEqual([]);
  });

  it('has the shortcuts that the bot knows, within the limits of Slack', () => {
    const made = manifest.features.shortcuts as readonly { callback_id: string; name: string }[];
    expect(made.map(({ callback_id }) => callback_id)).toEqual(Object.values(shortcuts));
    expect(made.filter(({ name }) => name.length > 24)).toEqual([]);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  });
});

describeWithPeer('slack', 'doctor on Slack', () => {
  const settings = (apiUrl: string) =>
    ({ mode: 'socket', botToken: tokens.bot, appToken: tokens.app, apiUrl }) as const;
  const findings = async (apiUrl: string) =>
    Object.fromEntries((await diagnoseSlack(settings(apiUrl), silentLogger)).map((one) => [one.name, one]));

  it('finds everything in order', async () => {
    await using slack = await startLocalSlack();
    const found = await findings(slack.apiUrl);
    expect(Object.values(found).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(found['slack token']?.message).toContain(`${team.name} (${team.id})`);
  });

  it('says what a refused token, a missing scope, a refused app token and an empty list of channels mean', async () => {
    await using slack = await startLocalSlack();
    const given = Object.keys(scopes).filter((scope) => scope !== 'reactions:read');
    slack.proxy.rules = [
      ({ method }) =>
        method === 'auth.test'
          ? {
              status: 200,
              headers: { 'x-oauth-scopes': given.join(',') },
              body: { ok: true, team: team.name, team_id: team.id, user: bot.name, user_id: bot.user },
            }
          : undefined,
      ({ method }) => (method === 'apps.connections.open' ? refused('not_allowed_token_type') : undefined),
      ({ method }) =>
        method === 'users.conversations' ? { status: 200, body: { ok: true, channels: [] } } : undefined,
    ];
    expect(await findings(slack.apiUrl)).toMatchObject({
      'slack token': { status: 'ok' },
      'slack scopes': {
        status: 'warning',
        message: 'reactions:read is missing: reactions do not count as votes',
      },
      'slack socket': { status: 'failed', advice: expect.stringContaining('SLACK_APP_TOKEN') },
      'slack channels': { status: 'warning', advice: expect.stringContaining('/invite') },
    });

    slack.proxy.rules = [() => refused('token_revoked')];
    expect(await findings(slack.apiUrl)).toEqual({
      'slack token': expect.objectContaining({
        status: 'failed',
        advice: expect.stringContaining('SLACK_BOT_TOKEN'),
      }),
    });
  });
});
