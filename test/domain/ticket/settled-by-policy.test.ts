import { expect, it } from 'vitest';
import type { Alert } from '#domain/alert/alert.ts';
import { defaultPolicy, type TicketRule } from '#domain/policy/policy.ts';
import { ticketRuleFor } from '#domain/policy/ticket-rule-for.ts';
import { settledByPolicy } from '#domain/ticket/settled-by-policy.ts';
import type { TicketRequest } from '#domain/ticket/ticket.ts';
import { someAlert } from '#test/support/some-alert.ts';

const rule: TicketRule = { name: 'both', actions: ['resolve', 'comment'], afterMs: 1 };
const ticket = { key: 'OPS-7', name: 'OPS-7' };
const jira = (changes: Partial<Alert> = {}) => someAlert({ source: 'jira', ticket, ...changes });
const systems = [
  { source: 'jira', name: 'Jira', actions: { comment: 'repeatable', resolve: 'repeatable' } },
] as const;
const request = (changes: Partial<TicketRequest>) =>
  ({
    source: 'jira',
    ticket,
    action: 'comment',
    by: null,
    askedAt: 5,
    state: 'done',
    ...changes,
  }) as TicketRequest;
const person = 'somebody' as TicketRequest['by'];
const settled = (alerts: readonly Alert[], requests: readonly TicketRequest[] = [], by = rule) =>
  settledByPolicy(by, alerts, systems, { requests, since: 5 }).map(({ action }) => action);

it('a rule asks for what its system can do, what is said first', () => {
  expect(settled([jira()])).toEqual(['comment', 'resolve']);
  expect(settled([jira()], [], { ...rule, actions: ['resolve'] })).toEqual(['resolve']);
  expect(settled([jira({ source: 'pagerduty' }), jira({ ticket: undefined })])).toEqual([]);
});

it('what is resolved is told and not resolved again', () => {
  expect(settled([jira({ state: 'resolved' })])).toEqual(['comment']);
});

it('nothing is asked twice for one change, nor what a person asked for since', () => {
  expect(settled([jira()], [request({}), request({ action: 'resolve' })])).toEqual([]);
  expect(settled([jira()], [request({ askedAt: 4 })])).toEqual(['comment', 'resolve']);
  expect(settled([jira()], [request({ by: person, action: 'resolve', state: 'waiting' })])).toEqual([
    'comment',
  ]);
  expect(settled([jira()], [request({ by: person, action: 'resolve', state: 'refused' })])).toContain(
    'resolve',
  );
  expect(settled([jira()], [request({ ticket: { key: 'OPS-8', name: '' } })])).toHaveLength(2);
});

it('the first rule that fits a ticket counts, and without one nothing does', () => {
  const about = { source: 'jira', channel: 'C1', runbook: 'disk-full' } as const;
  const first = { ...rule, name: 'first', channels: ['C2'], systems: ['jira'] as const };
  const second = { ...rule, name: 'second', runbooks: ['disk-*'] };
  const policy = { ...defaultPolicy, tickets: [first, second, rule] };
  expect(ticketRuleFor(policy, about)).toBe(second);
  expect(ticketRuleFor(policy, { ...about, channel: 'C2' })).toBe(first);
  expect(ticketRuleFor(policy, { ...about, channel: 'C2', source: 'opsgenie' })).toBe(second);
  expect(ticketRuleFor(policy, { ...about, runbook: null })).toBe(rule);
  expect(ticketRuleFor(defaultPolicy, about)).toBeUndefined();
});
