import { expect, it } from 'vitest';
import { saysSettled } from '#domain/ticket/says-settled.ts';

it.each([
  ['PagerDuty answers 400: Invalid Input Provided; Incident Already Resolved', true],
  ['Opsgenie says: Alert is already closed', true],
  ['Opsgenie answers 422: Alert has already been closed.', true],
  ['ServiceNow answers 403: the record is already in the state Resolved', true],
  ['Jira answers 409: this issue is closed already', true],
  ['PagerDuty answers 400: Incident is already acknowledged', false],
  ['PagerDuty answers 403: the account is closed', false],
  ['Opsgenie answers 422: Alert is not already closed', false],
  ['Jira answers 400: already has a resolution screen open', false],
])('what a system says of a ticket that it is asked to resolve: %s', (reason, isSettled) => {
  expect(saysSettled('resolve', reason)).toBe(isSettled);
});

it('only what names a state can be so already', () => {
  expect(saysSettled('acknowledge', 'PagerDuty answers 400: Incident is already acknowledged')).toBe(true);
  expect(saysSettled('acknowledge', 'PagerDuty answers 400: Incident Already Resolved')).toBe(false);
  for (const action of ['comment', 'escalate', 'silence'] as const)
    expect(saysSettled(action, 'x answers 400: already resolved, already acknowledged')).toBe(false);
});
