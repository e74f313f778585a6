import { resolve } from 'node:path';
import type { AuditHead } from '#domain/audit/audit-entry.ts';
import type { AuditFlaw } from '#domain/audit/check-chain.ts';
import { type CommandContext, type CommandIo, exitCodes, type NamedChain } from './command.ts';
import { printable } from './printable.ts';

export interface VerifyOptions {
  readonly workspace?: string;
  readonly anchor?: string;
  readonly expect?: readonly string[];
}

/** Recomputes the hash chains of the audit log, and names the first entry of each that does not fit. */
export async function verifyAudit(
  context: CommandContext,
  io: CommandIo,
  { workspace, anchor, expect = [] }: VerifyOptions,
): Promise<number> {
  const heads = expect.map(readHead);
  if (heads.includes(undefined)) return refuse(io, '--expect must be NUMBER:HASH, as it was posted');
  if (heads.length > 0 && workspace === undefined) return refuse(io, '--expect needs --workspace');
  const chains = await context.verifyAudit({
    workspace: workspace ?? null,
    anchor: anchor === undefined ? null : resolve(io.cwd, anchor),
    expect: heads.filter((head) => head !== undefined),
  });
  for (const chain of chains) io.out(`${printable(describe(chain))}\n`);
  return chains.some(({ chain }) => chain.kind === 'broken') ? exitCodes.failed : exitCodes.done;
}

function readHead(text: string): AuditHead | undefined {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  return sequence && hash ? { sequence: Number(sequence), hash } : undefined;
}

function refuse(io: CommandIo, what: string): number {
  io.err(`error: ${what}\n`);
  return exitCodes.usage;
}

function describe({ workspace, chain, anchors }: NamedChain): string {
  if (chain.kind === 'broken')
    return `${workspace}: BROKEN at entry ${chain.sequence} (${chain.flaw}): ${flaws[chain.flaw]}`;
  const { sequence, hash } = chain.head;
  if (sequence === 0) return `${workspace}: no entries`;
  const agree = anchors === 1 ? '1 anchor agrees' : `${anchors} anchors agree`;
  const outside = anchors > 0 ? `, ${agree}` : '; no anchor, so a cut end would not show';
  return `${workspace}: every entry fits up to ${sequence}:${hash}${outside}`;
}

const flaws = {
  missing: 'it is not there, but later ones are',
  number: 'no entry can have this number',
  hash: 'something of it was changed after it was written',
  link: 'it does not continue the entry before; one of the two was written anew',
  time: 'it claims to be older than the entry before',
  anchor: 'it is not the entry that was anchored; it and all before may have been written anew',
  tail: 'it was anchored, but the log ends before it',
} as const satisfies Record<AuditFlaw, string>;
