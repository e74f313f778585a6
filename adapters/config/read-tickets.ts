import type { TicketsConfig } from './config.ts';
import type { Values } from './variables.ts';

/** How the systems that alerts come from are asked for something. */
export function readTickets(values: Values): TicketsConfig {
  const { ALERTMANAGER_API_URL: alertmanager, SERVICENOW_URL: serviceNow } = values;
  return {
    alertmanager: alertmanager ? { url: alertmanager, token: values.ALERTMANAGER_API_TOKEN ?? null } : null,
    pagerduty: readPagerDuty(values),
    opsgenie: readOpsgenie(values),
    jira: readJira(values),
    servicenow: serviceNow
      ? {
          url: serviceNow,
          user: values.SERVICENOW_USER ?? '',
          password: values.SERVICENOW_PASSWORD ?? '',
          closeCode: values.SERVICENOW_CLOSE_CODE ?? 'Solution provided',
        }
      : null,
  };
}

function readPagerDuty(values: Values): TicketsConfig['pagerduty'] {
  const { PAGERDUTY_API_TOKEN: token, PAGERDUTY_API_FROM: from } = values;
  const url = values.PAGERDUTY_API_URL ?? 'https://api.pagerduty.com';
  return token && from ? { url, token, from } : null;
}

function readOpsgenie(values: Values): TicketsConfig['opsgenie'] {
  const { OPSGENIE_API_KEY: key, OPSGENIE_ESCALATION: escalation = null } = values;
  return key ? { url: values.OPSGENIE_API_URL ?? 'https://api.opsgenie.com', key, escalation } : null;
}

function readJira(values: Values): TicketsConfig['jira'] {
  const { JIRA_URL: url, JIRA_API_TOKEN: token } = values;
  const escalationPriority = values.JIRA_ESCALATION_PRIORITY ?? 'Highest';
  return url && token ? { url, token, user: values.JIRA_USER ?? null, escalationPriority } : null;
}
