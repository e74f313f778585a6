import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { auditEntries } from '#adapters/postgres/schema/runs.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import { verifyAudit } from '#application/verify-audit.ts';
import type { AuditEntry } from '#domain/audit/audit-entry.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';
import { continueChain } from '#test/support/audit-chain.ts';
import { percentile } from './measure-retrieval.ts';
import { printTable, rounded } from './report.ts';

/**
 * `npm run bench:audit -- [--entries N]`: how long the embedded database takes to check an audit log of a million
 * entries, and whether that holds up anything else. docs/benchmarks.md explains the figures.
 */
const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' } } });
const entries = Number(values.entries);
const atOnce = 2_000;
const megabyte = 1_000_000;

const open = await openInMemory();
await open.migrate();
const ids = createIds();
const { id: workspace } = await createWorkspaces(open.database, ids).ensure('playground', 'bench', 'Bench');

let last: AuditEntry | undefined;
for (let written = 0; written < entries; written += atOnce) {
  const batch: AuditEntry[] = [];
  for (let n = 0; n < Math.min(atOnce, entries - written); n += 1) {
    const details = { step: ids.nonce(), run: ids.nonce(), host: ids.nonce(), risk: 'mutating', n };
    last = continueChain(workspace, last, { actor: 'U045EF6GH', event: 'step.approved', details });
    batch.push(last);
  }
  await inWorkspace(open.database, workspace, (executor) =>
    executor.insert(auditEntries).values(batch.map((entry) => ({ ...entry, workspaceId: workspace }))),
  );
}

const times: number[] = [];
let highest = 0;
/** Each transaction is one statement besides those that begin and end it. */
const timed = (unitOfWork: UnitOfWork): UnitOfWork => ({
  ...unitOfWork,
  within: async (of, work) => {
    const begun = performance.now();
    const result = await unitOfWork.within(of, work);
    times.push(performance.now() - begun);
    highest = Math.max(highest, process.memoryUsage().rss);
    return result;
  },
});

globalThis.gc?.();
const before = process.memoryUsage().rss;
const unitOfWork = timed(createUnitOfWork(open, ids, async () => undefined));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const begun = performance.now();
const known = new Map([[last?.sequence ?? 0, new Set([last?.hash ?? ''])]]);
const chain = await verifyAudit({ unitOfWork }, workspace, known);
const seconds = (performance.now() - begun) / 1000;
delay.disable();
if (chain.kind === 'broken') throw new Error(`broken at ${chain.sequence}`);
await open.close();

printTable([
  { what: `check of ${entries} entries`, measured: rounded(seconds), unit: 's', bar: null },
  { what: 'one transaction, p99', measured: rounded(percentile(times, 0.99)), unit: 'ms', bar: 50 },
  { what: 'one transaction, longest', measured: rounded(Math.max(...times)), unit: 'ms', bar: null },
  { what: 'event loop delay, p99', measured: rounded(delay.percentile(99) / 1e6), unit: 'ms', bar: 100 },
  { what: 'memory over before', measured: rounded((highest - before) / megabyte), unit: 'MB', bar: 64 },
]);
