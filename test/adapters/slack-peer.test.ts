import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, startLocalSlack, team, tokens, users } from '#test/support/slack/local-slack.ts';
import { rateLimited } from '#test/support/slack/proxy.ts';

describeWithPeer('slack', 'the Slack server for tests', () => {
  it('is reached through the proxy alone, which can refuse calls', async () => {
    await using slack = await startLocalSlack();
    const client = new WebClient(tokens.bot, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 1, minTimeout: 1 },
    });
    expect(await client.auth.test()).toMatchObject({ ok: true, team_id: team.id });

    const ts = await slack.say('rae', 'hello');
    expect(await client.conversations.replies({ channel: channels.incidents, ts })).toMatchObject({
      messages: [{ user: users.rae, text: 'hello' }],
    });

    slack.proxy.rules = [({ number }) => (number % 2 === 0 ? rateLimited(0) : undefined)];
    await client.auth.test();
    expect(slack.proxy.calls.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'auth.test 200',
      'conversations.replies 200',
      'auth.test 429',
      'auth.test 200',
    ]);
  });
});
