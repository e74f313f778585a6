import { nearDuplicate } from '#domain/case-merge/near-duplicate.ts';
import type { PostId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { ChatIntent } from '#domain/intent.ts';
import { savedCaseCard } from '#domain/wording/saved-case-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { changesBy } from './changes-by.ts';
import type { Core } from './core.ts';
import { caseSlug } from './draft-case.ts';
import { hiddenFrom } from './hidden-from.ts';
import type { CaseInForce } from './merge-cases.ts';

export type OfferNeeds = Pick<Core, 'unitOfWork' | 'search' | 'settings' | 'commandParser' | 'logger'>;

/** More alike than these no duplicate is. */
const mostLookedAt = 5;

/**
 * Once a case was saved: where one in force tells the same, its card names that one and offers to merge. Names only what everybody
 * in the channel is shown. What was saved is saved, whatever comes of this: it never throws.
 */
export function createOfferMerge(needs: OfferNeeds) {
  return async (
    intent: Pick<ChatIntent, 'place' | 'speaker'>,
    find: (transaction: Transaction) => Promise<Incident | undefined>,
  ): Promise<void> => {
    const { workspace } = intent.place;
    try {
      const saved = await needs.unitOfWork.within(workspace, (one) => readSaved(needs, one, intent, find));
      if (!saved) return;
      const near = await findNear(needs, workspace, saved);
      if (near) await needs.unitOfWork.within(workspace, (one) => show(one, intent, saved, near));
    } catch (error) {
      needs.logger.warn({ error, workspace }, 'what tells the same as a saved case could not be looked up');
    }
  };
}

interface Saved {
  readonly incident: Incident;
  readonly solution: CaseInForce;
  readonly hidden: Awaited<ReturnType<typeof hiddenFrom>>;
}

/** The case of a thread in its version in force; undefined where it is not this speaker who saved that. */
async function readSaved(
  { settings }: OfferNeeds,
  transaction: Transaction,
  { speaker }: Pick<ChatIntent, 'speaker'>,
  find: (transaction: Transaction) => Promise<Incident | undefined>,
): Promise<Saved | undefined> {
  const incident = await find(transaction);
  const solution = incident && (await transaction.solutions.named(caseSlug(incident)));
  if (!incident || solution?.content.kind !== 'case') return undefined;
  const version = await transaction.solutions.version(solution.versionId);
  if (version?.author !== speaker.externalId) return undefined;
  const looking = { role: 'viewer', channel: incident.channel } as const;
  const hidden = await hiddenFrom(settings.policy, transaction, looking);
  return { incident, hidden, solution: { ...solution, content: solution.content } };
}

async function findNear(
  { search, settings, commandParser }: OfferNeeds,
  workspace: Transaction['workspace'],
  { solution, hidden }: Saved,
): Promise<CaseInForce | undefined> {
  const own = solution.content.case;
  const threshold = settings.ranking.thresholds.case;
  const changes = changesBy(commandParser);
  const found = await search.find({
    workspace,
    // As whoever has the trouble says it: that is what the threshold is about.
    text: own.symptoms || own.title,
    limit: mostLookedAt,
    filter: { kinds: ['case'], context: own.appliesTo, hidden: [...hidden, solution.id] },
  });
  return found
    .flatMap(({ solution: { content, ...other }, similarity }) =>
      content.kind === 'case' && nearDuplicate(own, content.case, { similarity, threshold, changes })
        ? [{ ...other, content }]
        : [],
    )
    .at(0);
}

/** Unless it was edited, discarded or merged meanwhile. */
async function show(
  { solutions, visibility, outbox }: Transaction,
  { speaker }: Pick<ChatIntent, 'speaker'>,
  { incident, solution }: Saved,
  near: CaseInForce,
): Promise<void> {
  const { versionId: version, slug, content } = solution;
  if ((await solutions.version(version))?.state !== 'active') return;
  const card = savedCaseCard(content.case, speaker, {
    ...{ thread: incident.thread, version, audience: await visibility.of(slug) },
    near: { version: near.versionId, slug: near.slug, title: near.content.case.title },
  });
  await outbox.revise(String(version) as PostId, card, 'answer');
}
