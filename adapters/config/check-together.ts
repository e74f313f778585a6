import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Address } from './config.ts';
import * as formats from './formats.ts';
import type { Problem } from './read-environment.ts';
import { type Values, type VariableName, variable } from './variables.ts';

/** What the rules need to know besides the variables: what follows from them and from the machine. */
export interface Surroundings {
  readonly playground: boolean;
  readonly localAddress: Address;
  readonly publicAddress: Address;
  /** Whether a file or folder exists, relative to where the program runs. */
  readonly exists: (path: string) => boolean;
}

/** What is named must be there; nothing is created for a typing error. */
const places = [
  'RECOURSE_KEK_FILE',
  'RECOURSE_KEK_OLD_FILE',
  'RECOURSE_CREDENTIALS_DIR',
  'RECOURSE_HOSTS',
  'RECOURSE_POLICY',
  'RECOURSE_ALERTS',
  'RECOURSE_RUNBOOKS',
  'RECOURSE_SYNONYMS',
  'RECOURSE_EVAL_DIR',
] as const;

type Rule = (values: Values, surroundings: Surroundings) => readonly Problem[];

/** One team by its token, or many by installation; never both. */
const slackRules: readonly Rule[] = [
  needs('SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'),
  needsOneTeamOrMany('SLACK_SIGNING_SECRET'),
  needsOneTeamOrMany('SLACK_API_URL'),
  ({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing }) =>
    bot && !app && !signing
      ? [problem('SLACK_APP_TOKEN', 'or SLACK_SIGNING_SECRET must be set with SLACK_BOT_TOKEN')]
      : [],
  ({ SLACK_BOT_TOKEN: bot, SLACK_CLIENT_ID: client }) =>
    bot && client
      ? [
          problem(
            'SLACK_CLIENT_ID',
            'must not be set together with SLACK_BOT_TOKEN: many teams install the app, or one gives its token',
          ),
        ]
      : [],
  needs('SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID'),
  needs('SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'),
  needs('SLACK_CLIENT_ID', 'SLACK_SIGNING_SECRET'),
  needs('SLACK_CLIENT_ID', 'RECOURSE_PUBLIC_URL'),
  ({ SLACK_CLIENT_ID: client, RECOURSE_ADMINS: admins = [] }) =>
    client && !admins.some(({ platform }) => platform === 'slack')
      ? [problem('RECOURSE_ADMINS', 'must name an administrator of every team that may install the app')]
      : [],
  ({ SLACK_CLIENT_ID: client, DATABASE_URL: server, ...values }) =>
    client && server && !values.RECOURSE_KEK && !values.RECOURSE_KEK_FILE && !values.RECOURSE_KEK_TRANSIT
      ? [problem('RECOURSE_KEK_FILE', 'or RECOURSE_KEK must be set to keep the tokens of SLACK_CLIENT_ID')]
      : [],
];

/** All guilds share hosts and runbooks, so only those that an administrator is named for are served. */
const discordRules: readonly Rule[] = [
  needs('DISCORD_TOKEN', 'DISCORD_APPLICATION_ID'),
  needs('DISCORD_APPLICATION_ID', 'DISCORD_TOKEN'),
  needs('DISCORD_DIRECT_MESSAGES', 'DISCORD_TOKEN'),
  needs('DISCORD_SHARDS', 'DISCORD_TOKEN'),
  needs('DISCORD_API_URL', 'DISCORD_TOKEN'),
  ({ DISCORD_TOKEN: token, RECOURSE_ADMINS: admins = [] }) =>
    token && !admins.some(({ platform }) => platform === 'discord')
      ? [problem('RECOURSE_ADMINS', 'must name an administrator of every guild of Discord that is served')]
      : [],
  ({ DISCORD_DIRECT_MESSAGES: guild, RECOURSE_ADMINS: admins = [] }) =>
    guild && !admins.some(({ platform, workspace }) => platform === 'discord' && workspace === guild)
      ? [problem('RECOURSE_ADMINS', 'must name an administrator of the guild of DISCORD_DIRECT_MESSAGES')]
      : [],
  ({ DISCORD_SHARDS: shards = 'auto', DATABASE_URL: server }) =>
    shards !== 'auto' && shards.ids.length < shards.count && !server
      ? [problem('DATABASE_URL', 'must be set when DISCORD_SHARDS names one of several processes')]
      : [],
];

/** One key that locks, and at most one token for Vault. */
const secretRules: readonly Rule[] = [
  excludes('RECOURSE_KEK_FILE', 'RECOURSE_KEK'),
  excludes('RECOURSE_KEK_TRANSIT', 'RECOURSE_KEK'),
  excludes('RECOURSE_KEK_TRANSIT', 'RECOURSE_KEK_FILE'),
  excludes('VAULT_TOKEN_FILE', 'VAULT_TOKEN'),
  needs('RECOURSE_KEK_TRANSIT', 'VAULT_ADDR'),
  ({ RECOURSE_KEK_TRANSIT: transit, VAULT_TOKEN: token, VAULT_TOKEN_FILE: file }) =>
    transit && !token && !file
      ? [problem('VAULT_TOKEN_FILE', 'or VAULT_TOKEN must be set together with RECOURSE_KEK_TRANSIT')]
      : [],
];

/** What a system is asked with needs where and as whom, and a token goes only where nobody can read along. */
const ticketRules: readonly Rule[] = [
  needs('ALERTMANAGER_API_TOKEN', 'ALERTMANAGER_API_URL'),
  ({ ALERTMANAGER_API_TOKEN: token, ALERTMANAGER_API_URL: url }) =>
    token && url && !formats.privateAddress.safeParse(url).success
      ? [problem('ALERTMANAGER_API_URL', 'must be an https address when ALERTMANAGER_API_TOKEN is set')]
      : [],
  needs('PAGERDUTY_API_TOKEN', 'PAGERDUTY_API_FROM'),
  needs('PAGERDUTY_API_FROM', 'PAGERDUTY_API_TOKEN'),
  needs('PAGERDUTY_API_URL', 'PAGERDUTY_API_TOKEN'),
  needs('OPSGENIE_API_URL', 'OPSGENIE_API_KEY'),
  needs('OPSGENIE_ESCALATION', 'OPSGENIE_API_KEY'),
  needs('JIRA_URL', 'JIRA_API_TOKEN'),
  needs('JIRA_API_TOKEN', 'JIRA_URL'),
  needs('JIRA_USER', 'JIRA_URL'),
  needs('JIRA_ESCALATION_PRIORITY', 'JIRA_URL'),
  needs('SERVICENOW_URL', 'SERVICENOW_USER'),
  needs('SERVICENOW_URL', 'SERVICENOW_PASSWORD'),
  needs('SERVICENOW_USER', 'SERVICENOW_URL'),
  needs('SERVICENOW_PASSWORD', 'SERVICENOW_URL'),
  needs('SERVICENOW_CLOSE_CODE', 'SERVICENOW_URL'),
];

/** Rules over several variables, or over a variable and the machine. Wrong values are absent here. */
const rules: readonly Rule[] = [
  (_values, { localAddress, playground }) =>
    playground && !formats.isLoopback(localAddress)
      ? [problem('RECOURSE_LOCAL_ADDRESS', 'must be a loopback address while the playground is on')]
      : [],
  (_values, { localAddress, publicAddress }) =>
    localAddress.port !== 0 && isDeepStrictEqual(localAddress, publicAddress)
      ? [problem('RECOURSE_PUBLIC_ADDRESS', 'must differ from RECOURSE_LOCAL_ADDRESS')]
      : [],
  (values, { exists }) =>
    places.flatMap((name) => {
      const path = values[name];
      return path === undefined || exists(path) ? [] : [problem(name, `names ${path}, which does not exist`)];
    }),
  ({ RECOURSE_AUDIT_ANCHOR: path }, { exists }) =>
    path === undefined || exists(dirname(path))
      ? []
      : [problem('RECOURSE_AUDIT_ANCHOR', `is in ${dirname(path)}, which does not exist`)],
  ...secretRules,
  ...slackRules,
  ...discordRules,
  ...ticketRules,
  ({ EMBEDDING_MODEL: model, OPENAI_API_KEY: key, OPENAI_BASE_URL: url }) =>
    model && !key && !url
      ? [problem('OPENAI_API_KEY', 'or OPENAI_BASE_URL must be set with EMBEDDING_MODEL')]
      : [],
  needs('RERANK_MODEL', 'RERANK_URL'),
  needs('RERANK_API_KEY', 'RERANK_URL'),
  needs('RERANK_BUDGET_MS', 'RERANK_URL'),
  ({
    RECOURSE_WEIGHT_SIMILARITY: similarity,
    RECOURSE_WEIGHT_SUCCESS: success,
    RECOURSE_WEIGHT_CONTEXT: context,
  }) =>
    similarity === 0 && success === 0 && context === 0
      ? [problem('RECOURSE_WEIGHT_SIMILARITY', 'must not be 0 when the other weights are 0')]
      : [],
];

/** Second step: what only shows when the variables are seen together. */
export function checkTogether(values: Values, surroundings: Surroundings): readonly Problem[] {
  return rules.flatMap((rule) => rule(values, surroundings));
}

function needs(name: VariableName, other: VariableName): Rule {
  return (values) =>
    values[name] !== undefined && values[other] === undefined
      ? [problem(other, `must be set together with ${name}`)]
      : [];
}

function excludes(name: VariableName, other: VariableName): Rule {
  return (values) =>
    values[name] !== undefined && values[other] !== undefined
      ? [problem(name, `must not be set together with ${other}`)]
      : [];
}

function needsOneTeamOrMany(name: VariableName): Rule {
  return (values) =>
    values[name] !== undefined && !values.SLACK_BOT_TOKEN && !values.SLACK_CLIENT_ID
      ? [problem('SLACK_BOT_TOKEN', `or SLACK_CLIENT_ID must be set together with ${name}`)]
      : [];
}

function problem(name: VariableName, what: string): Problem {
  return { name, what, example: variable(name).example };
}
