import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { badConfigurationExitCode, readConfig } from '#adapters/config/read-config.ts';
import { variables } from '#adapters/config/variables.ts';
import { Fault } from '#domain/fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bot = ['xoxb', 'a'.repeat(12)].join('-');
const app = ['xapp', 'b'.repeat(12)].join('-');

/** What readConfig says is wrong; fails when it says nothing. */
function complaint(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof Fault && error.kind === 'configuration') return error.message;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(environment)}`);
}

describe('an empty environment', () => {
  const config = readConfig({});

  it('means the embedded database and the playground on loopback', () => {
    expect(config).toMatchObject({
      database: { kind: 'embedded' },
      dataDirectory: resolve('data'),
      localAddress: { host: '127.0.0.1', port: 3000 },
      publicAddress: { host: '127.0.0.1', port: 3001 },
      runbooksFolder: resolve('runbooks'),
      synonymsFile: null,
      policyFile: null,
      playground: true,
      sandbox: true,
      slack: null,
      discord: null,
      foldCron: '*/15 * * * *',
      logLevel: 'info',
      secrets: [],
    });
  });

  it('means the weights and thresholds of the design', () => {
    expect(config.ranking).toEqual({
      weights: { similarity: 0.5, success: 0.3, context: 0.2, automationBonus: 0.15 },
      benefitOfDoubt: 1,
      thresholds: { runbook: 0.5, case: 0.7 },
    });
    expect(config.approval).toEqual({ expiryMs: 1_800_000, destructiveExpiryMs: 600_000 });
  });

  it('is the same as one with empty values', () => {
    const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, ' ']));
    expect(readConfig(empty)).toEqual(config);
  });
});

describe('values', () => {
  it('are read into the shapes that the program uses', () => {
    const hosts = join(folder, 'hosts.yaml');
    writeFileSync(hosts, '');
    expect(
      readConfig({
        RECOURSE_LOCAL_ADDRESS: '[::1]:0',
        RECOURSE_ADMINS: 'slack:T1/U2, playground:playground/max',
        RECOURSE_CHANNELS: '#incidents, inc-*',
        RECOURSE_HOSTS: hosts,
        CHAT_MODEL: 'ollama:llama3.1:8b',
        RECOURSE_WEIGHT_SIMILARITY: '0.7',
        RECOURSE_APPROVAL_MINUTES: '5',
      }),
    ).toMatchObject({
      localAddress: { host: '::1', port: 0 },
      admins: [
        { platform: 'slack', workspace: 'T1', person: 'U2' },
        { platform: 'playground', workspace: 'playground', person: 'max' },
      ],
      listening: ['incidents', 'inc-*'],
      hostsFile: hosts,
      models: { chatModel: { provider: 'ollama', model: 'llama3.1:8b' } },
      ranking: { weights: { similarity: 0.7 } },
      approval: { expiryMs: 300_000 },
    });
  });

  it('tells how Slack is reached: over a socket when there is an app token, over requests otherwise', () => {
    const signed = { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: 'abc' };
    expect(readConfig({ ...signed, SLACK_APP_TOKEN: app }).slack).toEqual({
      mode: 'socket',
      botToken: bot,
      appToken: app,
      apiUrl: null,
    });
    expect(readConfig(signed).slack).toEqual({
      mode: 'http',
      botToken: bot,
      signingSecret: 'abc',
      apiUrl: null,
    });
  });

  const shared = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'def',
    SLACK_SIGNING_SECRET: 'abc',
    RECOURSE_PUBLIC_URL: 'https://bot.example.com/',
    RECOURSE_ADMINS: 'slack:T1/U1',
  };
  it('tells that teams install the app by themselves when there is a client id', () => {
    expect(readConfig(shared)).toMatchObject({
      playground: false,
      slack: {
        mode: 'oauth',
        clientId: '1.2',
        clientSecret: 'def',
        signingSecret: 'abc',
        publicUrl: 'https://bot.example.com',
        apiUrl: null,
      },
    });
  });

  it.each([
    [{ SLACK_BOT_TOKEN: bot }, 'SLACK_CLIENT_ID must not be set together with SLACK_BOT_TOKEN'],
    [{ SLACK_CLIENT_ID: '' }, 'SLACK_CLIENT_ID must be set together with SLACK_CLIENT_SECRET'],
    [{ SLACK_CLIENT_SECRET: '' }, 'SLACK_CLIENT_SECRET must be set together with SLACK_CLIENT_ID'],
    [{ SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET must be set together with SLACK_CLIENT_ID'],
    [{ RECOURSE_PUBLIC_URL: '' }, 'RECOURSE_PUBLIC_URL must be set together with SLACK_CLIENT_ID'],
    [{ RECOURSE_ADMINS: 'discord:1/2' }, 'RECOURSE_ADMINS must name an administrator of every team'],
    [{ DATABASE_URL: 'postgres://h/d' }, 'RECOURSE_KEK_FILE or RECOURSE_KEK must be set'],
    [{ SLACK_APP_TOKEN: app }, 'SLACK_BOT_TOKEN must be set together with SLACK_APP_TOKEN'],
  ])('refuse the same with %o', (changes, words) => {
    expect(complaint({ ...shared, ...changes })).toContain(words);
  });

  const guild = {
    DISCORD_TOKEN: 'abc',
    DISCORD_APPLICATION_ID: '12',
    RECOURSE_ADMINS: 'discord:34/56',
  };
  it('tell how Discord is reached, by default over one process and without direct messages', () => {
    expect(readConfig(guild)).toMatchObject({
      playground: false,
      discord: { token: 'abc', applicationId: '12', apiUrl: null, directMessages: null, shards: 'auto' },
    });
    expect(readConfig({ ...guild, DISCORD_DIRECT_MESSAGES: '34' }).discord?.directMessages).toBe('34');
    expect(readConfig({ ...guild, DISCORD_SHARDS: '3' }).discord?.shards).toEqual({
      ids: [0, 1, 2],
      count: 3,
    });
    const server = { DATABASE_URL: 'postgres://h/d', DISCORD_SHARDS: '2/4' };
    expect(readConfig({ ...guild, ...server }).discord?.shards).toEqual({ ids: [2], count: 4 });
  });

  it.each([
    [{ RECOURSE_ADMINS: 'slack:T1/U1' }, 'RECOURSE_ADMINS must name an administrator of every guild'],
    [{ DISCORD_DIRECT_MESSAGES: '35' }, 'RECOURSE_ADMINS must name an administrator of the guild of'],
    [{ DISCORD_SHARDS: '1/4' }, 'DATABASE_URL must be set when DISCORD_SHARDS names one of several'],
  ])('refuse the same with %o of Discord', (changes, words) => {
    expect(complaint({ ...guild, ...changes })).toContain(words);
  });

  it('turn playground and sandbox off with a chat token, unless asked for by name', () => {
    const slack = { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app };
    expect(readConfig(slack)).toMatchObject({ playground: false, sandbox: false });
    expect(readConfig({ ...slack, RECOURSE_PLAYGROUND: 'on' })).toMatchObject({
      playground: true,
      sandbox: false,
    });
  });

  it('that are secret are listed for redaction, with the password of the database in both spellings', () => {
    const url = `postgres://me:${encodeURIComponent('p@ss/word')}@db.internal/recourse`;
    const { secrets } = readConfig({ DATABASE_URL: url, SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app });
    expect(secrets).toEqual(expect.arrayContaining([url, 'p@ss/word', 'p%40ss%2Fword', bot, app]));
  });
});

describe('bad values', () => {
  it.each([
    ['DATABASE_URL', 'mysql://x/y'],
    ['DATABASE_URL', 'postgres://host'],
    ['RECOURSE_LOCAL_ADDRESS', '3000'],
    ['RECOURSE_LOCAL_ADDRESS', '127.0.0.1:70000'],
    ['RECOURSE_LOCAL_ADDRESS', '0.0.0.0:3000'],
    ['RECOURSE_PUBLIC_ADDRESS', 'localhost'],
    ['RECOURSE_PUBLIC_ADDRESS', '127.0.0.1:3000'],
    ['RECOURSE_ADMINS', 'slack:T1'],
    ['RECOURSE_ADMINS', 'irc:T1/U1'],
    ['RECOURSE_ADMINS', 'discord:SERVER-ID/56'],
    ['RECOURSE_ADMINS', 'discord:34/ada'],
    ['RECOURSE_CHANNELS', 'invited,#incidents'],
    ['RECOURSE_CHANNELS', '#inc idents'],
    ['RECOURSE_HOSTS', '/nowhere/hosts.yaml'],
    ['RECOURSE_RUNBOOKS', '/nowhere'],
    ['RECOURSE_SYNONYMS', '/nowhere/synonyms.yaml'],
    ['RECOURSE_POLICY', '/nowhere/policy.yaml'],
    ['RECOURSE_ALERTS', '/nowhere/alerts.yaml'],
    ['JIRA_WEBHOOK_SECRET', 'short'],
    ['OPSGENIE_API_KEY', 'secret:runbooks/opsgenie'],
    ['OPSGENIE_API_KEY', 'vault:ops'],
    ['CLOUDWATCH_TOPICS', 'alarms'],
    ['RECOURSE_KEK_FILE', '/nowhere/kek'],
    ['RECOURSE_KEK', 'c2hvcnQ='],
    ['RECOURSE_KEK', 'no base64'],
    ['RECOURSE_EVAL_DIR', '/nowhere'],
    ['RECOURSE_PLAYGROUND', 'yes'],
    ['RECOURSE_SANDBOX', 'true'],
    ['SLACK_BOT_TOKEN', 'wrong'],
    ['SLACK_APP_TOKEN', bot],
    ['SLACK_API_URL', 'slack.com'],
    ['SLACK_CLIENT_ID', 'abc'],
    ['RECOURSE_PUBLIC_URL', 'http://bot.example.com'],
    ['RECOURSE_PUBLIC_URL', 'https://me:word@bot.example.com'],
    ['DISCORD_APPLICATION_ID', 'abc'],
    ['DISCORD_DIRECT_MESSAGES', 'on'],
    ['DISCORD_SHARDS', '0'],
    ['DISCORD_SHARDS', '4/4'],
    ['DISCORD_SHARDS', 'all'],
    ['OPENAI_BASE_URL', 'ftp://host'],
    ['CHAT_MODEL', 'gpt-4o-mini'],
    ['RECOURSE_LOG_LEVEL', 'loud'],
    ['RECOURSE_FOLD_CRON', 'every day'],
    ['RECOURSE_WEIGHT_SIMILARITY', '1.5'],
    ['RECOURSE_WEIGHT_SUCCESS', 'lots'],
    ['RECOURSE_WEIGHT_CONTEXT', '-1'],
    ['RECOURSE_AUTOMATION_BONUS', '0x1'],
    ['RECOURSE_THRESHOLD_CASE', '1e3'],
    ['RECOURSE_APPROVAL_MINUTES', '0'],
    ['RECOURSE_DESTRUCTIVE_APPROVAL_MINUTES', '9999'],
  ])('%s=%s is refused with the name and an example', (name, value) => {
    expect(complaint({ [name]: value })).toMatch(new RegExp(`\\n {2}${name} .+, for example ${name}=.+`));
  });

  it.each([
    [
      { RECOURSE_KEK: randomBytes(32).toString('base64'), RECOURSE_KEK_FILE: '/dev/null' },
      'RECOURSE_KEK_FILE must not be set together with RECOURSE_KEK',
    ],
    [{ SLACK_BOT_TOKEN: bot }, 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET must be set'],
    [
      { SLACK_SIGNING_SECRET: 'abc' },
      'SLACK_BOT_TOKEN or SLACK_CLIENT_ID must be set together with SLACK_SIGNING_SECRET',
    ],
    [{ DISCORD_TOKEN: 'abc' }, 'DISCORD_APPLICATION_ID must be set together with DISCORD_TOKEN'],
    [{ DISCORD_SHARDS: '2' }, 'DISCORD_TOKEN must be set together with DISCORD_SHARDS'],
    [{ EMBEDDING_MODEL: 'm' }, 'OPENAI_API_KEY or OPENAI_BASE_URL must be set'],
    [
      { RECOURSE_WEIGHT_SIMILARITY: '0', RECOURSE_WEIGHT_SUCCESS: '0', RECOURSE_WEIGHT_CONTEXT: '0' },
      'RECOURSE_WEIGHT_SIMILARITY must not be 0',
    ],
  ])('%o is refused as a whole', (environment, words) => {
    expect(complaint(environment)).toContain(words);
  });

  it('are all told at once, each once', () => {
    const text = complaint({
      RECOURSE_LOG_LEVEL: 'x',
      CHAT_MODEL: 'y',
      DISCORD_APPLICATION_ID: 'z',
      RECOURSE_X: '1',
    });
    expect(text.split('\n').map((line) => line.trim().split(' ')[0])).toEqual([
      '4',
      'DISCORD_APPLICATION_ID',
      'CHAT_MODEL',
      'RECOURSE_LOG_LEVEL',
      'RECOURSE_X',
    ]);
    expect(badConfigurationExitCode).toBe(78);
  });

  it('that are secret are not repeated', () => {
    const typo = ['xoxp', 'do', 'not', 'show'].join('-');
    expect(complaint({ SLACK_BOT_TOKEN: typo, DATABASE_URL: `mysql://u:${typo}@h/d` })).not.toContain(typo);
  });
});

describe('unknown names', () => {
  it('of Recourse are errors, with the name that was meant', () => {
    expect(complaint({ RECOURSE_LOCAL_ADRESS: 'x' })).toContain('did you mean RECOURSE_LOCAL_ADDRESS?');
    expect(complaint({ RECOURSE_ENTIRELY_DIFFERENT_THING: 'x' })).not.toContain('did you mean');
  });

  it('of others and of the test suite are none of its business', () => {
    expect(readConfig({ PATH: '/bin', SLACK_CHANNEL: 'x', RECOURSE_TEST_REQUIRE: 'sshd' }).logLevel).toBe(
      'info',
    );
  });
});

it('.env.example lists exactly the variables of the schema', () => {
  const text = readFileSync('.env.example', 'utf8').replaceAll(/^#(?=[A-Z_]+=)/gm, '');
  expect(Object.keys(parseEnv(text)).toSorted()).toEqual(Object.keys(variables).toSorted());
});

it('docs/configuration.md explains exactly the variables of the schema', () => {
  const rows = readFileSync('docs/configuration.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm);
  expect([...rows].map((row) => row[1]).toSorted()).toEqual(Object.keys(variables).toSorted());
});

it('every example in the schema has the right form', () => {
  const exact = Object.entries(variables).filter(([, { example }]) => !/[… ]/.test(example));
  const wrong = exact.filter(([, { schema, example }]) => !schema.safeParse(example).success);
  expect(wrong.map(([name]) => name)).toEqual([]);
});

describe('the anchors of the audit log', () => {
  it('are a file in a folder that is there, and channels', () => {
    const anchor = join(folder, 'anchor.jsonl');
    const channels = 'slack:T1/C1, discord:9/8';
    expect(readConfig({ RECOURSE_AUDIT_ANCHOR: anchor, RECOURSE_AUDIT_CHANNEL: channels }).audit).toEqual({
      anchorFile: anchor,
      channels: [
        { platform: 'slack', workspace: 'T1', channel: 'C1' },
        { platform: 'discord', workspace: '9', channel: '8' },
      ],
    });
    expect(complaint({ RECOURSE_AUDIT_ANCHOR: join(folder, 'no', 'anchor') })).toContain('does not exist');
    expect(complaint({ RECOURSE_AUDIT_CHANNEL: 'ops' })).toContain(
      "has 'ops', which is not PLATFORM:TEAM/CHANNEL",
    );
  });
});

describe('keys and who keeps credentials', () => {
  const key = () => randomBytes(32).toString('base64');

  it('are a key of Vault, the keys of before, and where credentials are', () => {
    const old = key();
    const config = readConfig({
      RECOURSE_KEK_TRANSIT: 'team/transit/recourse',
      RECOURSE_KEK_OLD: old,
      RECOURSE_CREDENTIALS_DIR: folder,
      VAULT_ADDR: 'https://vault.internal:8200',
      VAULT_TOKEN: 'hvs.x',
      SSH_AUTH_SOCK: '/run/agent.sock',
    });
    expect(config.key).toEqual({ kind: 'transit', mount: 'team/transit', name: 'recourse' });
    expect(config.olderKeys).toEqual([{ kind: 'value', text: old }]);
    expect(config.credentials).toEqual({
      vault: {
        address: 'https://vault.internal:8200',
        token: { kind: 'value', text: 'hvs.x' },
        namespace: null,
      },
      folder,
      agentSocket: '/run/agent.sock',
    });
    expect(config.secrets).toEqual(expect.arrayContaining([old, 'hvs.x']));
  });

  it('keep the key readable that Recourse had made, once the operator gives one', () => {
    const own = join(folder, 'kek');
    writeFileSync(own, key());
    const config = readConfig({ RECOURSE_DATA_DIR: folder, RECOURSE_KEK: key() });
    expect(config.olderKeys).toEqual([{ kind: 'file', path: own }]);
    expect(readConfig({ RECOURSE_DATA_DIR: folder }).olderKeys).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'two keys',
      { RECOURSE_KEK_TRANSIT: 'a/b', RECOURSE_KEK: key(), VAULT_ADDR: 'https://v' },
      'must not be set together with RECOURSE_KEK',
    ],
    ['a key in no Vault', { RECOURSE_KEK_TRANSIT: 'a/b' }, 'VAULT_ADDR must be set together'],
    ['no token', { RECOURSE_KEK_TRANSIT: 'a/b', VAULT_ADDR: 'https://v' }, 'VAULT_TOKEN_FILE or VAULT_TOKEN'],
    ['a key without its engine', { RECOURSE_KEK_TRANSIT: 'recourse' }, 'must be MOUNT/NAME'],
    [
      'a Vault that anybody may listen to',
      { VAULT_ADDR: 'http://vault.internal:8200' },
      'must be an https address',
    ],
    ['a login in the address of Vault', { VAULT_ADDR: 'https://me:pw@vault.internal' }, 'without a login'],
    ['a folder that is not there', { RECOURSE_CREDENTIALS_DIR: join(folder, 'no') }, 'does not exist'],
  ])('refuse %s', (_what, environment, message) => {
    expect(complaint(environment)).toContain(message);
  });

  it('take a Vault on this machine without encryption', () => {
    for (const VAULT_ADDR of ['http://127.0.0.1:8200', 'http://[::1]:8200', 'http://localhost:8200'])
      expect(readConfig({ VAULT_ADDR }).credentials.vault).toMatchObject({
        address: VAULT_ADDR,
        token: null,
      });
  });
});
