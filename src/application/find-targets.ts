import { canonicalJson } from '#domain/canonical-json.ts';
import type { Host } from '#domain/host.ts';
import { groupOf, hostsOfGroup } from '#domain/host-group.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { defaultMaxFailures, defaultParallel, mostParallel } from '#domain/run/fan-out.ts';
import type { FanOutTargetView, FanOutView } from '#domain/run/fan-out-view.ts';
import type { Run } from '#domain/run/run.ts';
import type { Round, Step } from '#domain/run/step.ts';
import { type Given, nothingGiven } from '#domain/runbook/given.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import { undonePositions } from '#domain/runbook/undoing.ts';
import { commandsByHost } from '#domain/wording/fan-out-blocks.ts';
import { givenLines } from '#domain/wording/given-lines.ts';
import { hostText } from '#domain/wording/host-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { jumpsTo } from './jumps-to.ts';
import { type PreparationRefused, prepareCommand, refused } from './prepare-command.ts';

type Needs = Pick<Core, 'settings' | 'redact' | 'commandParser'>;
type Stores = Pick<Transaction, 'hosts' | 'runs'>;

interface Asked {
  readonly workspace: WorkspaceId;
  readonly run: Pick<Run, 'id' | 'parameters'>;
  readonly runbook: Runbook;
  readonly position: number;
  /** Absent: the first time. */
  readonly round?: Round;
}

/** Where a step would run, and what. Of a group, `host` and `command` are those of the canary. */
export interface Found {
  readonly kind: 'found';
  readonly host: Host;
  readonly jumps: readonly Host[];
  readonly command: string;
  /** The same on every host. */
  readonly given: Given;
  readonly fanOut: FanOutView | null;
}

/** `untouched`: a step that undoes, and none of its hosts was changed. */
export type Targets = Found | PreparationRefused | { readonly kind: 'untouched' };

/** The hosts of one step of a run as the inventory is now, each with its command. */
export async function findTargets(needs: Needs, stores: Stores, asked: Asked): Promise<Targets> {
  const step = asked.runbook.steps[asked.position];
  if (!step) return refused('This step is gone from its runbook.');
  const value = asked.run.parameters[step.hostParameter] ?? '';
  const group = groupOf(value);
  if (group !== undefined) return findGroup(needs, stores, asked, { step, group });
  const host = await stores.hosts.named(value);
  if (!host) return refused(`The host of step ${step.id} left the inventory.`);
  const jumps = await jumpsTo(stores, host);
  if (!jumps) return noWayTo(host);
  const prepared = prepareCommand(needs, step, asked);
  return prepared.kind === 'refused' ? prepared : { ...prepared, kind: 'found', host, jumps, fanOut: null };
}

const noWayTo = ({ name }: Host): PreparationRefused =>
  refused(`A jump host on the way to ${name} left the inventory.`);

interface Grouped {
  readonly step: RunbookStep;
  readonly group: string;
}

async function findGroup(needs: Needs, stores: Stores, asked: Asked, grouped: Grouped): Promise<Targets> {
  const { step, group } = grouped;
  const hosts = await hostsFor(stores, asked, grouped);
  if (hosts.length === 0)
    return step.kind === 'rollback'
      ? { kind: 'untouched' }
      : refused(`Group ${group} has no host in the inventory any more.`);
  const targets: FanOutTargetView[] = [];
  let given: Given | undefined;
  for (const host of hosts) {
    const target = await prepareTarget(needs, stores, asked, step, host);
    if (target.kind === 'refused') return target;
    given ??= target.given;
    if (canonicalJson(given) !== canonicalJson(target.given))
      return refused(givesItsHost(step), step.hostParameter);
    targets.push(target.view);
  }
  const open = await withoutDone(stores, asked, targets);
  return judgeSize(needs, asked, grouped, open, given ?? nothingGiven);
}

interface PreparedTarget {
  readonly kind: 'prepared';
  readonly view: FanOutTargetView;
  readonly given: Given;
}

async function prepareTarget(
  needs: Needs,
  stores: Stores,
  { workspace, run }: Asked,
  step: RunbookStep,
  host: Host,
): Promise<PreparedTarget | PreparationRefused> {
  const parameters = { ...run.parameters, [step.hostParameter]: host.name };
  const prepared = prepareCommand(needs, step, { workspace, run: { parameters } });
  if (prepared.kind === 'refused') return prepared;
  const jumps = await jumpsTo(stores, host);
  if (!jumps) return noWayTo(host);
  const { command, given } = prepared;
  return { kind: 'prepared', view: { host, jumps, command, part: null }, given };
}

/** What a step is given is shown once, for all of its hosts. */
const givesItsHost = ({ id }: RunbookStep): string =>
  `Step ${id} is given the name of its host, so it takes one host and no group.`;

/** What undoes goes where something was done, also to a host that left the group since. */
async function hostsFor(
  { hosts, runs }: Stores,
  { run, runbook }: Asked,
  { step, group }: Grouped,
): Promise<readonly Host[]> {
  const all = await hosts.all();
  if (step.kind !== 'rollback') return hostsOfGroup(all, group);
  const undone = undonePositions(runbook, step);
  const changed = (await runs.parts(run.id)).filter(
    ({ kind, startedAt, position }) =>
      kind === 'remediation' &&
      startedAt !== null &&
      undone.includes(position) &&
      runbook.steps[position]?.hostParameter === step.hostParameter,
  );
  return all.filter(({ id }) => changed.some(({ hostId }) => hostId === id));
}

/** Proposed again, a step leaves out the hosts where the same command succeeded in this run. */
async function withoutDone(
  { runs }: Stores,
  { run, position, round = 0 }: Asked,
  targets: readonly FanOutTargetView[],
): Promise<readonly FanOutTargetView[]> {
  const done = (await runs.parts(run.id)).filter(
    (part) => part.position === position && part.round === round && part.state === 'succeeded',
  );
  const isDone = ({ host, command }: FanOutTargetView): boolean =>
    done.some((part: Step) => part.hostId === host.id && part.command === command);
  const open = targets.filter((target) => !isDone(target));
  return open.length > 0 ? open : targets;
}

/** What else stands in the line of a host: its sign, and what it is or became. */
const besideHost = 40;

function judgeSize(
  { settings }: Needs,
  { workspace }: Asked,
  { step, group }: Grouped,
  targets: readonly FanOutTargetView[],
  given: Given,
): Targets {
  const [first] = targets;
  if (!first) return refused(`Group ${group} has no host in the inventory any more.`);
  const lines = targets.map(({ host }) => host.name.length + hostText(host).length + besideHost);
  const texts = commandsByHost(targets).map(({ command, hosts }) => command.length + hosts.join(', ').length);
  if (
    [...lines, ...texts, ...givenLines(given).map(({ length }) => length)].reduce(
      (sum, length) => sum + length,
      0,
    ) > settings.longestCommand(workspace)
  )
    return refused(
      `Step ${step.id} goes to ${targets.length} hosts of group ${group}, too many to be shown whole, so nobody could approve what they see. Make smaller groups in hosts.yaml.`,
    );
  const { parallel: asked = defaultParallel, maxFailures = defaultMaxFailures } = step;
  // A version that was loaded before there was a limit may ask for more.
  const parallel = Math.min(asked, mostParallel);
  const { host, command } = first;
  const jumps = first.jumps ?? [];
  return { kind: 'found', host, jumps, command, given, fanOut: { group, parallel, maxFailures, targets } };
}
