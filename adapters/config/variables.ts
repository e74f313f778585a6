import { z } from 'zod';
import * as formats from './formats.ts';

/** One environment variable: its form, a value that would be right, and whether its value must not be shown. */
interface Variable {
  readonly schema: z.ZodType<unknown, string>;
  readonly example: string;
  readonly secret?: true;
}

const share = formats.between(0, 1);
/** What a sender of alerts shows or signs with. */
const webhookSecret = {
  schema: formats.longWord,
  example: 'the output of openssl rand -hex 32',
  secret: true as const,
} satisfies Variable;

/**
 * Every variable that Recourse reads; `.env.example` and docs/configuration.md list the same ones. An empty
 * value counts as unset. Defaults are in `read-config.ts`, because some depend on other variables.
 */
export const variables = {
  DATABASE_URL: {
    schema: formats.databaseUrl,
    example: 'postgres://recourse:PASSWORD@db.internal:5432/recourse',
    secret: true,
  },
  RECOURSE_DATA_DIR: { schema: z.string(), example: './data' },
  RECOURSE_LOCAL_ADDRESS: { schema: formats.address, example: '127.0.0.1:3000' },
  RECOURSE_PUBLIC_ADDRESS: { schema: formats.address, example: '127.0.0.1:3001' },
  RECOURSE_PUBLIC_URL: { schema: formats.publicUrl, example: 'https://recourse.example.com' },
  RECOURSE_ADMINS: { schema: formats.admins, example: 'slack:T012AB3CD/U045EF6GH,playground:playground/max' },
  RECOURSE_CHANNELS: { schema: formats.channels, example: 'incidents,inc-*' },
  RECOURSE_HOSTS: { schema: z.string(), example: './hosts.yaml' },
  RECOURSE_RUNBOOKS: { schema: z.string(), example: './runbooks' },
  RECOURSE_POLICY: { schema: z.string(), example: './policy.yaml' },
  RECOURSE_ALERTS: { schema: z.string(), example: './alerts.yaml' },
  RECOURSE_SYNONYMS: { schema: z.string(), example: './synonyms.yaml' },
  RECOURSE_PLAYGROUND: { schema: formats.onOff, example: 'on' },
  RECOURSE_SANDBOX: { schema: formats.onOff, example: 'off' },
  RECOURSE_KEK: { schema: formats.key, example: 'the output of openssl rand -base64 32', secret: true },
  RECOURSE_KEK_FILE: { schema: z.string(), example: '/run/secrets/recourse-kek' },
  RECOURSE_KEK_TRANSIT: { schema: formats.mountAndName, example: 'transit/recourse' },
  RECOURSE_KEK_OLD: {
    schema: formats.key,
    example: 'the RECOURSE_KEK of before',
    secret: true,
  },
  RECOURSE_KEK_OLD_FILE: { schema: z.string(), example: '/run/secrets/recourse-kek-old' },
  RECOURSE_CREDENTIALS_DIR: { schema: z.string(), example: '/run/secrets/ssh' },
  VAULT_ADDR: { schema: formats.privateAddress, example: 'https://vault.internal:8200' },
  VAULT_TOKEN: { schema: formats.word, example: 'hvs.…', secret: true },
  VAULT_TOKEN_FILE: { schema: z.string(), example: '/run/vault/token' },
  VAULT_NAMESPACE: { schema: formats.word, example: 'admin/ops' },
  SSH_AUTH_SOCK: { schema: z.string(), example: '/run/user/1000/ssh-agent.sock' },
  RECOURSE_AUDIT_ANCHOR: { schema: z.string(), example: '/var/lib/recourse-audit/anchor.jsonl' },
  RECOURSE_AUDIT_CHANNEL: { schema: formats.places, example: 'slack:T012AB3CD/C045EF6GH' },
  SLACK_BOT_TOKEN: { schema: formats.startingWith('xoxb-'), example: 'xoxb-…', secret: true },
  SLACK_APP_TOKEN: { schema: formats.startingWith('xapp-'), example: 'xapp-…', secret: true },
  SLACK_SIGNING_SECRET: { schema: formats.word, example: 'the Signing Secret of the app', secret: true },
  SLACK_CLIENT_ID: {
    schema: z.string().regex(/^\d+\.\d+$/, { error: 'must be two numbers with a dot between' }),
    example: '1234567890.1234567890123',
  },
  SLACK_CLIENT_SECRET: { schema: formats.word, example: 'the Client Secret of the app', secret: true },
  SLACK_API_URL: { schema: formats.webAddress, example: 'https://slack.com/api/' },
  DISCORD_TOKEN: { schema: formats.word, example: 'the token of the bot, without "Bot "', secret: true },
  DISCORD_APPLICATION_ID: { schema: formats.snowflake, example: '1203948576120394857' },
  DISCORD_DIRECT_MESSAGES: { schema: formats.snowflake, example: '1102938475610293847' },
  DISCORD_SHARDS: { schema: formats.shards, example: 'auto' },
  DISCORD_API_URL: { schema: formats.webAddress, example: 'https://discord.com/api' },
  ALERTMANAGER_WEBHOOK_SECRET: webhookSecret,
  GRAFANA_WEBHOOK_SECRET: webhookSecret,
  PAGERDUTY_WEBHOOK_SECRET: webhookSecret,
  DATADOG_WEBHOOK_SECRET: webhookSecret,
  NEWRELIC_WEBHOOK_SECRET: webhookSecret,
  OPSGENIE_WEBHOOK_SECRET: webhookSecret,
  SENTRY_WEBHOOK_SECRET: webhookSecret,
  SERVICENOW_WEBHOOK_SECRET: webhookSecret,
  JIRA_WEBHOOK_SECRET: webhookSecret,
  GENERIC_WEBHOOK_SECRET: webhookSecret,
  CLOUDWATCH_TOPICS: {
    schema: formats.topics,
    example: 'arn:aws:sns:eu-west-1:123456789012:alarms',
  },
  ALERTMANAGER_API_URL: { schema: formats.apiAddress, example: 'http://alertmanager.internal:9093' },
  ALERTMANAGER_API_TOKEN: {
    schema: formats.orKept(formats.word),
    example: 'the token of the proxy before it',
    secret: true,
  },
  PAGERDUTY_API_TOKEN: { schema: formats.orKept(formats.word), example: 'a REST API key', secret: true },
  PAGERDUTY_API_FROM: { schema: formats.mailAddress, example: 'recourse@example.com' },
  PAGERDUTY_API_URL: { schema: formats.privateAddress, example: 'https://api.eu.pagerduty.com' },
  OPSGENIE_API_KEY: {
    schema: formats.orKept(formats.word),
    example: 'the key of an API integration',
    secret: true,
  },
  OPSGENIE_API_URL: { schema: formats.privateAddress, example: 'https://api.eu.opsgenie.com' },
  OPSGENIE_ESCALATION: { schema: z.string(), example: 'Web team escalation' },
  JIRA_URL: { schema: formats.privateAddress, example: 'https://example.atlassian.net' },
  JIRA_USER: { schema: formats.mailAddress, example: 'recourse@example.com' },
  JIRA_API_TOKEN: { schema: formats.orKept(formats.word), example: 'an API token', secret: true },
  JIRA_ESCALATION_PRIORITY: { schema: z.string(), example: 'Highest' },
  SERVICENOW_URL: { schema: formats.privateAddress, example: 'https://example.service-now.com' },
  SERVICENOW_USER: { schema: formats.word, example: 'recourse' },
  SERVICENOW_PASSWORD: {
    schema: formats.orKept(z.string()),
    example: 'the password of that user',
    secret: true,
  },
  SERVICENOW_CLOSE_CODE: { schema: z.string(), example: 'Solution provided' },
  OPENAI_API_KEY: { schema: formats.word, example: 'sk-…', secret: true },
  OPENAI_BASE_URL: { schema: formats.webAddress, example: 'http://127.0.0.1:11434/v1' },
  EMBEDDING_MODEL: { schema: formats.word, example: 'text-embedding-3-small' },
  CHAT_MODEL: { schema: formats.providerAndModel, example: 'openai:gpt-4o-mini' },
  RERANK_URL: { schema: formats.webAddress, example: 'http://127.0.0.1:8012/v1/rerank' },
  RERANK_MODEL: { schema: formats.word, example: 'jina-reranker-v2-base-multilingual' },
  RERANK_API_KEY: { schema: formats.word, example: 'the key of the endpoint', secret: true },
  RERANK_BUDGET_MS: { schema: formats.between(50, 10_000), example: '800' },
  RECOURSE_EVAL_DIR: { schema: z.string(), example: './eval' },
  RECOURSE_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    }),
    example: 'info',
  },
  RECOURSE_FOLD_CRON: { schema: formats.cron, example: '*/15 * * * *' },
  RECOURSE_LEAST_SIGNALS: { schema: formats.between(1, 100), example: '3' },
  RECOURSE_RATE_HALF_LIFE_DAYS: { schema: formats.between(1, 36500), example: '700' },
  RECOURSE_TRUST_VOTE: { schema: formats.between(0.51, 0.99), example: '0.9' },
  RECOURSE_TRUST_RUN: { schema: formats.between(0.51, 0.99), example: '0.8' },
  RECOURSE_TRUST_ALERT: { schema: formats.between(0.51, 0.99), example: '0.8' },
  RECOURSE_ELSEWHERE_SHARE: { schema: share, example: '0.2' },
  RECOURSE_DEPRECATE_CERTAINTY: { schema: formats.between(0.5, 0.9999), example: '0.95' },
  RECOURSE_DEPRECATE_INCIDENTS: { schema: formats.between(1, 1000), example: '2' },
  RECOURSE_DEPRECATE_PEOPLE: { schema: formats.between(1, 1000), example: '2' },
  RECOURSE_DEPRECATE_MEASURED: { schema: formats.between(1, 1000), example: '3' },
  RECOURSE_OWNERS_CHANNEL: { schema: formats.places, example: 'slack:T012AB3CD/C045EF6GH' },
  RECOURSE_SUGGEST_RECOMMENDATIONS: { schema: formats.between(1, 1000), example: '5' },
  RECOURSE_SUGGEST_SUCCESS: { schema: share, example: '0.8' },
  RECOURSE_STALE_DAYS: { schema: formats.between(1, 36500), example: '183' },
  RECOURSE_RETIRE_DAYS: { schema: formats.between(1, 36500), example: '275' },
  RECOURSE_WEIGHT_SIMILARITY: { schema: share, example: '0.5' },
  RECOURSE_WEIGHT_SUCCESS: { schema: share, example: '0.3' },
  RECOURSE_WEIGHT_CONTEXT: { schema: share, example: '0.2' },
  RECOURSE_AUTOMATION_BONUS: { schema: share, example: '0.15' },
  RECOURSE_BENEFIT_OF_DOUBT: { schema: share, example: '1' },
  RECOURSE_THRESHOLD_RUNBOOK: { schema: share, example: '0.5' },
  RECOURSE_THRESHOLD_CASE: { schema: share, example: '0.7' },
  RECOURSE_CAPTURE_QUIET_MINUTES: { schema: formats.between(1, 1440), example: '15' },
  RECOURSE_DRAFT_DAYS: { schema: formats.between(1, 365), example: '7' },
  RECOURSE_APPROVAL_MINUTES: { schema: formats.between(1, 1440), example: '30' },
  RECOURSE_DESTRUCTIVE_APPROVAL_MINUTES: { schema: formats.between(1, 1440), example: '10' },
} satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof variables;

/** The values that were set and right; the rest is undefined. */
export type Values = { readonly [Name in VariableName]?: z.output<(typeof variables)[Name]['schema']> };

export function isVariable(name: string): name is VariableName {
  return Object.hasOwn(variables, name);
}

export function variable(name: VariableName): Variable {
  return variables[name];
}
