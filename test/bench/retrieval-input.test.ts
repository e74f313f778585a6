import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocuments, readQueries } from '../../bench/load-evaluation-set.ts';

let folder: string;
const corpus = () => join(folder, 'corpus.jsonl');
const queries = () => join(folder, 'queries.dev.jsonl');
const good = JSON.stringify({ id: 'd1', title: 'Disk full', text: 'no space left' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-set-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an evaluation set', () => {
  it('is read line by line, empty lines aside', async () => {
    await writeFile(corpus(), `${good}\n\n${good}\n`);
    expect(readDocuments(corpus())).toHaveLength(2);
  });

  it('names file and line of what is no JSON', async () => {
    await writeFile(corpus(), `${good}\n\n{"id": "d2"`);
    expect(() => readDocuments(corpus())).toThrow(`${corpus()}:3: this line is no JSON`);
  });

  it('names the members that are missing or of another type', async () => {
    await writeFile(queries(), JSON.stringify({ id: 'q1', query: 'disk', relevant: 'd1' }));
    expect(() => readQueries(queries())).toThrow(
      /queries\.dev\.jsonl:1: relevant: .*array.*; kind: .*string/,
    );
  });

  it('must have documents', async () => {
    await writeFile(corpus(), '\n');
    expect(() => readDocuments(corpus())).toThrow(`${corpus()}: there are no documents in it`);
  });
});

describe('npm run bench:retrieval', () => {
  const run = async (...more: readonly string[]) => {
    const ended = promisify(execFile)(process.execPath, ['bench/retrieval.ts', ...more]);
    return ended.then(
      () => ({ code: 0, stderr: '' }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
    );
  };

  it('ends with one line and code 2 when a file is missing', async () => {
    const set = join(folder, 'nothing');
    const { code, stderr } = await run('--set', set);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${join(set, 'corpus.jsonl')}: no such file\n` });
  });

  it('ends with one line and code 2 when an option is unknown', async () => {
    const { code, stderr } = await run('--sett', folder);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
