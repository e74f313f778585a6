import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '#domain/fault.ts';
import { checkTogether } from './check-together.ts';
import { collectSecrets } from './collect-secrets.ts';
import type { Config, DiscordConfig, RerankConfig, SlackConfig } from './config.ts';
import { type Environment, type Problem, readEnvironment } from './read-environment.ts';
import { readLearning, readOwners } from './read-learning.ts';
import { readSafeguards } from './read-safeguards.ts';
import { readSenders } from './read-senders.ts';
import { readTickets } from './read-tickets.ts';
import type { Values } from './variables.ts';

const starterPack = fileURLToPath(new URL('../../runbooks', import.meta.url));
const defaultHostsFile = 'hosts.yaml';
const defaultPolicyFile = 'policy.yaml';
const defaultAlertsFile = 'alerts.yaml';
const minute = 60_000;

/**
 * The settings that the environment holds. All that is wrong is told in one Fault of kind `configuration`,
 * a line each: the variable, what is wrong, an example. There is never a silent default for a bad value.
 */
export function readConfig(environment: Environment): Config {
  const { values, problems } = readEnvironment(environment);
  const switches = readSwitches(values);
  const places = readPlaces(values);
  const told = new Set(problems.map(({ name }) => name));
  const together = checkTogether(values, { ...switches, ...places, exists: existsSync });
  const all = [...problems, ...together.filter(({ name }) => !told.has(name))];
  if (all.length > 0) throw badConfiguration(all);
  const safeguards = readSafeguards(values, places);
  const learned = { learning: readLearning(values), owners: readOwners(values) };
  return {
    ...switches,
    ...places,
    ...safeguards,
    ...readPeers(values),
    ...readJudgement(values),
    ...learned,
  };
}

/** The exit code of a program that ends because of a bad setting: EX_CONFIG of sysexits.h. */
export const badConfigurationExitCode = 78;

/** Playground and sandbox are for trying out: off as soon as a real chat is connected, unless asked for by name. */
function readSwitches(values: Values): Pick<Config, 'playground' | 'sandbox'> {
  const { SLACK_BOT_TOKEN: bot, SLACK_CLIENT_ID: client, DISCORD_TOKEN: discord } = values;
  const tryingOut = bot === undefined && client === undefined && discord === undefined;
  return {
    playground: values.RECOURSE_PLAYGROUND ?? tryingOut,
    sandbox: values.RECOURSE_SANDBOX ?? tryingOut,
  };
}

type Places =
  | 'database'
  | 'dataDirectory'
  | 'localAddress'
  | 'publicAddress'
  | 'hostsFile'
  | 'policyFile'
  | 'alerts'
  | 'tickets'
  | 'runbooksFolder'
  | 'synonymsFile'
  | 'evaluationFolder';

function readPlaces(values: Values): Pick<Config, Places> {
  const fileOf = (named: string | undefined, usual: string): string | null => {
    const path = named ?? (existsSync(usual) ? usual : null);
    return path === null ? null : resolve(path);
  };
  return {
    database: values.DATABASE_URL ? { kind: 'server', url: values.DATABASE_URL } : { kind: 'embedded' },
    dataDirectory: resolve(values.RECOURSE_DATA_DIR ?? 'data'),
    localAddress: values.RECOURSE_LOCAL_ADDRESS ?? { host: '127.0.0.1', port: 3000 },
    publicAddress: values.RECOURSE_PUBLIC_ADDRESS ?? { host: '127.0.0.1', port: 3001 },
    hostsFile: fileOf(values.RECOURSE_HOSTS, defaultHostsFile),
    policyFile: fileOf(values.RECOURSE_POLICY, defaultPolicyFile),
    alerts: { ...readSenders(values), file: fileOf(values.RECOURSE_ALERTS, defaultAlertsFile) },
    tickets: readTickets(values),
    runbooksFolder: resolve(values.RECOURSE_RUNBOOKS ?? starterPack),
    synonymsFile: values.RECOURSE_SYNONYMS ? resolve(values.RECOURSE_SYNONYMS) : null,
    evaluationFolder: values.RECOURSE_EVAL_DIR ? resolve(values.RECOURSE_EVAL_DIR) : null,
  };
}

type Peers = 'admins' | 'listening' | 'slack' | 'discord' | 'models' | 'rerank' | 'secrets';

function readPeers(values: Values): Pick<Config, Peers> {
  return {
    admins: values.RECOURSE_ADMINS ?? [],
    listening: values.RECOURSE_CHANNELS ?? 'invited',
    slack: readSlack(values),
    discord: readDiscord(values),
    models: {
      apiKey: values.OPENAI_API_KEY ?? null,
      baseUrl: values.OPENAI_BASE_URL ?? null,
      embeddingModel: values.EMBEDDING_MODEL ?? null,
      chatModel: values.CHAT_MODEL ?? null,
    },
    rerank: readRerank(values),
    secrets: collectSecrets(values),
  };
}

function readSlack(values: Values): SlackConfig | null {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = values;
  const apiUrl = values.SLACK_API_URL ?? null;
  if (botToken && appToken) return { mode: 'socket', botToken, appToken, apiUrl };
  if (signingSecret === undefined) return null;
  return botToken ? { mode: 'http', botToken, signingSecret, apiUrl } : readSharedApp(values, signingSecret);
}

function readSharedApp(values: Values, signingSecret: string): SlackConfig | null {
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    RECOURSE_PUBLIC_URL: publicUrl,
  } = values;
  if (!clientId || !clientSecret || !publicUrl) return null;
  const apiUrl = values.SLACK_API_URL ?? null;
  return { mode: 'oauth', clientId, clientSecret, signingSecret, publicUrl, apiUrl };
}

function readDiscord(values: Values): DiscordConfig | null {
  const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId } = values;
  if (token === undefined || applicationId === undefined) return null;
  return {
    token,
    applicationId,
    apiUrl: values.DISCORD_API_URL ?? null,
    directMessages: values.DISCORD_DIRECT_MESSAGES ?? null,
    shards: values.DISCORD_SHARDS ?? 'auto',
  };
}

function readRerank(values: Values): RerankConfig | null {
  if (values.RERANK_URL === undefined) return null;
  return {
    url: values.RERANK_URL,
    model: values.RERANK_MODEL ?? null,
    apiKey: values.RERANK_API_KEY ?? null,
    budgetMs: values.RERANK_BUDGET_MS ?? 800,
  };
}

function readJudgement(
  values: Values,
): Pick<Config, 'logLevel' | 'foldCron' | 'ranking' | 'capture' | 'approval'> {
  return {
    logLevel: values.RECOURSE_LOG_LEVEL ?? 'info',
    foldCron: values.RECOURSE_FOLD_CRON ?? '*/15 * * * *',
    ranking: readRanking(values),
    capture: {
      quietMs: (values.RECOURSE_CAPTURE_QUIET_MINUTES ?? 15) * minute,
      silenceMs: (values.RECOURSE_CAPTURE_QUIET_MINUTES ?? 15) * 4 * minute,
      lapseMs: (values.RECOURSE_DRAFT_DAYS ?? 7) * 24 * 60 * minute,
    },
    approval: {
      expiryMs: (values.RECOURSE_APPROVAL_MINUTES ?? 30) * minute,
      destructiveExpiryMs: (values.RECOURSE_DESTRUCTIVE_APPROVAL_MINUTES ?? 10) * minute,
    },
  };
}

function readRanking(values: Values): Config['ranking'] {
  return {
    weights: {
      similarity: values.RECOURSE_WEIGHT_SIMILARITY ?? 0.5,
      success: values.RECOURSE_WEIGHT_SUCCESS ?? 0.3,
      context: values.RECOURSE_WEIGHT_CONTEXT ?? 0.2,
      automationBonus: values.RECOURSE_AUTOMATION_BONUS ?? 0.15,
    },
    benefitOfDoubt: values.RECOURSE_BENEFIT_OF_DOUBT ?? 1,
    thresholds: {
      runbook: values.RECOURSE_THRESHOLD_RUNBOOK ?? 0.5,
      case: values.RECOURSE_THRESHOLD_CASE ?? 0.7,
    },
  };
}

function badConfiguration(problems: readonly Problem[]): Fault {
  const lines = problems.map(
    ({ name, what, example }) =>
      `  ${name} ${what}${example === null ? '' : `, for example ${name}=${example}`}`,
  );
  const count = problems.length === 1 ? 'One setting is wrong' : `${problems.length} settings are wrong`;
  return new Fault(
    'configuration',
    'bad-configuration',
    `${count}:\n${lines.join('\n')}`,
    'Correct the environment or .env and start again; docs/configuration.md explains every setting.',
  );
}
