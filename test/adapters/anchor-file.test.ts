import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAnchorFile } from '#adapters/system/create-anchor-file.ts';
import type { Anchor } from '#domain/audit/audit-entry.ts';
import type { WorkspaceId } from '#domain/ids.ts';

describe('a file of anchors', () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-anchor-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    path = join(folder, randomUUID());
  });

  const some = (sequence: number): Anchor => ({
    at: Date.UTC(2026, 10, 20, 14, 5),
    workspace: randomUUID() as WorkspaceId,
    sequence,
    hash: sequence.toString(16).padStart(64, '0'),
  });
  const read = async (): Promise<readonly Anchor[]> => Array.fromAsync(createAnchorFile(path).read());

  it('holds nothing before it is there, and then what was put down, in order, for its owner alone', async () => {
    expect(await read()).toEqual([]);
    const [a, b, c] = [some(1), some(2), some(3)];
    await createAnchorFile(path).append([a, b]);
    const before = await readFile(path, 'utf8');
    await createAnchorFile(path).append([c]);
    expect(await read()).toEqual([a, b, c]);
    expect((await readFile(path, 'utf8')).startsWith(before)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(before.split('\n')[0]).toBe(
      `{"time":"2026-11-20T14:05:00.000Z","workspace":"${a.workspace}","sequence":1,"hash":"${a.hash}"}`,
    );
  });

  it('takes lines of many writers whole', async () => {
    const anchors = Array.from({ length: 50 }, (_, n) => some(n + 1));
    await Promise.all(anchors.map((one) => createAnchorFile(path).append([one])));
    expect((await read()).map(({ sequence }) => sequence).toSorted((x, y) => x - y)).toEqual(
      anchors.map(({ sequence }) => sequence),
    );
  });

  it('keeps a line that a crash cut apart from the next one, and names it', async () => {
    await createAnchorFile(path).append([some(1)]);
    await appendFile(path, '{"time":"2026-1');
    await createAnchorFile(path).append([some(2)]);
    await expect(read()).rejects.toMatchObject({
      code: 'audit-anchor-line',
      message: `Line 2 of the audit anchor ${path} cannot be read.`,
    });
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.filter((_, n) => n !== 1).join('\n'));
    expect((await read()).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it.each([
    ['no hash', { hash: undefined }],
    ['a short hash', { hash: 'ab' }],
    ['a number that is text', { sequence: '1' }],
    ['a workspace that is none', { workspace: 'w' }],
    ['no time', { time: 'yesterday' }],
  ])('refuses a line with %s', async (_what, change) => {
    await createAnchorFile(path).append([some(1)]);
    const line = JSON.parse(await readFile(path, 'utf8')) as object;
    await appendFile(path, `${JSON.stringify({ ...line, ...change })}\n`);
    await expect(read()).rejects.toMatchObject({ kind: 'rejected', code: 'audit-anchor-line' });
  });

  it('says so when it cannot be written or read', async () => {
    const nowhere = createAnchorFile(join(folder, 'no', 'file'));
    await expect(nowhere.append([some(1)])).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'audit-anchor',
    });
    await expect(Array.fromAsync(createAnchorFile(folder).read())).rejects.toMatchObject({
      code: 'audit-anchor',
    });
  });
});
