import { readdirSync, readFileSync } from 'node:fs';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, it } from 'vitest';
import * as alertOpinions from '#adapters/postgres/schema/alert-opinions.ts';
import * as alertRefusals from '#adapters/postgres/schema/alert-refusals.ts';
import * as alerts from '#adapters/postgres/schema/alerts.ts';
import * as captures from '#adapters/postgres/schema/captures.ts';
import * as channels from '#adapters/postgres/schema/channels.ts';
import * as deliveries from '#adapters/postgres/schema/deliveries.ts';
import * as incidents from '#adapters/postgres/schema/incidents.ts';
import * as knowledge from '#adapters/postgres/schema/knowledge.ts';
import * as people from '#adapters/postgres/schema/people.ts';
import * as policy from '#adapters/postgres/schema/policy.ts';
import * as reviews from '#adapters/postgres/schema/reviews.ts';
import * as runs from '#adapters/postgres/schema/runs.ts';
import * as search from '#adapters/postgres/schema/search.ts';
import * as secrets from '#adapters/postgres/schema/secrets.ts';
import * as workspaces from '#adapters/postgres/schema/workspaces.ts';

const folder = 'migrations/meta';
const schema = {
  ...alertOpinions,
  ...alertRefusals,
  ...alerts,
  ...captures,
  ...channels,
  ...deliveries,
  ...incidents,
  ...knowledge,
  ...people,
  ...policy,
  ...reviews,
  ...runs,
  ...search,
  ...secrets,
  ...workspaces,
};

type Snapshot = ReturnType<typeof generateDrizzleJson>;

const readJson = <T>(name: string): T => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as T;
const snapshots = readdirSync(folder)
  .filter((name) => name.endsWith('_snapshot.json'))
  .sort()
  .map((name) => readJson<Snapshot>(name));

it('leaves nothing to generate: the newest snapshot is the schema', async () => {
  const newest = snapshots.at(-1);
  if (!newest) throw new Error('no snapshot');
  expect(await generateMigration(newest, generateDrizzleJson(schema))).toEqual([]);
});

it('has a snapshot behind each snapshot but the first', () => {
  expect(snapshots.slice(1).map(({ prevId }) => prevId)).toEqual(snapshots.slice(0, -1).map(({ id }) => id));
});

it('names every migration once and in the order of time, or a database would leave one out', () => {
  const { entries } = readJson<{ entries: { when: number; tag: string }[] }>('_journal.json');
  const files = readdirSync('migrations').filter((name) => name.endsWith('.sql'));
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
  const times = entries.map(({ when }) => when);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
});
