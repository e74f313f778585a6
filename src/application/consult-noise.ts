import { type NoiseOpinion, noiseOpinionSchema, readNoiseOpinion } from '#domain/alert/noise-opinion.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import type { Job } from '#domain/job.ts';
import { alertsText, pastText } from '#domain/wording/noise-question.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { ModelAnswer } from './ask-model.ts';
import { askPatiently } from './ask-patiently.ts';
import type { Core } from './core.ts';
import { readAlertHistory } from './draw-alert-card.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { ownAuthor } from './propose-better.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'askModel' | 'redact' | 'logger' | 'postsWaiting' | 'clock' | 'tickets' | 'settings'
>;

/** An opinion that comes later helps nobody: where a slow model has many to look at, the newest matter. */
const freshMs = 3_600_000;

/**
 * Asks the model once about an incident of alerts that has just got its card, after the rule: whether it looks like noise. What
 * it says is shown on the card as an opinion that nobody has checked; it hides nothing and counts for nothing. Not asked of
 * what is over, judged, or counted in a storm by now. A model that is away is asked again by the queue (a Fault); one that answers
 * what it should not is passed over.
 */
export function createConsultNoise(needs: Needs) {
  const { unitOfWork, askModel, clock, redact, logger, postsWaiting } = needs;
  return async (
    { workspace, incident: id, openedAt }: Extract<Job, { kind: 'consult-noise' }>,
    signal: AbortSignal,
  ): Promise<void> => {
    if (!askModel || clock.now() - openedAt > freshMs) return;
    const asking = await unitOfWork.within(workspace, (transaction) => prepare(needs, transaction, id));
    if (!asking) return;
    const question = { prompt: 'alert-noise', inputs: asking.inputs, schema: noiseOpinionSchema } as const;
    const answer = await askPatiently(askModel, question, signal);
    const opinion = answer && readNoiseOpinion(answer.value, redact);
    if (!opinion)
      return logger.warn({ alerts: id }, 'the chat model gave no opinion on alerts; the rule alone counts');
    await unitOfWork.within(workspace, (transaction) =>
      keep(needs, transaction, id, { opinion, answer, of: asking.of }),
    );
    postsWaiting();
  };
}

/** Undefined where nobody needs an opinion any more, or there is one. */
async function find(transaction: Transaction, id: AlertIncidentId): Promise<AlertIncident | undefined> {
  const [incident] = await transaction.alerts.incidents([id]);
  if (!incident?.postId || incident.storm !== null || incident.resolvedAt !== null) return undefined;
  const { alertJudgements, alertOpinions } = transaction;
  if ((await alertJudgements.verdict(id)) || (await alertOpinions.find(id))) return undefined;
  return incident;
}

async function prepare({ redact }: Needs, transaction: Transaction, id: AlertIncidentId) {
  const incident = await find(transaction, id);
  const tally = incident && (await transaction.alerts.tally(id, false));
  const [alert] = tally?.alerts ?? [];
  if (!incident || !tally || !alert) return undefined;
  const { channel } = incident;
  const past = { incident: id, channel, alert, beganAt: tally.beganAt };
  const history = await readAlertHistory(transaction, past);
  return {
    inputs: { alerts: alertsText(tally, redact), past: pastText(history) },
    of: tally.firing + tally.acknowledged + tally.resolved,
  };
}

interface Said {
  readonly opinion: NoiseOpinion;
  readonly answer: ModelAnswer;
  readonly of: number;
}

/** Also of what was over or judged meanwhile: it was asked, and its card says what counts. */
async function keep(
  needs: Needs,
  transaction: Transaction,
  id: AlertIncidentId,
  { opinion, answer: { model, by }, of }: Said,
): Promise<void> {
  const { alertOpinions, audit, alerts } = transaction;
  // It became a part of another one meanwhile, or a job that came twice was here before.
  if (!(await alertOpinions.keep(id, { ...opinion, model, of }))) return;
  const details = { alerts: id, by, opinion: opinion.opinion, reason: opinion.reason };
  await audit.append({ actor: ownAuthor, event: 'alerts.consulted', details });
  const [incident] = await alerts.incidents([id]);
  if (incident) await redrawAlertCard(needs, transaction, incident);
}
