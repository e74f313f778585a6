import { type AlertHistory, summariseHistory } from '#domain/alert/alert-history.ts';
import { isFlapping } from '#domain/alert/is-flapping.ts';
import { mostAlike } from '#domain/alert/similar-alerts.ts';
import type { PersonId } from '#domain/ids.ts';
import type { Reply } from '#domain/reply.ts';
import { solutionTitle } from '#domain/solution.ts';
import { type AlertCardView, alertCard } from '#domain/wording/alert-card.ts';
import { stormCard } from '#domain/wording/storm-card.ts';
import type { AlertInIncident } from '#ports/stores/alert-history-store.ts';
import type { AlertIncident, AlertTally } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { viewCalls } from './view-calls.ts';
import { viewTickets } from './view-tickets.ts';

/** More than these say nothing new of an alert, and a card must not take long. */
const mostPast = 200;
const mostCandidates = 30;

/** The card of an incident of alerts, with what its past says and what people said. */
export async function drawAlertCard(
  needs: Pick<Core, 'tickets' | 'settings'>,
  transaction: Transaction,
  { id, channel }: Pick<AlertIncident, 'id' | 'channel'>,
  tally: AlertTally,
): Promise<Reply> {
  const { alertJudgements, alertOpinions } = transaction;
  const [alert] = tally.alerts;
  const of = alert && { incident: id, channel, alert, beganAt: tally.beganAt };
  const verdict = await withName(transaction, await alertJudgements.verdict(id));
  const snooze = await withName(transaction, await alertJudgements.snoozed(id));
  return alertCard({
    ...tally,
    id,
    flaps: isFlapping(tally),
    history: of ? await readAlertHistory(transaction, of) : null,
    // Where a person has judged it, that counts.
    opinion: verdict ? null : ((await alertOpinions.find(id)) ?? null),
    similar: of ? await similarTo(needs, transaction, of) : [],
    verdict,
    snooze,
    tickets: await viewTickets(needs, transaction, id),
    // While it is snoozed nobody is called, whenever they would be.
    calls: snooze ? [] : await viewCalls(needs, transaction, id),
  });
}

/** The card of a storm, by the incident that it began with. */
export async function drawStormCard(
  needs: Pick<Core, 'settings'>,
  transaction: Transaction,
  { id }: Pick<AlertIncident, 'id'>,
): Promise<Reply> {
  const calls = await viewCalls(needs, transaction, id);
  return stormCard({ ...(await transaction.alerts.tally(id, true)), calls });
}

/** What became of an alert before; null where it is new. */
export async function readAlertHistory(
  { alertHistory }: Transaction,
  of: AlertInIncident,
): Promise<AlertHistory | null> {
  const past = await alertHistory.past(of, mostPast);
  return past.length === 0 ? null : summariseHistory(past, of.beganAt);
}

async function similarTo(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  of: AlertInIncident,
): Promise<AlertCardView['similar']> {
  const { alertHistory, solutions } = transaction;
  const looking = { role: 'viewer', channel: of.channel } as const;
  const alike = mostAlike(of.alert, await alertHistory.candidates(of, mostCandidates));
  const threads = alike.flatMap(({ thread }) => (thread === null ? [] : [thread]));
  const helped = await alertHistory.helped(of.channel, threads);
  const similar: AlertCardView['similar'][number][] = [];
  for (const { alert, beganAt, endedAt, thread } of alike) {
    const first = helped.find((one) => one.thread === thread);
    const version = first && (await solutions.version(first.versionId));
    const place = thread === null ? null : { channel: of.channel, thread };
    // The card is for everybody in the channel.
    const isSeen = version && (await sees(settings, transaction, looking, version.slug));
    const solution = version && isSeen ? solutionTitle(version) : null;
    similar.push({ name: alert.name, beganAt, tookMs: Math.max(0, endedAt - beganAt), place, solution });
  }
  return similar;
}

async function withName<T extends { readonly by: PersonId }>(
  { people }: Transaction,
  said: T | undefined,
): Promise<(T & { readonly name: string }) | null> {
  return said ? { ...said, name: (await people.find(said.by))?.name ?? 'somebody' } : null;
}
