import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHostsFile } from '#adapters/inventory/create-hosts-file.ts';
import { pinHostKey } from '#adapters/inventory/pin-host-key.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-hosts-'));
  path = join(folder, 'hosts.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keyOf(type: string, fill: number): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  const blob = Buffer.concat([length, Buffer.from(type), Buffer.alloc(36, fill)]);
  return `${type} ${blob.toString('base64')}`;
}
const key = keyOf('ssh-ed25519', 1);
const least = (name: string) => `  - { name: ${name}, address: 10.0.0.1, user: ops, key: /k }`;

function load(source: string) {
  writeFileSync(path, source);
  return createHostsFile(path).load();
}

/** The problems as `line: message`, without the path. */
async function problems(source: string): Promise<readonly string[]> {
  const fault = await load(source).then(
    () => new Error('accepted'),
    (error: Error) => error,
  );
  return fault.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(`${path}:`, ''));
}

describe('hosts.yaml', () => {
  it('tells everything about a host', async () => {
    const entries = await load(`
hosts:
  - name: bastion
    address: 203.0.113.7
    user: jump
    agent: /run/user/1000/agent.sock
  - name: web-01
    address: web-01.internal
    port: 2222
    user: deploy
    key: ~/.ssh/id_ed25519
    jump: bastion
    os: linux
    application: nginx
    environment: prod
    service: shop
    group: web
    tags: [web, edge]
    parameters: { path: /var/log, workers: 4 }
    host_key: ${key}
`);
    expect(entries).toEqual([
      {
        name: 'bastion',
        address: '203.0.113.7',
        port: 22,
        user: 'jump',
        login: { kind: 'agent', socket: '/run/user/1000/agent.sock' },
        hostKey: null,
        jump: null,
        context: {},
        tags: [],
        parameters: {},
      },
      {
        name: 'web-01',
        address: 'web-01.internal',
        port: 2222,
        user: 'deploy',
        login: { kind: 'key-file', path: join(homedir(), '.ssh/id_ed25519') },
        hostKey: key,
        jump: 'bastion',
        context: {
          os: 'linux',
          application: 'nginx',
          environment: ['prod'],
          service: 'shop',
          hostGroup: 'web',
        },
        tags: ['web', 'edge'],
        parameters: { path: '/var/log', workers: '4' },
      },
    ]);
  });

  it.each(['', '# nothing yet\n', 'hosts:\n', 'hosts: []\n'])('may be empty: %o', async (source) => {
    expect(await load(source)).toEqual([]);
  });

  it('has all its mistakes told at once, with their lines', async () => {
    const source = `hosts:
  - name: web 01
    address: -oProxyCommand=x
    port: 70000
    user: deploy
    key: /k
    colour: blue
  - address: 10.0.0.1
    user: 7
    tags: { a: b }
    parameters: [x]
    host_key: web-01 ${key}
  - web-03
`;
    const found = await problems(source);
    expect(found.map((one) => one.replace(/: (\S+) .*/, ' $1'))).toEqual([
      '2 name',
      '3 address',
      '4 port',
      '7 colour',
      '8 name',
      '9 user',
      '10 tags',
      '11 parameters',
      '12 host_key',
      '13 the',
    ]);
  });

  it('may name what opens a host by who keeps it', async () => {
    const references = ['vault:kv/data/ops#key', 'file:ssh/web', 'secret:ssh/web', '"agent:"'];
    const source = references.map((one, n) => `  - { name: h${n}, address: a, user: u, credential: ${one} }`);
    expect((await load(`hosts:\n${source.join('\n')}\n`)).map(({ login }) => login)).toEqual(
      ['vault kv/data/ops#key', 'file ssh/web', 'secret ssh/web', 'agent '].map((one) => {
        const [keeper, place] = one.split(' ');
        return { kind: 'credential', reference: { keeper, place } };
      }),
    );
  });

  it.each([
    [
      'a credential that nobody keeps',
      'hosts:\n  - { name: a, address: b, user: c, credential: "pass:x" }\n',
      '2: credential must begin with vault:, file:, secret: or agent:',
    ],
    [
      'two ways in',
      'hosts:\n  - { name: a, address: b, user: c, key: k, credential: secret:x }\n',
      '2: the host needs one of key, agent and credential',
    ],
    [
      'no login',
      'hosts:\n  - name: a\n    address: b\n    user: c\n',
      '2: the host needs one of key, agent and credential',
    ],
    [
      'two names',
      `hosts:\n${least('a')}\n${least('b')}\n${least('a')}\n`,
      '4: name a is taken by the host in line 2',
    ],
    [
      'an unknown jump',
      'hosts:\n  - name: a\n    jump: z\n    address: b\n    user: c\n    key: d\n',
      '3: jump z is not',
    ],
    [
      'a jump to itself',
      'hosts:\n  - { name: a, jump: a, address: b, user: c, key: d }\n',
      '2: jump a leads back to a',
    ],
    ['bad YAML', 'hosts:\n  - name: "a\n    address: b\n', /^\d: /],
    ['a list at the top', '- name: a\n', '1: the file must be a list of hosts under the key `hosts`'],
    ['another key at the top', 'hosts: []\nhost: []\n', '1: the file must be'],
    [
      'aliases without end',
      `a: &a [x,x]\nb: &b [${'*a,'.repeat(99)}]\nhosts: [${'*b,'.repeat(99)}]\n`,
      '1: the file',
    ],
  ])('with %s is refused', async (_what, source, message) => {
    expect((await problems(source))[0]).toMatch(message);
  });

  it('with a way in a circle is refused at every host of it', async () => {
    const host = (name: string, jump: string) =>
      `  - { name: ${name}, jump: ${jump}, address: x, user: u, key: k }`;
    const found = await problems(`hosts:\n${host('a', 'b')}\n${host('b', 'c')}\n${host('c', 'b')}\n`);
    expect(found).toEqual(['3: jump c leads back to b', '4: jump b leads back to c']);
  });

  it('that is named and missing is a clear fault; without a name there are no hosts', async () => {
    await expect(createHostsFile(join(folder, 'no.yaml')).load()).rejects.toMatchObject({
      kind: 'configuration',
      code: 'hosts-file-missing',
    });
    await expect(createHostsFile(folder).load()).rejects.toMatchObject({ code: 'hosts-file-unreadable' });
    expect(await createHostsFile(null).load()).toEqual([]);
  });

  it('is described by an example that is right', async () => {
    const [, example = ''] = /```yaml\n([\s\S]+?)```/.exec(readFileSync('docs/hosts.md', 'utf8')) ?? [];
    expect((await load(example)).map(({ name }) => name)).toEqual(['bastion', 'web-01']);
  });
});

describe('pinning a host key', () => {
  const source = `# Our hosts
hosts:
  # The edge
  - name: web-01 # first
    address: 10.0.0.1
    user: ops
    key: "~/.ssh/key"
    tags: [ web, edge ]

  - name: web-02
    address: 10.0.0.2
    user: ops
    key: /k
`;

  it('changes one line and keeps comments, mode and links', async () => {
    writeFileSync(path, source);
    chmodSync(path, 0o640);
    const link = join(folder, 'link.yaml');
    symlinkSync(path, link);
    await pinHostKey(link, 'web-01', key);
    expect(readFileSync(path, 'utf8')).toBe(source.replace('edge ]\n', `edge ]\n    host_key: ${key}\n`));
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect((await createHostsFile(path).load()).map(({ hostKey }) => hostKey)).toEqual([key, null]);
  });

  it('replaces an older key', async () => {
    writeFileSync(path, source);
    await pinHostKey(path, 'web-02', key);
    const other = keyOf('ecdsa-sha2-nistp256', 2);
    await pinHostKey(path, 'web-02', other);
    expect(readFileSync(path, 'utf8')).toBe(`${source}    host_key: ${other}\n`);
  });

  it('refuses an unknown host and what is no key, and leaves the file alone', async () => {
    writeFileSync(path, source);
    await expect(pinHostKey(path, 'db-01', key)).rejects.toMatchObject({ code: 'unknown-host' });
    await expect(pinHostKey(path, 'web-01', 'ssh-ed25519 nonsense')).rejects.toMatchObject({
      code: 'no-host-key',
    });
    expect(readFileSync(path, 'utf8')).toBe(source);
  });
});
