import type { Host } from '../host.ts';
import type { Block, Line } from '../reply.ts';
import type { FanOutTargetView, FanOutView } from '../run/fan-out-view.ts';
import type { Step, StepState } from '../run/step.ts';
import { loginText } from './host-text.ts';
import { lastLineOf, wholeOutput } from './output-file.ts';
import type { StepView } from './step-card.ts';
import { tryText } from './try-text.ts';

/** Where a step runs, in a few words. */
export function whereText(
  host: Pick<Host, 'name'>,
  fanOut: { readonly group: string; readonly targets: readonly unknown[] } | null,
): string {
  if (fanOut === null) return host.name;
  const { group, targets } = fanOut;
  return `group ${group} (${targets.length} ${targets.length === 1 ? 'host' : 'hosts'})`;
}

/** The order in which the hosts take their turns, and what ends them. */
export function orderText({ parallel, maxFailures, targets }: FanOutView): string {
  const canary = targets[0]?.host.name ?? '';
  if (targets.length < 2) return `${canary} alone`;
  const failures = maxFailures === 1 ? 'a failure' : `${maxFailures} failures`;
  const atATime = parallel === 1 ? 'one at a time' : `at most ${parallel} at a time`;
  return `${canary} first and alone; once it succeeded, ${atATime}; after ${failures} no further host begins`;
}

/** Each command with the hosts on which it runs: all of them have the same, unless it names its host. */
export function commandsByHost(
  targets: readonly Pick<FanOutTargetView, 'host' | 'command'>[],
): readonly { readonly command: string; readonly hosts: readonly string[] }[] {
  const groups = Map.groupBy(targets, ({ command }) => command);
  return [...groups].map(([command, of]) => ({ command, hosts: of.map(({ host }) => host.name) }));
}

/**
 * The commands of a card. What says where each one runs are fields, which nobody who approves sees cut.
 */
export function commandBlocks({ step, fanOut }: Pick<StepView, 'step' | 'fanOut'>): readonly Block[] {
  const commands = commandsByHost(fanOut?.targets ?? []);
  if (commands.length < 2) return [{ kind: 'code', role: 'command', text: step.command }];
  return commands.flatMap(({ command, hosts }): readonly Block[] => [
    { kind: 'fields', fields: [{ name: 'On', value: [hosts.join(', ')] }] },
    { kind: 'code', role: 'command', text: command },
  ]);
}

/** One line a host: who it is, and what became of the command there. */
export function hostBlocks({ step, fanOut }: Pick<StepView, 'step' | 'fanOut'>): readonly Block[] {
  if (fanOut === null) return [];
  const fields = fanOut.targets.map((target) => ({
    name: `${sign(target)} ${target.host.name}`,
    value: [{ kind: 'code', text: loginText(target.host) }, ...becameOf(target, step.state)] as Line,
  }));
  return [{ kind: 'fields', fields }];
}

const signs = {
  proposed: '▫️',
  approved: '⏳',
  claimed: '⏳',
  running: '▶️',
  succeeded: '✅',
  failed: '❌',
  'timed-out': '❌',
  cancelled: '⏹',
  'cancel-unconfirmed': '⚠️',
  unknown: '⚠️',
  rejected: '❌',
  expired: '❌',
  skipped: '▫️',
} as const satisfies Record<StepState, string>;

const goingOn: readonly StepState[] = ['proposed', 'approved', 'claimed', 'running'];

function sign({ part }: FanOutTargetView): string {
  return signs[part?.state ?? 'proposed'];
}

function becameOf({ part }: FanOutTargetView, whole: StepState): Line {
  if (part === null) return [notBegun(whole)];
  if (part.result === null) return [withoutResult(part)];
  const last = lastLineOf(wholeOutput(part.result));
  return [
    ` ${part.result.why}${triedText(part)} `,
    ...(last === '' ? [] : [{ kind: 'code', text: last } as const]),
  ];
}

function notBegun(whole: StepState): string {
  if (whole === 'proposed') return '';
  return goingOn.includes(whole) ? ' waits for its turn.' : ' did not begin.';
}

/** Which try ended so, where it was not the first. */
const triedText = (part: Step): string => (part.tries.length === 0 ? '' : ` This was ${tryText(part)}.`);

function withoutResult(part: Step): string {
  switch (part.state) {
    case 'approved':
      return ' waits for the host.';
    case 'claimed':
      return ' connecting.';
    case 'running':
      return part.tries.length === 0 ? ' running.' : ` running, ${tryText(part)}.`;
    case 'unknown':
      return ' lost sight of; the host is asked.';
    case 'expired':
      return ' waited too long for the host; it did not run.';
    default:
      return ' did not begin.';
  }
}

/** How far a fan-out has come. */
export const doneText = ({ targets }: FanOutView): string =>
  `${targets.filter(isDone).length} of ${targets.length} hosts succeeded`;

const isDone = ({ part }: FanOutTargetView): boolean => part?.state === 'succeeded';
const isIdle = ({ part }: FanOutTargetView): boolean => part === null || part.state === 'skipped';

/** How a fan-out ended and why it went no further, as sentences for the card. */
export function fanOutWhy(view: FanOutView): string {
  const { targets } = view;
  const others = targets.filter((target) => !isDone(target) && !isIdle(target)).map(({ host }) => host.name);
  const idle = targets.filter(isIdle).map(({ host }) => host.name);
  return [
    `${doneText(view)}.`,
    ...(others.length > 0 ? [`Not on ${others.join(', ')}.`] : []),
    ...(idle.length > 0 ? [`Never begun on ${idle.join(', ')}${whyIdle(view)}.`] : []),
    ...(idle.length + others.length > 0 && targets.some(isDone) ? [onlyOthers] : []),
  ].join(' ');
}

const onlyOthers = 'Proposed again, it goes to the others only.';
const notFailed: readonly StepState[] = [...goingOn, 'succeeded', 'skipped', 'cancelled'];

/** Nothing where a person stopped it. */
function whyIdle({ targets, maxFailures }: FanOutView): string {
  const failed = targets.filter(({ part }) => part !== null && !notFailed.includes(part.state));
  if (failed.some((target) => target === targets[0])) return ', because the canary did not succeed';
  if (failed.length < maxFailures) return '';
  return `, because ${maxFailures === 1 ? 'a host' : `${maxFailures} hosts`} did not succeed`;
}
