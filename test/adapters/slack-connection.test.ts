import { expect, it } from 'vitest';
import { startSlack } from '#adapters/slack/start/start-slack.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Logger } from '#ports/logger.ts';
import { keeping } from '#test/support/keeping.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { startLocalSlack, tokens } from '#test/support/slack/local-slack.ts';
import { openTestSlack } from '#test/support/slack/open-test-slack.ts';
import { outOfService, refused } from '#test/support/slack/proxy.ts';

describeWithPeer('slack', 'the connection to Slack', () => {
  it('is made anew after the socket was cut, and hears on', async () => {
    await using slack = await openTestSlack('socket');
    expect(slack.slack.status()).toMatchObject({ connected: true });
    expect(slack.server.proxy.dropSockets()).toBe(1);
    await expect.poll(() => slack.slack.status().connected).toBe(false);
    await expect.poll(() => slack.slack.status().connected).toBe(true);
    await slack.server.say('rae', 'disk full');
    expect(slack.received).toHaveLength(1);
    expect(slack.server.proxy.acknowledged).toHaveLength(1);
  });

  it('does not acknowledge what it could not keep', async () => {
    await using slack = await openTestSlack('socket', async () => {
      throw new Error('the database is away');
    });
    // The server waits five seconds for an acknowledgement, then goes on without it.
    await slack.server.say('rae', 'disk full');
    expect(slack.server.proxy.acknowledged).toEqual([]);
  });

  for (const [what, method, token] of [
    ['bot token', 'auth.test', 'SLACK_BOT_TOKEN'],
    ['app token', 'apps.connections.open', 'SLACK_APP_TOKEN'],
  ] as const)
    it(`with a revoked ${what} is one clear line in the log and no crash loop`, async () => {
      await using server = await startLocalSlack();
      server.proxy.rules = [(call) => (call.method === method ? refused('invalid_auth') : undefined)];
      const lines: string[] = [];
      const tell = (_: unknown, line: string): void => void lines.push(line);
      const logger: Logger = { debug() {}, info: tell, warn: tell, error: tell };
      const slack = await startSlack({
        settings: { mode: 'socket', botToken: tokens.bot, appToken: tokens.app, apiUrl: server.apiUrl },
        logger,
        heardSoFar: async () => ({ lastAt: null, threads: [], reactions: [] }),
        caughtUp: async () => undefined,
        unheard: () => undefined,
        keeping,
        namesMatter: false,
        enter: async () => '00000000-0000-7000-8000-000000000001' as WorkspaceId,
        inbound: { receive: async () => ({ kind: 'accepted' }), suggest: async () => [] },
      });
      expect(slack.status().connected).toBe(false);
      expect(slack.status().detail).toContain(token);
      expect(lines).toEqual([expect.stringMatching(/^Slack is not connected: .*invalid_auth/)]);
      await slack.close();
      expect(server.proxy.calls.filter((call) => call.method === method)).toHaveLength(1);
    });

  it('waits for a Slack that is away', async () => {
    await using server = await startLocalSlack();
    server.proxy.rules = [({ number }) => (number < 2 ? outOfService : undefined)];
    const slack = await startSlack({
      settings: { mode: 'socket', botToken: tokens.bot, appToken: tokens.app, apiUrl: server.apiUrl },
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      heardSoFar: async () => ({ lastAt: null, threads: [], reactions: [] }),
      caughtUp: async () => undefined,
      unheard: () => undefined,
      keeping,
      namesMatter: false,
      enter: async () => '00000000-0000-7000-8000-000000000001' as WorkspaceId,
      inbound: { receive: async () => ({ kind: 'accepted' }), suggest: async () => [] },
    });
    expect(slack.status()).toMatchObject({ connected: false, detail: expect.stringContaining('503') });
    await expect.poll(() => slack.status().connected, { timeout: 20_000 }).toBe(true);
    await slack.close();
  });
});
