import type { Config } from '#adapters/config/config.ts';
import { pinHostKey } from '#adapters/inventory/pin-host-key.ts';
import { createSsh2HostKeyScanner } from '#adapters/ssh/create-ssh2-host-key-scanner.ts';
import { decideDeprecatedNamed } from '#application/decide-deprecated.ts';
import { decideUnusedNamed } from '#application/decide-unused.ts';
import { createExplainPolicy } from '#application/explain-policy.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import { createRankSolutions } from '#application/rank-solutions.ts';
import { readInsights } from '#application/read-insights.ts';
import type { CommandContext, IngestReport } from '#commands/command.ts';
import { Fault } from '#domain/fault.ts';
import type { HostEntry } from '#domain/host.ts';
import type { Workspace } from '#ports/workspaces.ts';
import { createAuditCommands } from './create-audit-commands.ts';
import { createCaseCommands } from './create-case-commands.ts';
import { createKnowledgeCommands } from './create-knowledge-commands.ts';
import { createReviewCommands } from './create-review-commands.ts';
import { createSecretCommands } from './create-secret-commands.ts';
import { diagnose } from './diagnose.ts';
import { readRunbooks } from './load-knowledge.ts';
import type { OpenCore } from './open-core.ts';

/** What the commands of the shell may do with the open application. `reloadHosts` makes a changed inventory count. */
export function createCommandContext(
  config: Config,
  open: OpenCore,
  reloadHosts: () => Promise<void>,
): CommandContext {
  const { core, database } = open;
  const fold = createFoldWorkspace(core);
  const rank = createRankSolutions(core);
  const explain = createExplainPolicy(core);
  return {
    foldNow: () => eachWorkspace(open, async ({ id, name }) => ({ workspace: name, result: await fold(id) })),
    ask: async (question) => rank((await firstWorkspace(open)).id, question, null),
    diagnose: () => diagnose(config, open),
    backup: () => database.dump(),
    hosts: () => knownHosts(open),
    scanHostKey: (name) => scanHostKey(open, name),
    pinHostKey: async (name, hostKey) => {
      if (config.hostsFile === null) throw noHostsFile();
      await pinHostKey(config.hostsFile, name, hostKey);
      await reloadHosts();
    },
    explainPolicy: async (asked, workspace) => explain((await workspaceNamed(open, workspace)).id, asked),
    reviews: createReviewCommands(open, (named) => workspaceNamed(open, named)),
    cases: createCaseCommands(open, (named) => workspaceNamed(open, named)),
    insights: async (workspace, days) => insightsOf(open, await workspaceNamed(open, workspace), days),
    deprecated: async (workspace) => listDeprecated(open, await workspaceNamed(open, workspace)),
    revive: async (workspace, slug) =>
      decideNamed(open, await workspaceNamed(open, workspace), slug, { decision: 'revived', notes: '' }),
    retire: async (workspace, slug, notes) => {
      const named = await workspaceNamed(open, workspace);
      return (
        (await decideNamed(open, named, slug, { decision: 'retired', notes })) ||
        decideIdle(open, named, slug, { decision: 'retired', notes })
      );
    },
    unused: async (workspace) => listUnused(open, await workspaceNamed(open, workspace)),
    keep: async (workspace, slug) =>
      decideIdle(open, await workspaceNamed(open, workspace), slug, { decision: 'kept', notes: '' }),
    ...createAuditCommands(config, open),
    secrets: createSecretCommands(open),
    knowledge: createKnowledgeCommands(open),
    ingest: (paths) => ingest(open, paths),
  };
}

async function eachWorkspace<T>(
  { core }: OpenCore,
  work: (workspace: Workspace) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (const workspace of await core.workspaces.all()) results.push(await work(workspace));
  return results;
}

/** The shell has no channel to be in, so it asks in the oldest workspace. */
async function firstWorkspace({ core }: OpenCore): Promise<Workspace> {
  const [first] = await core.workspaces.all();
  if (first) return first;
  throw new Fault('rejected', 'no-workspace', 'There is no workspace yet.', 'Start Recourse once: npm start');
}

async function workspaceNamed(open: OpenCore, externalId: string | null): Promise<Workspace> {
  if (externalId === null) return firstWorkspace(open);
  const all = await open.core.workspaces.all();
  const found = all.find((one) => one.externalId === externalId);
  if (found) return found;
  const known = all.map((one) => `${one.externalId} (${one.name})`).join(', ');
  throw new Fault(
    'rejected',
    'unknown-workspace',
    `There is no workspace ${externalId}.`,
    `Known are: ${known}`,
  );
}

const mostListed = 1000;

const listDeprecated = ({ core }: OpenCore, { id }: Workspace) =>
  core.unitOfWork.within(id, ({ solutions }) => solutions.deprecated(mostListed));

const listUnused = ({ core }: OpenCore, { id }: Workspace) =>
  core.unitOfWork.within(id, ({ solutions }) =>
    solutions.unused(mostListed, core.settings.fold.retireAfterDays),
  );

const decideIdle = (
  { core }: OpenCore,
  { id }: Workspace,
  slug: string,
  asked: Parameters<typeof decideUnusedNamed>[4],
) => core.unitOfWork.within(id, (transaction) => decideUnusedNamed(core, transaction, slug, 'shell', asked));

/** Whoever has the shell of the server may read its database: nothing is hidden from them. */
async function insightsOf({ core }: OpenCore, { id, name }: Workspace, days: number) {
  const view = { days, channel: null, hidden: [], seesReviews: true } as const;
  const insights = await core.unitOfWork.within(id, (transaction) => readInsights(core, transaction, view));
  return { workspace: name, insights };
}

const decideNamed = (
  { core }: OpenCore,
  { id }: Workspace,
  slug: string,
  asked: Parameters<typeof decideDeprecatedNamed>[3],
) =>
  core.unitOfWork.within(id, (transaction) =>
    decideDeprecatedNamed(transaction, slug, { externalId: 'shell', name: 'shell' }, asked),
  );

async function knownHosts(open: OpenCore): Promise<readonly HostEntry[]> {
  const { id } = await firstWorkspace(open);
  return open.core.unitOfWork.within(id, ({ hosts }) => hosts.all());
}

async function scanHostKey(open: OpenCore, name: string) {
  const host = (await knownHosts(open)).find((known) => known.name === name);
  if (!host) {
    const advice = 'See the names with: npm run -s recourse -- hosts list';
    throw new Fault('rejected', 'unknown-host', `No host named ${name} is in the inventory.`, advice);
  }
  if (host.jump !== null) {
    const advice = `Run ssh-keyscan on ${host.jump} and write the key as host_key into hosts.yaml.`;
    throw new Fault('rejected', 'host-behind-jump', `${name} is only reached through ${host.jump}.`, advice);
  }
  const scanned = await createSsh2HostKeyScanner().scan(host.address, host.port);
  // Lines with a marker are about authorities and revoked keys.
  const pinned = host.hostKey?.split('\n').find((line) => !line.startsWith('@')) ?? null;
  return { ...scanned, pinned };
}

async function ingest(open: OpenCore, paths: readonly string[]): Promise<IngestReport> {
  await open.learnSecrets();
  const read = [];
  for (const path of paths) read.push(await readRunbooks(path, open.core));
  const versions = read.flatMap((one) => one.versions);
  const load = createLoadSolutions(open.core);
  const [report] = await eachWorkspace(open, ({ id }) => load(id, versions));
  const { created: added = 0, updated: changed = 0, unchanged = 0 } = report ?? {};
  const warnings = read.flatMap((one) => one.warnings);
  return { added, changed, unchanged, warnings, problems: read.flatMap((one) => one.problems) };
}

function noHostsFile(): Fault {
  return new Fault(
    'rejected',
    'no-hosts-file',
    'There is no inventory file to write the key into.',
    'Write hosts.yaml (docs/hosts.md has an example) or set RECOURSE_HOSTS.',
  );
}
