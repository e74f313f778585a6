import type { Config } from './config.ts';
import type { Values } from './variables.ts';

/** Who may send alerts, and what they show or sign with. */
export function readSenders(values: Values): Omit<Config['alerts'], 'file'> {
  return {
    secrets: {
      alertmanager: values.ALERTMANAGER_WEBHOOK_SECRET,
      grafana: values.GRAFANA_WEBHOOK_SECRET,
      pagerduty: values.PAGERDUTY_WEBHOOK_SECRET,
      datadog: values.DATADOG_WEBHOOK_SECRET,
      newrelic: values.NEWRELIC_WEBHOOK_SECRET,
      opsgenie: values.OPSGENIE_WEBHOOK_SECRET,
      sentry: values.SENTRY_WEBHOOK_SECRET,
      servicenow: values.SERVICENOW_WEBHOOK_SECRET,
      jira: values.JIRA_WEBHOOK_SECRET,
      generic: values.GENERIC_WEBHOOK_SECRET,
    },
    topics: values.CLOUDWATCH_TOPICS ?? [],
  };
}
