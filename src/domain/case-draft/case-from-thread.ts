import type { ThreadDraft } from '../capture/thread-draft.ts';
import type { Context } from '../context.ts';
import type { CaseDraft } from '../wording/case-form.ts';
import { oneLine } from '../wording/format.ts';
import { draftLimits } from './draft-limits.ts';
import type { ToldStep } from './told-step.ts';
import { writeSteps } from './write-steps.ts';

/** What is known of a thread besides what it says. */
export interface KnownOfThread {
  /** What the incident is said to be about; empty where there is none. */
  readonly problem: string;
  readonly context: Context;
  readonly people: readonly string[];
}

/** A case out of what a thread tells, in texts that every form can show whole. What was cut says so. */
export function caseFromThread(
  draft: ThreadDraft,
  steps: readonly ToldStep[],
  { problem, context, people }: KnownOfThread,
): CaseDraft {
  const { os, application, service, hosts } = draft.context;
  const told = draft.symptoms.length > 0 ? draft.symptoms : [problem];
  const others = hosts.filter((host) => !told.some((text) => text.includes(host)));
  const seenOn = others.length > 0 ? [`Seen on: ${others.join(', ')}`] : [];
  return {
    title: oneLine(problem || (draft.symptoms[0] ?? ''), 100),
    symptoms: cutText([...told, ...seenOn].filter(Boolean).join('\n'), draftLimits.text),
    rootCause: cutText(draft.rootCause ?? '', draftLimits.text),
    resolution: cutText(draft.resolution ?? '', draftLimits.text),
    steps: writeSteps(steps, draftLimits.steps),
    validation: cutText(draft.validation ?? '', draftLimits.validation),
    tags: draft.tags.slice(0, draftLimits.tags),
    appliesTo: { ...present({ os, application, service }), ...context },
    tookMinutes: draft.durationMinutes,
    people: people.slice(0, draftLimits.people),
  };
}

const present = (labels: Readonly<Record<string, string | null>>): Context =>
  Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== null));

const cutText = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - cut.length).toWellFormed()}${cut}`;
const cut = '\n… (the rest stands only in the thread)';
