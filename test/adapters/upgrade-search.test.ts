import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openServer } from '#adapters/postgres/open-server.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createEmbedMissing } from '#adapters/postgres/search/embed-missing.ts';
import { createSearchIndex } from '#adapters/postgres/stores/search-index.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { migrateBefore } from '#test/support/migrate-before.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { inScope } from '#test/support/search-database.ts';

describeWithPeer('postgres', 'a server that was used before the index was packed', (serverUrl) => {
  it('keeps its vectors and indexes again, though its owner obeys row-level security', async () => {
    const fresh = await createFreshDatabase(serverUrl);
    await migrateBefore(fresh.url, '_packed_index');
    const open = openServer(fresh.url);
    // By hand: the columns of now are not there yet.
    const workspace = randomUUID() as WorkspaceId;
    await open.database.execute(
      sql`insert into workspaces (id, platform, external_id, name) values (${workspace}::uuid, 'playground', 'old', 'Old')`,
    );
    const content = {
      kind: 'case',
      case: { title: 'T', symptoms: '', rootCause: '', resolution: '', validation: '', tags: [], owner: '' },
    };
    const appliesTo = { os: ' Linux', environment: ['Prod', ' ', 'dev'] };
    await inScope(open, workspace, async ({ executor }) => {
      await executor.execute(sql`with solution as (
          insert into solutions (id, workspace_id, slug, kind, origin)
          values (gen_random_uuid(), ${workspace}::uuid, 's', 'case', '') returning id
        ), version as (
          insert into solution_versions (id, workspace_id, solution_id, version, author, source, state, text, content)
          select gen_random_uuid(), ${workspace}::uuid, id, 1, '', 'import', 'active', '',
            ${JSON.stringify({ ...content, case: { ...content.case, appliesTo } })}::text::jsonb from solution
        )
        insert into search_documents select ${workspace}::uuid, id, 1, 0, 0, 0, 0, 1, '{}', '{}' from solution`);
      await executor.execute(sql`insert into search_embeddings (workspace_id, solution_id, model, embedding)
        select ${workspace}::uuid, id, 'old', '[1,2]' from solutions`);
    });
    await open.migrate();
    const asked: string[] = [];
    const embedder = {
      model: 'old',
      dimensions: async () => 2,
      embed: async (texts: readonly string[]) => {
        asked.push(...texts);
        return texts.map(() => [1, 2]);
      },
    };
    await inScope(open, workspace, async (scope) => {
      const index = createSearchIndex(scope);
      expect([await index.putMissing(10), await index.putMissing(10)]).toEqual([1, 0]);
    });
    const rows = await inScope(open, workspace, ({ executor }) =>
      readRows(
        executor,
        sql`select document.kind, to_jsonb(os) as os, to_jsonb(environment) as environment,
          to_jsonb(host_group) as "hostGroup", dimensions from search_documents document join search_embeddings using (solution_id)`,
      ),
    );
    expect(rows).toEqual([
      { kind: 'case', os: ['linux'], environment: ['prod', 'dev'], hostGroup: [], dimensions: 2 },
    ]);
    const embed = createEmbedMissing({ open, embedder, redact: (text) => text, exactUpTo: 10 });
    expect(await embed(workspace, AbortSignal.timeout(10_000))).toBe(1);
    expect(asked).toHaveLength(1);
    const forced = await readRows<{ name: string }>(
      open.database,
      sql`select relname as name from pg_class where relrowsecurity and not relforcerowsecurity`,
    );
    expect(forced).toEqual([]);
    await open.close();
    await fresh.drop();
  });
});
