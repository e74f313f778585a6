import { type IncidentId, type PostId, type RecommendationId, readId, type SolutionId } from '#domain/ids.ts';
import type { FormSubmitted, Place } from '#domain/intent.ts';
import { recogniseContext } from '#domain/message/recognise-context.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Form } from '#domain/reply.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Solution } from '#domain/solution.ts';
import { askedByNameCard } from '#domain/wording/asked-card.ts';
import { notice } from '#domain/wording/notices.ts';
import { type FormKnowledge, parameterForm } from '#domain/wording/parameter-form.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { chooseWithin } from './choose-solution.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';
import { checkParameters, readInventory } from './prepare-run.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'matchWhole' | 'settings' | 'redact'
>;

interface NamedRunbook {
  readonly solution: Solution;
  readonly runbook: Runbook;
}

/** A runbook in force; undefined when it is gone or not one. */
async function findRunbook({ solutions }: Transaction, id: string): Promise<NamedRunbook | undefined> {
  const solutionId = readId<SolutionId>(id);
  const solution = solutionId && (await solutions.find(solutionId));
  return solution?.content.kind === 'runbook' ? { solution, runbook: solution.content.runbook } : undefined;
}

/**
 * The form of a runbook that somebody asked for by name. Its action carries the solution and the id that the
 * recommendation will have, so that the same form submitted twice starts one run.
 */
export async function runForm(
  ids: Core['ids'],
  transaction: Transaction,
  place: Place,
  id: SolutionId,
): Promise<Form | undefined> {
  const found = await findRunbook(transaction, id);
  if (!found) return undefined;
  const action = { verb: 'run', id: `${id}/${ids.next<RecommendationId>()}` } as const;
  return parameterForm(action, found.runbook, await readKnowledge(transaction, place));
}

async function readKnowledge({ hosts, incidents }: Transaction, place: Place): Promise<FormKnowledge> {
  const inventory = await hosts.all();
  const incident = place.thread === null ? undefined : await incidents.inThread(place.channel, place.thread);
  const mentioned = incident ? recogniseContext(incident.problem, inventory).hosts : [];
  return { hosts: inventory, mentioned };
}

/** "Start" in a list of runbooks. */
export const openRunForm: OpenForm = async ({ ids, settings }, transaction, { intent, person }) => {
  const id = readId<SolutionId>(intent.action.id);
  if (!id || !hasRole(person.role, 'responder')) return undefined;
  const slug = (await transaction.solutions.find(id))?.slug;
  const { channel } = intent.place;
  const { role } = person;
  if (slug === undefined || !(await sees(settings, transaction, { role, channel }, slug))) return undefined;
  const form = await runForm(ids, transaction, intent.place, id);
  return form && { kind: 'form', form };
};

export const checkRunForm: CheckForm = async (transaction, { id, values }, needs) => {
  const found = await findRunbook(transaction, id.split('/')[0] ?? '');
  if (!found) return {};
  const checked = checkParameters(needs, found.runbook, values, await readInventory(transaction));
  return checked.kind === 'invalid' ? checked.errors : {};
};

/** Starts a runbook that was asked for by name: in the thread where that was done, or in one of its own. */
export function createRunByName(needs: Needs) {
  return (intent: FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const tell = (text: string) =>
        transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
      if (!hasRole(person.role, 'responder')) return tell(roleNeeded);
      const [solutionId = '', chosen = ''] = intent.action.id.split('/');
      const found = await findRunbook(transaction, solutionId);
      const id = readId<RecommendationId>(chosen);
      const looking = { role: person.role, channel: intent.place.channel };
      const isSeen = found && (await sees(needs.settings, transaction, looking, found.solution.slug));
      if (!found || !id || !isSeen)
        return tell('This runbook is not in force any more. Look for another one.');
      await startOnce(needs, transaction, { intent, person, id, ...found });
    });
}

const roleNeeded = 'Starting a runbook needs the role responder or higher.';

interface Starting extends NamedRunbook {
  readonly intent: FormSubmitted;
  readonly person: Person;
  readonly id: RecommendationId;
}

/** The card that says so has the recommendation's id, so a reaction on it is a verdict and a second one is known. */
async function startOnce(needs: Needs, transaction: Transaction, starting: Starting): Promise<void> {
  const { intent, person, id, runbook } = starting;
  const { place } = intent;
  const postId = String(id) as PostId;
  if (await transaction.recommendations.find(id)) return;
  const isAnnounced = (await transaction.outbox.find(postId)) !== undefined;
  if (!isAnnounced)
    await transaction.outbox.post(postId, place, askedByNameCard(person, runbook.title), 'answer');
  if (place.thread === null) {
    if (!isAnnounced) await transaction.openings.add(postId, intent);
    return;
  }
  await recommend(transaction, starting, place.thread);
  await chooseWithin(needs, transaction, { ...intent, action: { verb: 'parameters', id } });
}

async function recommend(transaction: Transaction, starting: Starting, thread: string): Promise<void> {
  const { id, solution, runbook, intent, person } = starting;
  const incident = await transaction.incidents.open({
    channel: intent.place.channel,
    thread,
    problem: runbook.title,
    context: {},
    openedBy: person.id,
  });
  await transaction.recommendations.add([byName(id, solution, incident.id)]);
}

/** Nothing was ranked: rank 0 says that a person asked for it by name. */
function byName(id: RecommendationId, solution: Solution, incidentId: IncidentId): Recommendation {
  return {
    id,
    incidentId,
    solutionId: solution.id,
    versionId: solution.versionId,
    rank: 0,
    confidence: 0,
    similarity: 0,
    success: 0,
    context: 0,
    why: ['asked for by name'],
    state: 'shown',
    postId: String(id) as PostId,
    verdictPostId: null,
  };
}
