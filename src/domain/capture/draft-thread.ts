import type { KnownHost } from '../message/recognise-context.ts';
import type { CommandTree } from '../risk/command-tree.ts';
import { topicsIn } from './applications.ts';
import { findPlace } from './find-place.ts';
import { findRuns, type Run, readAll } from './find-runs.ts';
import { findSymptoms } from './find-symptoms.ts';
import { judgeOutcome } from './judge-outcome.ts';
import type { ReadMessage } from './mentions.ts';
import { plainText } from './plain-text.ts';
import { findRecovery, type Recovery } from './recovery.ts';
import { readSaid, type Said } from './said.ts';
import { changes, kindsOf } from './step-kind.ts';
import type { IncidentThread, ThreadMessage } from './thread.ts';
import type { DraftedStep, ThreadDraft, ThreadOutcome } from './thread-draft.ts';
import { findCause } from './told-cause.ts';
import { findFix, tellsAction } from './told-fix.ts';

/** Characters of output that are kept of each step: its end, where errors stand. */
const outputKept = 1_000;

/** Characters of a message that are read: the most that Slack keeps. */
const longestMessage = 40_000;

export interface DraftNeeds {
  readonly parse: (text: string) => CommandTree;
  /** Masks secrets; the draft holds nothing that did not go through it. */
  readonly redact: (text: string) => string;
  /** Machines that are known by name. */
  readonly hosts: readonly KnownHost[];
}

/**
 * The case that a thread tells, by rules alone: what people and bots wrote, never more. Everything is redacted before
 * it is read. The same thread always gives the same draft.
 */
export function draftThread(thread: IncidentThread, { parse, redact, hosts }: DraftNeeds): ThreadDraft {
  const messages = thread.messages.map((one) => ({
    ...one,
    text: redact(plainText(thread.platform, one.text)).slice(0, longestMessage),
  }));
  const read = readAll(messages);
  const said = readSaid(messages, read);
  const runs = findRuns(messages, read);
  const changedAt = runs.filter(({ command }) => changes(command, parse)).map(({ at }) => at);
  const toldChanges = tellsOfChange(said, changedAt);
  const recovery = findRecovery(messages, said, toldChanges[0] ?? messages.length);
  const { outcome, dismissedBy } = judgeOutcome({ ...thread, messages }, said, recovery, toldChanges);
  const place = placeOf(messages, read, runs, hosts);
  const cause = findCause(said, dismissedBy);
  const fix = findFixOf(outcome, { said, runs, recovery, changedAt });
  return {
    symptoms: findSymptoms(messages, read, runs[0]?.at ?? messages.length),
    context: place,
    steps: stepsOf(runs, read, parse),
    rootCause: cause?.text ?? null,
    resolution: fix,
    validation: isFixed(outcome) ? validationOf(recovery) : null,
    outcome,
    durationMinutes: isFixed(outcome) ? minutesUntil(thread, recovery) : null,
    tags: tagsOf(place, messages, runs),
  };
}

const isFixed = (outcome: ThreadOutcome): boolean => outcome === 'resolved' || outcome === 'partial';

const acted =
  /\b(?:i|we|i['’]ve|we['’]ve)? ?(?:just )?(?:restarted|rolled back|reverted|killed|removed|deleted|rebooted|drained|failed over|disabled|scaled|cleared|skipped|bounced|reset|replaced|tried)\b/i;

/** Changes by hand are told without a command too. */
const tellsOfChange = (said: readonly Said[], changedAt: readonly number[]): readonly number[] =>
  [
    ...changedAt,
    ...said
      .filter(({ text }) => (acted.test(text) && !/\?\s*$/.test(text)) || tellsAction(text))
      .map(({ at }) => at),
  ].toSorted((a, b) => a - b);

function placeOf(
  messages: readonly ThreadMessage[],
  read: readonly ReadMessage[],
  runs: readonly Run[],
  hosts: readonly KnownHost[],
) {
  const spoken = messages.map(({ isBot, text }, at) => (isBot ? text : (read[at]?.prose ?? '')));
  return findPlace(spoken, read, runs, hosts);
}

const byItself =
  /\b(?:(?:by|on) (?:it|them)(?:self|selves)|(?:on|of) (?:its|their) own|(?:we|i|nobody|no one) (?:did|touched|changed|have done|['’]ve done) (?:nothing|anything)|(?:did|done) nothing|self[- ]heal\w*|without (?:us|any(?:one|body)) (?:doing|touching))\b/i;

interface Story {
  readonly said: readonly Said[];
  readonly runs: readonly Run[];
  readonly recovery: Recovery | null;
  readonly changedAt: readonly number[];
}

/** Nobody fixed what nobody touched: what recovers by itself has no resolution. */
function findFixOf(outcome: ThreadOutcome, { said, runs, recovery, changedAt }: Story): string | null {
  if (!isFixed(outcome) || said.some(({ text }) => byItself.test(text))) return null;
  const proposedAt = runs.flatMap((run) =>
    run.proposedAt === null || !changedAt.includes(run.at) ? [] : [run.proposedAt],
  );
  const recoveredAt = recovery?.at ?? said.at(-1)?.at ?? 0;
  const fix = findFix(said, { recoveredAt, changedAt, proposedAt });
  if (fix) return fix.text;
  const last = runs.findLast(({ at }) => changedAt.includes(at) && at <= recoveredAt);
  return last?.command ?? null;
}

function stepsOf(
  runs: readonly Run[],
  read: readonly ReadMessage[],
  parse: DraftNeeds['parse'],
): readonly DraftedStep[] {
  const undoing =
    /\b(?:put (?:it|them|that) back|revert\w*|undid|undo|back out|backed out|roll(?:ed|ing)? (?:it )?back)\b/i;
  const commands = runs.map(({ command, at }) => ({
    command,
    isUndoing: undoing.test(read[at]?.prose ?? ''),
  }));
  const kinds = kindsOf(commands, parse);
  return runs.map(({ command, output, exitCode }, index) => ({
    command,
    kind: kinds[index] ?? 'diagnostic',
    output: output === null ? null : output.slice(-outputKept).toWellFormed(),
    exitCode,
  }));
}

function validationOf(recovery: Recovery | null): string | null {
  const [first] = recovery?.sentences ?? [];
  return first?.text ?? null;
}

function minutesUntil(
  { startedAt, resolvedAt, messages }: IncidentThread,
  recovery: Recovery | null,
): number | null {
  const end = recovery ? messages[recovery.at]?.at : resolvedAt;
  return end === undefined || end === null ? null : Math.max(0, Math.round((end - startedAt) / 60_000));
}

function tagsOf(
  place: ThreadDraft['context'],
  messages: readonly ThreadMessage[],
  runs: readonly Run[],
): readonly string[] {
  const text = [...messages.slice(0, 4).map((one) => one.text), ...runs.map(({ command }) => command)].join(
    '\n',
  );
  const tags = [place.application, place.service, ...topicsIn(text)];
  return [...new Set(tags.filter((tag) => tag !== null))];
}
