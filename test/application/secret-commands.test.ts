import { PassThrough } from 'node:stream';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '#adapters/config/config.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import { checkSecrets } from '#src/composition/check-secrets.ts';
import { createSecretCommands } from '#src/composition/create-secret-commands.ts';
import { openSecrets } from '#src/composition/open-secrets.ts';
import { readHidden } from '#src/composition/read-hidden.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { newKey } from '#test/support/key-ring.ts';
import { startVaultServer, type VaultServer } from '#test/support/vault-server.ts';

const secret = ['one', 'that', 'nobody', 'shows'].join('-');

describeOnEmbedded('the commands of secrets', (open) => {
  let db: TestDatabase;
  let key: string;
  let opened: ReturnType<typeof openSecrets>;
  beforeAll(async () => {
    db = await open();
  });
  const openWith = (change: Partial<Pick<Config, 'key' | 'olderKeys'>> = {}) => {
    const settings = {
      key: { kind: 'value', text: key } as const,
      olderKeys: [],
      credentials: { vault: null, folder: null, agentSocket: null },
      ...change,
    };
    return openSecrets(settings, db.unitOfWork, createBoundary({ secrets: [], logLevel: 'silent' }).keepOut);
  };
  beforeEach(async () => {
    key = newKey();
    opened = openWith();
    for (const { id } of await db.workspaces.all())
      for (const { name } of await opened.secrets.list(id)) await opened.secrets.remove(id, name);
  });
  const needs = () => ({ ...opened, core: { workspaces: db.workspaces } });
  const command = async (stdin: string, ...argv: string[]) => {
    const result = await run(['secret', ...argv], {
      stdin,
      context: { secrets: createSecretCommands(needs()) },
      parts: { now: () => Date.now() + 3 * 86_400_000 },
    });
    expect(`${result.out}${result.err}`).not.toContain(secret);
    return result;
  };
  const one = ['--workspace', 'One'];
  const doctor = (vault: Config['credentials']['vault'] = null) =>
    checkSecrets({ credentials: { vault, folder: null, agentSocket: null } }, needs());

  it('store what comes in, list names and ages, and put it under a fresh key', async () => {
    expect(await command(`${secret}\n`, 'set', 'ssh/web', ...one)).toEqual({
      code: 0,
      out: 'Stored ssh/web, version 1.\n',
      err: '',
    });
    expect(await opened.secrets.get(db.workspace, 'ssh/web')).toBe(secret);
    const lines = `-----BEGIN\n${secret}\n-----END\n`;
    await command(lines, 'set', 'ssh/web', ...one);
    expect(await opened.secrets.get(db.workspace, 'ssh/web')).toBe(lines);
    expect((await command('', 'list')).out).toBe(
      `ssh/web  version 2, 1 before kept  stored 3 days ago  One (${db.workspace})\n`,
    );
    expect((await command('', 'list', '--workspace', 'Two')).out).toBe('There are no stored secrets.\n');
    expect((await command('', 'rotate', 'ssh/web', ...one)).out).toContain(
      'ssh/web: version 3 under a fresh key',
    );
    expect((await command('', 'rotate', ...one)).out).toContain('ssh/web: version 4');
    expect(await opened.secrets.get(db.workspace, 'ssh/web')).toBe(lines);
    expect((await command('', 'list')).out).toContain('version 4  stored');
    expect(await command('', 'remove', 'ssh/web', ...one)).toMatchObject({ code: 0 });
    expect(await command('', 'remove', 'ssh/web', ...one)).toMatchObject({ code: 1, out: '' });
    expect(await opened.secrets.get(db.workspace, 'ssh/web')).toBeUndefined();
    const entries = await db.unitOfWork.within(db.workspace, ({ audit }) => audit.after(0, 1000));
    expect(JSON.stringify(entries)).not.toContain(secret);
    expect(entries.at(-1)).toMatchObject({ actor: 'command line', event: 'secret.removed' });
  });

  it.each(['shorty', 'hunter', 'Kubernetes', '4711'])(
    'store %s with a warning: it is masked wherever it stands',
    async (plain) => {
      const context = { secrets: createSecretCommands(needs()) };
      const result = await run(['secret', 'set', 'x', ...one], { stdin: `${plain}\n`, context });
      expect(result).toMatchObject({ code: 0, out: 'Stored x, version 1.\n' });
      expect(result.err).toContain('masked wherever it stands');
      expect(result.err).not.toContain(plain);
    },
  );

  it.each([
    [['set', 'a b', ...one], secret, 2, 'is no name of a secret'],
    [['set', 'x', ...one], ' \n', 2, 'the value is empty'],
    [['set', 'x', ...one], 'x'.repeat(100_001), 2, 'longer than'],
    [['set', 'x'], secret, 1, 'There is more than one workspace'],
    [['set', 'x', '--workspace', 'None'], secret, 1, 'no workspace named None'],
    [['set', 'x', secret], '', 2, 'too many arguments'],
    [['rotate', 'never', ...one], '', 1, 'There is no secret named never'],
    [['rotate', 'x', '--kek'], '', 2, '--kek is for all secrets'],
  ])('refuse %o with what to do', async (argv, stdin, code, words) => {
    const context = { secrets: createSecretCommands(needs()) };
    const result = await run(['secret', ...argv], { stdin, context });
    expect(result).toMatchObject({ code, out: '' });
    expect(result.err).toContain(words);
    expect(await opened.secrets.list(db.workspace)).toEqual([]);
  });

  it('move everything to another key, in every workspace, and say when the old one may go', async () => {
    await command(secret, 'set', 'a', ...one);
    await command(secret, 'set', 'b', '--workspace', 'Two');
    const before = { kind: 'value', text: key } as const;
    key = newKey();
    opened = openWith({ olderKeys: [before] });
    expect((await doctor()).map(({ status }) => status)).toEqual(['warning', 'warning']);
    expect((await doctor())[0]).toMatchObject({ advice: expect.stringContaining('secret rotate --kek') });
    expect(await command('', 'rotate', '--kek')).toEqual({
      code: 0,
      out: 'The key of the settings is used.\n2 rewrapped, 0 remaining.\nNothing is under a key of before: it may be taken out of the settings.\n',
      err: '',
    });
    opened = openWith();
    expect(await opened.secrets.get(db.other, 'b')).toBe(secret);
    expect(await doctor()).toEqual(
      ['One', 'Two'].map((name) => ({
        name: `secrets of ${name}`,
        status: 'ok',
        message: '1 open with the key in use',
        advice: null,
      })),
    );
  });

  it('end with 1 while some remain', async () => {
    const context = {
      secrets: {
        ...createSecretCommands(needs()),
        rotateKey: async () => ({ key: 'made', rewrapped: 3, remaining: 1 }) as const,
      },
    };
    const result = await run(['secret', 'rotate', '--kek'], { context });
    expect(result).toMatchObject({ code: 1, out: 'A new key was made.\n3 rewrapped, 1 remaining.\n' });
  });

  describe('beside doctor', () => {
    let server: VaultServer;
    beforeAll(async () => {
      server = await startVaultServer();
      return server.close;
    });
    const vault = () =>
      ({ address: server.url, token: { kind: 'value', text: server.token }, namespace: null }) as const;

    it('tell of a key that is lost or another one', async () => {
      await command(secret, 'set', 'a', ...one);
      opened = openWith({ key: null });
      expect(await doctor()).toMatchObject([{ status: 'failed', message: 'No key for secrets is set.' }]);
      key = newKey();
      opened = openWith();
      expect(await doctor()).toMatchObject([
        { status: 'failed', advice: expect.stringContaining('RECOURSE_KEK_OLD') },
      ]);
    });

    it('tell how Vault is', async () => {
      expect((await doctor(vault())).at(-1)).toMatchObject({
        status: 'warning',
        message: expect.stringContaining('60 min'),
      });
      server.state = 'sealed';
      expect((await doctor(vault())).at(-1)).toMatchObject({ name: 'vault', status: 'failed' });
      server.state = 'revoked';
      expect((await doctor(vault())).at(-1)).toMatchObject({
        status: 'failed',
        advice: expect.stringContaining('revoked'),
      });
    });
  });
});

describe('a value that is typed', () => {
  const type = async (...pieces: string[]) => {
    const modes: boolean[] = [];
    const input = Object.assign(new PassThrough(), { setRawMode: (mode: boolean) => void modes.push(mode) });
    const shown: string[] = [];
    const output = { write: (text: string) => shown.push(text) };
    const terminal = { input: input as unknown as Parameters<typeof readHidden>[0]['input'], output };
    const typed = readHidden({ ...terminal, prompt: 'Value: ' });
    for (const piece of pieces) input.write(piece);
    const value = await typed.catch((error: { code: string }) => error.code);
    expect(modes).toEqual([true, false]);
    expect(shown).toEqual(['Value: ', '\n']);
    return value;
  };

  it('is taken up to Enter, and nothing of it is shown', async () => {
    expect(await type('s', 'e', 'x', '\u007f', 'c\r')).toBe('sec');
    expect(await type(`${secret} ü🔑\n`)).toBe(`${secret} ü🔑`);
  });

  it('is nothing when the person gives up', async () => {
    expect(await type('sec', '\u0003')).toBe('given-up');
    expect(await type('\u0004')).toBe('given-up');
  });
});
