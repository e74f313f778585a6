import type { Alert } from '#domain/alert/alert.ts';
import type { AlertDue } from '#domain/alert/alert-due.ts';
import type { Incident } from '#domain/incident.ts';
import { settledSystems, type TicketRule } from '#domain/policy/policy.ts';
import { ticketRuleFor } from '#domain/policy/ticket-rule-for.ts';
import { type RuledRequest, settledByPolicy } from '#domain/ticket/settled-by-policy.ts';
import { mostTickets } from '#domain/ticket/ticket.ts';
import {
  notReopenedNote,
  policyCommentText,
  policyTicketsNote,
  tooManyTicketsNote,
} from '#domain/wording/policy-tickets-notes.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { findHelped, type Helped } from './find-helped.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { threadOfAlerts } from './thread-of-alerts.ts';

type Needs = Pick<Core, 'ids' | 'settings' | 'tickets'>;

/** No incident gets more requests than these. */
const mostRequests = 200;

/** A run went to its end: once what it did has lasted, the policy may have its tickets told and resolved. */
export async function awaitTickets(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  { channel, thread }: Pick<Incident, 'channel' | 'thread'>,
): Promise<void> {
  if (settings.policy.tickets.length === 0) return;
  const incident = await transaction.alerts.inThread(channel, thread);
  if (incident) await setDues(settings, transaction, incident);
}

/** What fits is seen when the time of a rule has come. */
async function setDues(
  { policy }: Core['settings'],
  { alertDues }: Transaction,
  { id }: AlertIncident,
): Promise<void> {
  for (const { name, afterMs } of policy.tickets)
    await alertDues.set({ incident: id, kind: 'tickets', subject: name }, afterMs);
}

/**
 * Alerts changed: what is over has to last from now on, and while something fires that is no ticket itself, what the policy
 * asked for and nobody has begun with is not done. What was resolved outside stays so, which the thread is told.
 */
export async function followTickets(
  needs: Needs,
  transaction: Transaction,
  incident: AlertIncident,
  { isOver, isBack }: { readonly isOver: boolean; readonly isBack: boolean },
): Promise<void> {
  const { settings } = needs;
  if (settings.policy.tickets.length === 0) return;
  const { open, over } = await transaction.alertTickets.others(incident.id, settledSystems);
  if (isOver || (open === 0 && over > 0)) return setDues(settings, transaction, incident);
  if (!isBack && open === 0) return;
  if (await transaction.alertTickets.withdraw(incident.id, 'it fires again')) {
    const details = { alerts: incident.id };
    await transaction.audit.append({ actor: 'policy', event: 'tickets.withdrawn', details });
    await redrawAlertCard(needs, transaction, incident);
  }
  if (isBack) await tellNotReopened(needs, transaction, incident);
}

async function tellNotReopened(
  { ids, tickets }: Needs,
  transaction: Transaction,
  incident: AlertIncident,
): Promise<void> {
  const requests = await transaction.alertTickets.ofIncident(incident.id, mostRequests);
  const resolved = requests.filter(
    ({ by, action, state }) => by === null && action === 'resolve' && state === 'done',
  );
  const home = resolved.length > 0 ? await threadOfAlerts(transaction, incident) : undefined;
  if (home)
    await transaction.outbox.post(ids.next(), home, notReopenedNote(named(tickets, resolved)), 'answer');
}

/** The time of a rule has come: what a run helped with, and what has stayed so, is told to its tickets. */
export async function settleTickets(needs: Needs, transaction: Transaction, due: AlertDue): Promise<void> {
  const rule = needs.settings.policy.tickets.find(({ name }) => name === due.subject);
  const [incident] = await transaction.alerts.incidents([due.incident]);
  const place = incident && (await threadOfAlerts(transaction, incident));
  if (!rule || !incident || !place?.opened || place.opened.state === 'dismissed') return;
  const helped = await findHelped(needs, transaction, incident, place.opened);
  if (!helped) return;
  const alerts = await alertsFor(needs, transaction, { incident, rule, helped });
  const requests = await transaction.alertTickets.ofIncident(incident.id, mostRequests);
  const asked = settledByPolicy(rule, alerts, needs.tickets, { requests, since: helped.since });
  if (asked.length === 0) return;
  const note =
    alerts.length > mostTickets
      ? tooManyTicketsNote(rule.name, mostTickets)
      : await ask(needs, transaction, { incident, rule, helped }, asked);
  await transaction.outbox.post(needs.ids.next(), place, note, 'answer');
  await redrawAlertCard(needs, transaction, incident);
}

interface Settling {
  readonly incident: AlertIncident;
  readonly rule: TicketRule;
  readonly helped: Helped;
}

/** Those whose first rule is this one. */
async function alertsFor(
  { settings: { policy } }: Needs,
  { alertTickets }: Transaction,
  { incident, rule, helped }: Settling,
): Promise<readonly Alert[]> {
  const { channel } = incident;
  const sources = settledSystems.filter(
    (source) => ticketRuleFor(policy, { source, channel, runbook: helped.runbook }) === rule,
  );
  return alertTickets.alertsOf(incident.id, sources, mostTickets + 1);
}

/** What is to be done is kept with the reason for it, before anything is sent. */
async function ask(
  { tickets }: Needs,
  { alertTickets, audit }: Transaction,
  { incident, rule, helped }: Settling,
  asked: readonly RuledRequest[],
) {
  const note = policyCommentText(rule.name, helped);
  await alertTickets.ask(
    asked.map((request) => ({ ...request, incident: incident.id, note, forMs: null, by: null })),
  );
  const requests = asked.map(({ source, ticket, action }) => ({ source, ticket: ticket.key, action }));
  const details = { alerts: incident.id, rule: rule.name, run: helped.run, proof: helped.proof, requests };
  await audit.append({ actor: 'policy', event: 'tickets.asked', details });
  return policyTicketsNote(rule.name, helped, named(tickets, asked));
}

/** Requests as people read them. */
const named = (systems: Needs['tickets'], requests: readonly RuledRequest[]) =>
  requests.map(({ source, ticket, action }) => ({
    action,
    ticket: `${systems.find((system) => system.source === source)?.name ?? source} ${ticket.name}`,
  }));
