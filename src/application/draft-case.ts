import { draftThread } from '#domain/capture/draft-thread.ts';
import type { IncidentThread, ThreadMessage } from '#domain/capture/thread.ts';
import type { ThreadOutcome } from '#domain/capture/thread-draft.ts';
import { caseFromThread } from '#domain/case-draft/case-from-thread.ts';
import { joinRuns, runMessages } from '#domain/case-draft/join-runs.ts';
import type { Incident } from '#domain/incident.ts';
import type { Case } from '#domain/solution.ts';
import type { CaseDraft } from '#domain/wording/case-form.ts';
import type { SaidMessage } from '#ports/said-thread.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { stepsRan } from './steps-ran.ts';

type Needs = Pick<Core, 'redact' | 'commandParser'>;

/** What a case is drafted from. `incident` is undefined in a thread that the bot had no part in. */
export interface DraftSources {
  readonly incident: Incident | undefined;
  readonly messages: readonly SaidMessage[];
  /** Where it is given, only what was said and run after it is told; milliseconds since the epoch. */
  readonly since?: number;
}

export interface DraftedCase {
  readonly draft: CaseDraft;
  /** How the thread ended, as far as it tells. */
  readonly outcome: ThreadOutcome;
}

/**
 * The case that a thread tells: what people said there and what the bot ran in it. All of it is redacted. With no messages
 * it holds what the bot knows by itself.
 */
export async function draftCase(
  needs: Needs,
  transaction: Transaction,
  { incident, messages, since }: DraftSources,
): Promise<DraftedCase> {
  const { redact, commandParser } = needs;
  const isLate = ({ at }: { readonly at: number }): boolean => since === undefined || at > since;
  const ran = (incident ? await stepsRan(transaction, incident) : []).filter(isLate);
  const told = [...messages, ...runMessages(ran)];
  const begun = incident ? await openingMessages(transaction, incident, told) : [];
  const all = [...begun, ...told];
  const resolvedAt = incident ? await transaction.incidents.resolvedAt(incident.id) : null;
  const thread = threadOf(all.filter(isLate), { incident, startedAt: startOf(all), resolvedAt });
  const draft = draftThread(thread, {
    parse: (text) => commandParser.parse(text),
    redact: (text) => redact(text),
    hosts: await transaction.hosts.all(),
  });
  // What was said in forms has no place in the thread: a case that was saved already has it.
  const stated = incident && since === undefined ? await fixOf(transaction, incident) : '';
  const known = {
    problem: incident?.problem ?? redact(messages[0]?.text ?? ''),
    context: incident?.context ?? {},
    people: await namesOf(transaction, messages.filter(isLate)),
  };
  const resolution = stated || draft.resolution;
  const drafted = caseFromThread({ ...draft, resolution }, joinRuns(draft.steps, ran), known);
  return { draft: redactDraft(drafted, redact), outcome: draft.outcome };
}

const startOf = (messages: readonly ThreadMessage[]): number =>
  messages.reduce((first, { at }) => Math.min(first, at), messages[0]?.at ?? 0);

function threadOf(
  messages: readonly ThreadMessage[],
  {
    incident,
    ...times
  }: { readonly incident: Incident | undefined } & Pick<IncidentThread, 'startedAt' | 'resolvedAt'>,
): IncidentThread {
  return {
    // The texts are as a person reads them: nothing of the platform's own is left in them.
    platform: 'plain',
    channel: incident?.channel ?? '',
    ...times,
    messages: messages.toSorted((one, other) => one.at - other.at),
  };
}

/** A case as it was saved last, and when, in milliseconds since the epoch. */
export interface SavedCase {
  readonly past: Case;
  readonly savedAt: number;
}

/** The case that was saved from this thread last, also one whose place a runbook has taken: who mends it goes on from there. */
export async function savedCase(
  { solutions }: Pick<Transaction, 'solutions'>,
  incident: Pick<Incident, 'id'>,
): Promise<SavedCase | undefined> {
  const saved = await solutions.last(caseSlug(incident));
  return saved?.content.kind === 'case' ? { past: saved.content.case, savedAt: saved.updatedAt } : undefined;
}

/** A saved case as its form shows it. */
export const draftOf = ({ tookMinutes, people, ...past }: Case): CaseDraft & Pick<Case, 'owner'> => ({
  ...past,
  tookMinutes: tookMinutes ?? null,
  people: people ?? [],
});

/** One case a thread: saving it again makes a new version of the same. */
export const caseSlug = ({ id }: Pick<Incident, 'id'>): string => `case-${id}`;

/** The id of the incident that a case of this name was saved from; any other name gives what is no id. */
export const incidentOfCase = (slug: string): string => slug.replace(/^case-/, '');

/** What people said in the comment form: what fixed it, and what they did by hand. */
async function fixOf(
  { recommendations, answers, answerFeedback }: Transaction,
  incident: Incident,
): Promise<string> {
  const all: string[] = [];
  for (const { postId } of await answers.inIncident(incident.id))
    for (const { said } of await answerFeedback.of(postId))
      if (said?.report.fixedBy !== undefined) all.push(said.report.fixedBy);
  for (const { id } of await recommendations.inIncident(incident.id))
    for (const { report } of await recommendations.comments(id))
      all.push(...[report.fixedBy, report.byHand].filter((text) => text !== undefined));
  return [...new Set(all)].join('\n');
}

/** A thread that the bot began, for alerts or for a command, says what it is about in a card: here in words. */
async function openingMessages(
  { alerts, people }: Transaction,
  { channel, thread, problem, openedBy }: Incident,
  told: readonly ThreadMessage[],
): Promise<readonly ThreadMessage[]> {
  const alert = await alerts.inThread(channel, thread);
  const bot = { author: 'alerts', isBot: true, reactions: [] };
  const over =
    alert?.resolvedAt == null
      ? []
      : [{ ...bot, id: 'over', at: alert.resolvedAt, text: `[RESOLVED] ${problem}` }];
  if (told.some(({ id }) => id === thread)) return over;
  const opener = alert ? undefined : await people.find(openedBy);
  const author = opener?.externalId ?? bot.author;
  const isBot = opener === undefined || opener.standing === 'bot';
  const at = alert?.openedAt ?? Math.min(...told.map((one) => one.at)) - 1;
  return [{ ...bot, author, isBot, id: 'begun', at: Number.isFinite(at) ? at : 0, text: problem }, ...over];
}

/** Who took part, in the order in which they came. */
async function namesOf(
  { people }: Pick<Transaction, 'people'>,
  messages: readonly SaidMessage[],
): Promise<readonly string[]> {
  const said = messages.filter(({ isBot }) => !isBot);
  const known = await people.names([...new Set(said.map(({ author }) => author))]);
  return [...new Set(said.flatMap(({ author, name }) => name ?? known.get(author) ?? []))];
}

/** What stands for a secret may have been cut in two where it was joined. */
function redactDraft(draft: CaseDraft, redact: Core['redact']): CaseDraft {
  const { title, symptoms, rootCause, resolution, validation, steps = '' } = draft;
  const texts = { title, symptoms, rootCause, resolution, validation, steps };
  const clean = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, redact(text)]));
  return { ...draft, ...(clean as typeof texts), tags: draft.tags.map((tag) => redact(tag)) };
}
