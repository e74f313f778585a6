import { groupOf, settleTarget } from '#domain/host-group.ts';
import { type RecommendationId, readId } from '#domain/ids.ts';
import { recogniseContext } from '#domain/message/recognise-context.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { FormValues } from '#domain/reply.ts';
import { checkParameterValue, type ParameterCheck } from '#domain/runbook/parameter-values.ts';
import { findPlaceholders } from '#domain/runbook/placeholders.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Case } from '#domain/solution.ts';
import { ownValue } from '#domain/text/own-value.ts';
import type { FormKnowledge } from '#domain/wording/parameter-form.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { CheckForm } from './open-form.ts';

export type ChosenSolution =
  | {
      readonly kind: 'runbook';
      readonly recommendation: Recommendation;
      /** The stable name of the solution. */
      readonly slug: string;
      readonly runbook: Runbook;
      readonly knowledge: FormKnowledge;
    }
  | {
      readonly kind: 'case';
      readonly recommendation: Recommendation;
      readonly slug: string;
      readonly case: Case;
    }
  | { readonly kind: 'gone' };

/** What a recommendation stands for, with what is known to fill its parameters in. */
export async function readChosen(transaction: Transaction, id: RecommendationId): Promise<ChosenSolution> {
  const { recommendations, solutions, incidents, hosts } = transaction;
  const recommendation = await recommendations.find(id);
  const version = recommendation && (await solutions.version(recommendation.versionId));
  if (!recommendation || !version || version.state === 'retired') return { kind: 'gone' };
  const { slug } = version;
  if (version.content.kind === 'case')
    return { kind: 'case', recommendation, slug, case: version.content.case };
  const incident = await incidents.find(recommendation.incidentId);
  const inventory = await hosts.all();
  const mentioned = incident ? recogniseContext(incident.problem, inventory).hosts : [];
  const { runbook } = version.content;
  return {
    kind: 'runbook',
    recommendation,
    slug,
    runbook,
    knowledge: { hosts: inventory, mentioned },
  };
}

/** What is known to fill parameters in where no incident tells of hosts. */
export async function readInventory({ hosts }: Pick<Transaction, 'hosts'>): Promise<FormKnowledge> {
  return { hosts: await hosts.all(), mentioned: [] };
}

/** The values that a run takes, or one message for each parameter whose value cannot be taken. */
export type CheckedParameters =
  | { readonly kind: 'valid'; readonly values: FormValues }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> };

/** Checks what the runbook declares and takes nothing else: a forged form cannot add more. */
export function checkParameters(
  { matchWhole }: Pick<Core, 'matchWhole'>,
  runbook: Runbook,
  values: FormValues,
  knowledge: FormKnowledge,
): CheckedParameters {
  const errors: Record<string, string> = {};
  const taken: Record<string, string> = {};
  for (const parameter of runbook.parameters) {
    const given = checkParameterValue(parameter, ownValue(values, parameter.name) ?? '', matchWhole);
    const isHost = given.kind === 'valid' && parameter.type === 'host';
    const checked = isHost ? checkTarget(runbook, parameter.name, given.value, knowledge) : given;
    if (checked.kind === 'invalid') errors[parameter.name] = checked.why;
    else taken[parameter.name] = checked.value;
  }
  return Object.keys(errors).length > 0 ? { kind: 'invalid', errors } : { kind: 'valid', values: taken };
}

function checkTarget(
  runbook: Runbook,
  name: string,
  value: string,
  { hosts }: FormKnowledge,
): ParameterCheck {
  const target = settleTarget(hosts, value);
  if (target === undefined)
    return { kind: 'invalid', why: `No host or group named ${value} is in the inventory.` };
  const why = whyOneHost(runbook, name, target);
  return why === undefined ? { kind: 'valid', value: target } : { kind: 'invalid', why };
}

/** A group goes to each of its hosts in turn; where a step runs elsewhere and names it, there is no one host to name. */
function whyOneHost({ steps }: Runbook, name: string, target: string): string | undefined {
  if (groupOf(target) === undefined) return undefined;
  const elsewhere = steps.find(
    ({ hostParameter, command }) =>
      hostParameter !== name && findPlaceholders(command).some((placeholder) => placeholder.name === name),
  );
  return elsewhere && `Step ${elsewhere.id} names this host and runs on another: give one host, not a group.`;
}

export const checkParameterForm: CheckForm = async (transaction, { id, values }, needs) => {
  const recommendationId = readId<RecommendationId>(id);
  const chosen = recommendationId && (await readChosen(transaction, recommendationId));
  if (chosen?.kind !== 'runbook') return {};
  const checked = checkParameters(needs, chosen.runbook, values, chosen.knowledge);
  return checked.kind === 'invalid' ? checked.errors : {};
};
