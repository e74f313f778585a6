import { sql } from 'drizzle-orm';
import { readRows } from '../read-rows.ts';
import {
  blockOf,
  numberOf,
  type PostingList,
  readPostings,
  writePostings,
} from '../search/packed-postings.ts';
import { textArray } from '../search/text-array.ts';
import type { StoreScope } from '../unit-of-work.ts';

export interface NewPosting {
  readonly term: string;
  readonly number: number;
  /** See packed-postings.ts. */
  readonly posting: number;
}

/** A block of a stem's posting list, as both drivers take bytes. */
interface Block {
  readonly term: string;
  readonly block: number;
  readonly hex: string;
}

/** Adds postings of documents that have none yet. The caller holds the lock on the collection. */
export async function appendPostings(scope: StoreScope, added: readonly NewPosting[]): Promise<void> {
  const blocks = new Map<string, { term: string; block: number; postings: number[] }>();
  for (const { term, number, posting } of added) {
    const block = blockOf(number);
    const key = `${block} ${term}`;
    const known = blocks.get(key) ?? { term, block, postings: [] };
    known.postings.push(posting);
    blocks.set(key, known);
  }
  const packed = [...blocks.values()].map(
    ({ term, block, postings }): Block => ({ term, block, hex: toHex(Uint32Array.from(postings)) }),
  );
  if (packed.length > 0) await upsertBlocks(scope, packed);
}

/** Takes documents out of the blocks of their stems. The caller holds the lock on the collection. */
export async function removePostings(
  scope: StoreScope,
  removed: readonly { readonly number: number; readonly terms: ReadonlySet<string> }[],
): Promise<void> {
  for (const [block, documents] of Map.groupBy(removed, ({ number }) => blockOf(number))) {
    const numbers = new Set(documents.map(({ number }) => number));
    const terms = [...new Set(documents.flatMap((document) => [...document.terms]))];
    const changed = (await readBlocks(scope, block, terms)).map(
      ({ term, hex }): Block => ({
        term,
        block,
        hex: toHex(fromHex(hex).filter((posting) => !numbers.has(numberOf(posting)))),
      }),
    );
    await replaceBlocks(scope, changed);
    await removeEmptyBlocks(scope, block, terms);
  }
}

async function upsertBlocks({ executor, workspace }: StoreScope, blocks: readonly Block[]): Promise<void> {
  await executor.execute(sql`
    insert into search_postings (workspace_id, term, block, postings)
    select ${workspace}::uuid, term, block, decode(hex, 'hex') from ${rowsOf(blocks)}
    on conflict (workspace_id, term, block)
      do update set postings = search_postings.postings || excluded.postings`);
}

function readBlocks({ executor }: StoreScope, block: number, terms: readonly string[]) {
  return readRows<{ term: string; hex: string }>(
    executor,
    sql`select term, encode(postings, 'hex') as hex from search_postings
      where term = any(${textArray(terms)}) and block = ${block}`,
  );
}

async function replaceBlocks({ executor }: StoreScope, blocks: readonly Block[]): Promise<void> {
  if (blocks.length === 0) return;
  await executor.execute(sql`
    update search_postings set postings = decode(changed.hex, 'hex') from ${rowsOf(blocks)}
    where search_postings.term = changed.term and search_postings.block = changed.block`);
}

async function removeEmptyBlocks({ executor }: StoreScope, block: number, terms: readonly string[]) {
  await executor.execute(sql`
    delete from search_postings
    where term = any(${textArray(terms)}) and block = ${block} and postings = ''::bytea`);
}

const toHex = (list: PostingList): string => writePostings(list).toString('hex');
const fromHex = (hex: string): PostingList => readPostings(Buffer.from(hex, 'hex'));

const rowsOf = (blocks: readonly Block[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(blocks)}::text::jsonb) as changed (term text, block int, hex text)`;
