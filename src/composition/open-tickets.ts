import type { Config } from '#adapters/config/config.ts';
import { createAlertmanagerTickets } from '#adapters/tickets/alertmanager.ts';
import { createJiraTickets } from '#adapters/tickets/jira.ts';
import { createOpsgenieTickets } from '#adapters/tickets/opsgenie.ts';
import { createPagerDutyTickets } from '#adapters/tickets/pagerduty.ts';
import { createServiceNowTickets } from '#adapters/tickets/service-now.ts';
import type { TicketSystem } from '#ports/ticket-system.ts';

/** The systems that alerts come from and that are set up to be asked. */
export function openTickets(config: Config['tickets']): readonly TicketSystem[] {
  const { alertmanager, pagerduty, opsgenie, jira, servicenow } = config;
  return [
    alertmanager && createAlertmanagerTickets(alertmanager),
    pagerduty && createPagerDutyTickets(pagerduty),
    opsgenie && createOpsgenieTickets(opsgenie),
    jira && createJiraTickets(jira),
    servicenow && createServiceNowTickets(servicenow),
  ].filter((system) => system !== null);
}
