import { mayGive } from '#domain/command.ts';
import { readInsightsDays } from '#domain/insights/insights-days.ts';
import type { CommandGiven } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { helpCard } from '#domain/wording/help-card.ts';
import { ownInsightsCard } from '#domain/wording/insights-card.ts';
import type { Received } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { hiddenFrom } from './hidden-from.ts';
import { readInsights } from './read-insights.ts';

interface Given {
  readonly intent: CommandGiven;
  readonly person: Person;
  readonly rest: string;
}

/** `/recourse insights [7d]`: what works, what fails and what found no answer, as this person may see it here. */
export async function showInsights(
  needs: Pick<Core, 'settings' | 'clock'>,
  transaction: Transaction,
  { intent, person, rest }: Given,
): Promise<Received> {
  const giver = { role: person.role, standing: intent.speaker.standing };
  const asked = readInsightsDays(rest);
  if (asked.kind === 'wrong') return { kind: 'shown', reply: helpCard(giver, asked.why) };
  const { channel } = intent.place;
  const hidden = await hiddenFrom(needs.settings.policy, transaction, { role: person.role, channel });
  const insights = await readInsights(needs, transaction, {
    ...{ days: asked.days, channel, hidden },
    seesReviews: mayGive('review', giver),
  });
  return { kind: 'shown', reply: ownInsightsCard(insights, needs.clock.now()) };
}
