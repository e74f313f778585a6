import { sql } from 'drizzle-orm';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { textArray } from '#adapters/postgres/search/text-array.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { inScope } from './search-database.ts';

/** A solution as the dense side sees it. */
export interface VectorRow {
  readonly vector: readonly number[];
  readonly kind: 'runbook' | 'case';
  readonly environment: readonly string[];
  readonly os: readonly string[];
}

/** Writes solutions in force with their vectors and labels; the rows are all that a dense search reads. */
export async function addVectors(
  open: OpenDatabase,
  workspace: WorkspaceId,
  model: string,
  rows: readonly VectorRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 500) {
    const part = rows.slice(start, start + 500).map(({ vector, environment, os, ...row }) => ({
      ...row,
      vector: JSON.stringify(vector),
      environment: `{${environment.join(',')}}`,
      os: `{${os.join(',')}}`,
    }));
    await inScope(open, workspace, ({ executor }) =>
      executor.execute(sql`
        with entry as (
          select gen_random_uuid() as id, row.*
          from jsonb_to_recordset(${JSON.stringify(part)}::text::jsonb)
            as row (vector text, kind text, environment text, os text)
        ), solution as (
          insert into solutions (id, workspace_id, slug, kind, origin)
          select id, ${workspace}::uuid, id::text, kind, '' from entry
        ), version as (
          insert into solution_versions (id, workspace_id, solution_id, version, author, source, state, text, content)
          select gen_random_uuid(), ${workspace}::uuid, id, 1, '', 'import', 'active', '', '{}' from entry
        ), document as (
          insert into search_documents (workspace_id, solution_id, number, analysis, stems, title_length, lead_length,
            trouble, alert_names, kind, os, application, environment, service, host_group, content_hash)
          select ${workspace}::uuid, id, (select count(*) from search_documents) + row_number() over (), 1, '', 0, 0, 0, ${textArray([])}, kind,
            os::text[], '{}', environment::text[], '{}', '{}', '' from entry
        )
        insert into search_embeddings (workspace_id, solution_id, model, embedding, content_hash)
        select ${workspace}::uuid, id, ${model}, vector::vector, '' from entry`),
    );
  }
}
