import { describe, expect, it } from 'vitest';
import { type Understanding, understandMessage } from '#domain/message/understand-message.ts';

const messages: Readonly<Record<Exclude<Understanding['kind'], 'command'>, readonly string[]>> = {
  problem: [
    'disk is filling up on demo-web-01, nginx returns 500',
    'disk full on web-3',
    'nginx is returning 502s',
    'KubePodCrashLooping: Pod is crash looping.',
    'HostOutOfDiskSpace',
    '[FIRING:2] NodeFilesystemSpaceFillingUp on web-3',
    'TargetDown: 10 % of targets are down',
    'postgres is really slow since the last deploy',
    'checkout api times out',
    'site is down!!',
    'why is nginx returning 502?',
    'is the payments api down for anyone else?',
    "can't ssh into db-01",
    "prometheus can't be reached",
    'no space left on device',
    'we are out of memory on cache-2',
    'pods keep restarting in payments',
    'replica is 2 hours behind',
    'cert for shop.example.com expires tomorrow',
    'cpu at 100% on web-7',
    'redis: OOM command not allowed when used memory > maxmemory',
    'hey, nginx is down on web-2',
    'ok so the disk on web-1 is full now',
    'thanks, but it is still failing on web-2',
    'it is not fixed, still seeing timeouts',
    'thought it was resolved but errors are back',
    'the queue keeps growing, consumers are stuck',
    'etcd has no leader',
    'deployed 2.3.1 and now nothing responds, requests time out',
    'rolled back but checkout still fails',
    'kernel panic on node-12',
    'connection refused from db-01:5432',
    'ImagePullBackOff on checkout-7d9f8b6c5-x2k4q',
    'too many open files in the api logs',
    'clock on db-2 is not synchronised',
    'what is wrong with the api, it is failing since 10:00',
    'can someone look at web-3? load is 40 and requests hang',
    'help, the database is down',
  ],
  question: [
    // No sign of trouble and no question mark: looked up, and answered only when something good is found.
    'checkout answers slower than last week, since 2.3.1',
    'how do I rotate the TLS certificates?',
    'where is the runbook for failed deployments?',
    'who owns the billing service?',
    'what does KubeQuotaExceeded mean?',
    'how can we drain a node that has failed',
    'is there a runbook for redis?',
    'which host runs the scheduler?',
    'anyone know the retention of the access logs?',
    'do we keep backups of the wiki?',
    'can I restart the staging database during the day?',
  ],
  'small-talk': [
    '',
    '   ',
    '👍',
    '...',
    'hello there',
    'good morning everyone',
    'hi team!',
    'thanks!',
    'thank you so much',
    'ok',
    'ack',
    'on it',
    "I'll take a look",
    "ok I'm looking",
    'lgtm',
    '+1',
    'sounds good to me',
    'no problem',
    'brb, 10 min',
    'what is for lunch',
    'who is up for coffee?',
    'happy birthday Sam!!',
    'the printer is jammed',
    'the coffee machine is broken again',
    'my headphones died, will join muted',
    'can we move the planning to 3pm',
    'morning all, how was the weekend?',
    'fixed',
    'resolved, thanks everyone',
    'all good now',
    'it is back up',
    'false alarm, sorry',
    'never mind, it works again',
    'this can be closed',
    'welcome Jonas, our new product designer',
    'see you tomorrow',
    'deploying checkout 2.3.1 to prod now',
    'PR 4412 needs a second reviewer please',
    'rolled out the new parser to all regions',
    'release notes are up for review',
    'the new search is live for 10 % of users',
  ],
};

describe('understandMessage', () => {
  for (const [kind, texts] of Object.entries(messages)) {
    it.each(texts)(`${kind}: %j`, (text) => {
      expect(understandMessage(text).kind).toBe(kind);
    });
  }

  it.each([
    ['help', 'help'],
    ['Help!', 'help'],
    ['/status', 'status'],
    [' status ', 'status'],
  ] as const)('command: %j', (text, command) => {
    expect(understandMessage(text)).toEqual({ kind: 'command', command });
  });

  it('reads 40,000 characters and broken text', () => {
    expect(understandMessage('disk full '.repeat(4_000)).kind).toBe('problem');
    expect(understandMessage(`${'a '.repeat(20_000)}`).kind).toBe('question');
    expect(understandMessage('\ud800 disk \udfff full').kind).toBe('problem');
  });
});
