import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callServer } from '#adapters/cli-socket/call-server.ts';
import {
  type CommandServer,
  type RemoteIo,
  type ServeOptions,
  serveCommands,
} from '#adapters/cli-socket/serve-commands.ts';

let folder: string;
let path: string;
let server: CommandServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-cli-'));
  path = join(folder, 'recourse.sock');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const serve = async (run: ServeOptions['run']) => {
  server = await serveCommands({ path, run });
  return server;
};

function terminal(stdin = '') {
  const seen = { out: '', err: '', stdinReads: 0 };
  const io: RemoteIo = {
    out: (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
    stdin: async () => {
      seen.stdinReads += 1;
      return stdin;
    },
    secret: async (prompt) => `${prompt}${stdin}`,
    flushed: async () => undefined,
    cwd: '/somewhere',
  };
  return { io, seen };
}

async function call(argv: readonly string[], stdin?: string) {
  const { io, seen } = terminal(stdin);
  return { code: await callServer({ path, argv, io }), ...seen };
}

describe('a command over the socket', () => {
  it('asks the caller for a secret, once', async () => {
    await serve(async (_argv, io) => {
      io.out(`${await io.secret('Value: ')}|${await io.secret('Again: ')}`);
      return 0;
    });
    expect(await call(['secret', 'set', 'x'], 'typed')).toMatchObject({
      code: 0,
      out: 'Value: typed|Value: typed',
    });
  });

  it('waits for a caller that reads slowly, and loses nothing of much', async () => {
    const line = `${'x'.repeat(999)}\n`;
    await serve(async (_argv, io) => {
      for (let n = 0; n < 5_000; n += 1) {
        io.out(line);
        await io.flushed();
      }
      return 0;
    });
    const { code, out } = await call(['audit', 'export']);
    expect({ code, length: out.length }).toEqual({ code: 0, length: 5_000_000 });
  });

  it('gets its words and folder, and gives back output and exit code', async () => {
    await serve(async (argv, io) => {
      io.out(`${argv.join('|')} in ${io.cwd}\n`);
      io.err('careful\n');
      return 3;
    });
    expect(await call(['ask', 'two\nlines, "quotes" é 🌋'])).toEqual({
      code: 3,
      out: 'ask|two\nlines, "quotes" é 🌋 in /somewhere\n',
      err: 'careful\n',
      stdinReads: 0,
    });
  });

  it('reads the standard input once, however often it asks', async () => {
    await serve(async (_argv, io) => {
      io.out((await io.stdin()) + String((await io.stdin()).length));
      return 0;
    });
    const long = 'é🌋x'.repeat(100_000);
    expect(await call([], long)).toMatchObject({ code: 0, out: `${long}400000`, stdinReads: 1 });
  });

  it('streams what is written before it has ended', async () => {
    const goOn = Promise.withResolvers<void>();
    await serve(async (_argv, io) => {
      io.out('first');
      await goOn.promise;
      return 0;
    });
    const { io } = terminal();
    const first = Promise.withResolvers<string>();
    const done = callServer({ path, argv: [], io: { ...io, out: first.resolve } });
    expect(await first.promise).toBe('first');
    goOn.resolve();
    expect(await done).toBe(0);
  });

  it('ends with 1 and the message when it throws', async () => {
    await serve(() => Promise.reject(new Error('no luck')));
    expect(await call([])).toMatchObject({ code: 1, err: 'no luck\n' });
  });

  it('is cancelled when the caller goes away, and the next one is served', async () => {
    const begun = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    await serve(async (argv, _io, signal) => {
      if (argv[0] === 'quick') return 0;
      signal.addEventListener('abort', () => cancelled.resolve());
      begun.resolve();
      await cancelled.promise;
      return 0;
    });
    const socket = connect(path);
    socket.write(`${JSON.stringify({ kind: 'command', argv: ['slow'], cwd: '/' })}\n`);
    await begun.promise;
    socket.destroy();
    await cancelled.promise;
    expect((await call(['quick'])).code).toBe(0);
  });

  it('is cancelled when the server stops, which the caller is told', async () => {
    const begun = Promise.withResolvers<void>();
    const running = await serve(async (_argv, _io, signal) => {
      begun.resolve();
      await once(signal, 'abort');
      return 0;
    });
    const answer = expect(call([])).rejects.toMatchObject({ code: 'server-gone' });
    await begun.promise;
    await running.close();
    await answer;
    expect(existsSync(path)).toBe(false);
  });

  it('that is no JSON or never ends costs its connection and nothing else', async () => {
    await serve(async () => 0);
    const socket = connect(path);
    socket.on('error', () => undefined).end('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect((await call([])).code).toBe(0);
  });
});

describe('the socket', () => {
  it('is for its owner alone and replaces one that was left over', async () => {
    const left = createServer().listen(path);
    await once(left, 'listening');
    await serve(async () => 7);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await call([])).code).toBe(7);
    left.close();
  });

  it('does not replace a file', async () => {
    writeFileSync(path, 'precious');
    await expect(serve(async () => 0)).rejects.toMatchObject({ code: 'socket-path-taken' });
  });

  it('that nobody answers at is a clear fault', async () => {
    await expect(call([])).rejects.toMatchObject({ kind: 'unavailable', code: 'server-silent' });
  });

  it('with too long a path is a clear fault on both sides', async () => {
    path = join(folder, 'd'.repeat(100), 'recourse.sock');
    await expect(serve(async () => 0)).rejects.toMatchObject({ code: 'socket-path-too-long' });
    await expect(call([])).rejects.toMatchObject({ code: 'socket-path-too-long' });
  });
});
