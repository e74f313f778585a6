import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Results } from './feature-tests.ts';
import { type FeatureName, featureNames, features, type Platform } from './features.ts';

const file = fileURLToPath(new URL('../../../docs/chat-platforms.md', import.meta.url));
const platforms: readonly Platform[] = ['playground', 'slack', 'discord'];
const table = /^\| What \|[\s\S]*?\n(?!\|)/m;

type Cells = Readonly<Record<Platform, string>>;

/**
 * The last test of a platform: its column of docs/chat-platforms.md says what its tests have shown, row by row. With
 * RECOURSE_WRITE_TABLE=1 the column is written instead.
 */
export function featureTable(platform: Platform, results: Results): void {
  describe(`${platform}: docs/chat-platforms.md`, () => {
    it('says what was proved', async () => {
      const shown = new Map(featureNames.map((name) => [name, cellOf(results, name)]));
      const text = await readFile(file, 'utf8');
      if (process.env.RECOURSE_WRITE_TABLE === '1') await writeFile(file, withColumn(text, platform, shown));
      const written = readTable(await readFile(file, 'utf8'));
      const column = Object.fromEntries([...written].map(([title, cells]) => [title, cells[platform]]));
      expect(column).toEqual(
        Object.fromEntries([...shown].map(([name, cell]) => [features[name].title, cell])),
      );
    });
  });
}

function cellOf(results: Results, name: FeatureName): string {
  const result = results.get(name) ?? 'not tried';
  if (typeof result === 'object') return `– ${result.cannot}`;
  return result === 'proved' ? 'yes' : result;
}

function readTable(text: string): ReadonlyMap<string, Cells> {
  const [, , ...rows] = (table.exec(text)?.[0] ?? '').trim().split('\n');
  return new Map(
    rows.map((row) => {
      const [, title = '', playground = '', slack = '', discord = ''] = row
        .split('|')
        .map((cell) => cell.trim());
      return [title, { playground, slack, discord }];
    }),
  );
}

/** The whole table anew, in the order of the features, with one column from here and the others as they stand. */
function withColumn(text: string, platform: Platform, shown: ReadonlyMap<FeatureName, string>): string {
  const standing = readTable(text);
  const rows = featureNames.map((name) => {
    const { title } = features[name];
    const cells = platforms.map(
      (one) => (one === platform ? shown.get(name) : standing.get(title)?.[one]) ?? '?',
    );
    return `| ${title} | ${cells.join(' | ')} |`;
  });
  return text.replace(
    table,
    ['| What | Playground | Slack | Discord |', '|---|---|---|---|', ...rows, ''].join('\n'),
  );
}
