import { sql } from 'drizzle-orm';
import type { Executor, OpenDatabase } from '#adapters/postgres/database.ts';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { WorkspaceId } from '#domain/ids.ts';

/** Every row of a workspace as one JSON text, by table, in a fixed order. */
export type TenantRows = Readonly<Record<string, readonly string[]>>;

/** All that the database holds of one workspace, read from the catalogue, so that no table can be forgotten. */
export function readTenantRows(
  { database }: Pick<OpenDatabase, 'database'>,
  workspace: WorkspaceId,
): Promise<TenantRows> {
  return inWorkspace(database, workspace, async (executor) => {
    const rows: Record<string, readonly string[]> = {};
    for (const table of await tenantTables(executor)) rows[table] = await readTable(executor, table);
    return rows;
  });
}

async function tenantTables(executor: Executor): Promise<readonly string[]> {
  const rows = await readRows<{ name: string }>(
    executor,
    sql`select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function readTable(executor: Executor, table: string): Promise<readonly string[]> {
  const rows = await readRows<{ row: string }>(
    executor,
    sql`select to_jsonb(t)::text as row from ${sql.identifier(table)} t order by 1`,
  );
  return rows.map(({ row }) => row);
}

const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^[\w-]{32}$/;

/** Whatever in these rows could be named from outside: keys and ids of the platform, at most `each` of a column. */
export function idsIn(rows: TenantRows, each: number): readonly string[] {
  const cells = Object.entries(rows).flatMap(([table, all]) => all.flatMap((row) => idsOf(table, row)));
  const byColumn = Map.groupBy(new Set(cells.map(({ column, id }) => `${column} ${id}`)), (cell) =>
    cell.slice(0, cell.indexOf(' ')),
  );
  const some = [...byColumn.values()].flatMap((all) => all.slice(0, each));
  return [...new Set(some.map((cell) => cell.slice(cell.indexOf(' ') + 1)))];
}

function idsOf(table: string, row: string): readonly { readonly column: string; readonly id: string }[] {
  return Object.entries(JSON.parse(row) as Record<string, unknown>).flatMap(([name, id]) =>
    name !== 'workspace_id' && typeof id === 'string' && isId.test(id)
      ? [{ column: `${table}.${name}`, id }]
      : [],
  );
}

/** `TABLE.COLUMN VALUE` of every foreign key of `rows` that leads to one of `keys`: the engine does not ask for the workspace there. */
export async function keysInto(
  { database }: Pick<OpenDatabase, 'database'>,
  rows: TenantRows,
  keys: ReadonlySet<string>,
): Promise<readonly string[]> {
  const foreign = await readRows<{ table: string; column: string }>(
    database,
    sql`select c.relname as table, a.attname as column from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
      where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and a.attname <> 'workspace_id'`,
  );
  return foreign.flatMap(({ table, column }) =>
    (rows[table] ?? [])
      .map((row) => String((JSON.parse(row) as Record<string, unknown>)[column]))
      .filter((value) => keys.has(value))
      .map((value) => `${table}.${column} ${value}`),
  );
}
