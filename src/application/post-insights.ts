import { mayGive } from '#domain/command.ts';
import type { Insights } from '#domain/insights/insights.ts';
import { readInsightsDays } from '#domain/insights/insights-days.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import type { Redact } from '#domain/redaction/redact.ts';
import type { PostFile } from '#domain/reply.ts';
import { postedInsightsCard } from '#domain/wording/insights-card.ts';
import { insightsChart, insightsChartText } from '#domain/wording/insights-chart.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { hiddenFrom } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { readInsights } from './read-insights.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'clock' | 'settings' | 'drawPicture' | 'redact' | 'logger'>;

/**
 * Posts the insights with their chart where the button was pressed, as a viewer there may see them: everybody in the channel
 * reads what one of them asked for.
 */
export function createPostInsights(needs: Needs) {
  const { unitOfWork, ids, clock } = needs;
  return async (intent: ButtonPressed): Promise<void> => {
    const { place } = intent;
    const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
      unitOfWork.within(place.workspace, work);
    const insights = await within((transaction) => readForAll(needs, transaction, intent));
    if (insights === undefined) return;
    // Beside the event loop and outside of any transaction.
    const chart = await drawChart(needs, insights);
    await within(async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const card = postedInsightsCard(insights, chart, person, clock.now());
      await transaction.outbox.post(ids.next(), place, card, 'answer');
    });
  };
}

/** Undefined where this person may not ask for it, who is told why. */
async function readForAll(
  needs: Needs,
  transaction: Transaction,
  intent: ButtonPressed,
): Promise<Insights | undefined> {
  const { place, speaker, action } = intent;
  const person = await meetSpeaker(transaction, intent);
  const asked = readInsightsDays(action.id);
  const mayAsk = mayGive('insights', { role: person.role, standing: speaker.standing });
  if (asked.kind === 'wrong' || !mayAsk) {
    const why = asked.kind === 'wrong' ? asked.why : 'Insights are for members of this workspace.';
    await transaction.outbox.notify(needs.ids.next(), place, person.externalId, notice(why));
    return undefined;
  }
  const { channel } = place;
  const hidden = await hiddenFrom(needs.settings.policy, transaction, { role: 'viewer', channel });
  const view = { days: asked.days, channel, hidden, seesReviews: false };
  return readInsights(needs, transaction, view);
}

/** Where the machine cannot draw, the card has the same figures in words. */
async function drawChart(
  { drawPicture, redact, logger }: Needs,
  insights: Insights,
): Promise<PostFile | undefined> {
  const clean = withoutSecrets(insights, redact);
  try {
    const png = await drawPicture(insightsChart(clean));
    return { kind: 'picture', name: 'insights.png', alt: insightsChartText(clean), png };
  } catch (error) {
    logger.error({ error }, 'the chart of the insights could not be drawn');
    return undefined;
  }
}

/** Nobody looks into a picture on its way out, as they do into text. */
function withoutSecrets(insights: Insights, redact: Redact): Insights {
  const cleanTitles = (rated: Insights['top']) => rated.map((one) => ({ ...one, title: redact(one.title) }));
  return { ...insights, top: cleanTitles(insights.top), failing: cleanTitles(insights.failing) };
}
