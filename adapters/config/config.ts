import type { AlertSource } from '#domain/alert/alert.ts';
import type { CredentialReference } from '#domain/credential.ts';
import type { Inside } from '#domain/read-inside.ts';

/** Where a listener binds. Port 0 means any free one. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Somebody who is admin from the start, by the platform's own ids of team or guild and person. */
export interface ConfiguredAdmin {
  readonly platform: Inside['platform'];
  readonly workspace: string;
  readonly person: string;
}

/** A channel by the platform's own ids. */
export interface ConfiguredPlace {
  readonly platform: ConfiguredAdmin['platform'];
  readonly workspace: string;
  readonly channel: string;
}

/**
 * One app in one team, over its own web socket or over signed requests to the public address; or, as `oauth`, one app
 * that teams install by themselves, over signed requests.
 */
export type SlackConfig = { readonly apiUrl: string | null } & (
  | { readonly mode: 'socket'; readonly botToken: string; readonly appToken: string }
  | { readonly mode: 'http'; readonly botToken: string; readonly signingSecret: string }
  | {
      readonly mode: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly signingSecret: string;
      /** Where browsers reach the public listener; no slash at its end. */
      readonly publicUrl: string;
    }
);

/** The connections that this process holds, of so many in all; `auto` is as many as Discord asks for, all of them here. */
export type ShardsConfig = 'auto' | { readonly ids: readonly number[]; readonly count: number };

export interface DiscordConfig {
  readonly token: string;
  readonly applicationId: string;
  readonly apiUrl: string | null;
  /** The guild in whose name direct messages are heard; null when they are not. */
  readonly directMessages: string | null;
  readonly shards: ShardsConfig;
}

export interface ModelConfig {
  readonly apiKey: string | null;
  /** The base address of an OpenAI-compatible endpoint; null means OpenAI's own. */
  readonly baseUrl: string | null;
  /** Null means: search by words alone. */
  readonly embeddingModel: string | null;
  readonly chatModel: { readonly provider: string; readonly model: string } | null;
}

export interface RerankConfig {
  /** The whole address of the endpoint. */
  readonly url: string;
  readonly model: string | null;
  readonly apiKey: string | null;
  readonly budgetMs: number;
}

/** Weights and thresholds of the ranking, each 0…1; the benefit of the doubt is in standard deviations. */
export interface RankingConfig {
  readonly weights: {
    readonly similarity: number;
    readonly success: number;
    readonly context: number;
    readonly automationBonus: number;
  };
  readonly benefitOfDoubt: number;
  readonly thresholds: { readonly runbook: number; readonly case: number };
}

/** How votes, runs and alerts become rates; shares and trust are 0…1. */
export interface LearningConfig {
  readonly leastSignals: number;
  readonly halfLifeDays: number;
  readonly trust: { readonly vote: number; readonly run: number; readonly alert: number };
  readonly elsewhere: number;
  readonly deprecation: {
    readonly certainty: number;
    readonly leastIncidents: number;
    readonly leastPeople: number;
    readonly leastMeasured: number;
  };
  readonly staleAfterDays: number;
  readonly retireAfterDays: number;
}

/** Who is told of what needs an owner's decision: at most one channel a workspace. */
export interface OwnersConfig {
  readonly channels: readonly ConfiguredPlace[];
  /** When a runbook of a case is suggested; success is 0…1. */
  readonly suggest: { readonly leastRecommended: number; readonly leastSuccess: number };
}

/** Where a key is that opens stored secrets; `own` is a file that Recourse makes at first use, `transit` one of Vault. */
export type KeyConfig =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'file' | 'own'; readonly path: string }
  | { readonly kind: 'transit'; readonly mount: string; readonly name: string };

export interface VaultConfig {
  readonly address: string;
  /** Null: each use of Vault says that there is none. */
  readonly token:
    | { readonly kind: 'value'; readonly text: string }
    | { readonly kind: 'file'; readonly path: string }
    | null;
  readonly namespace: string | null;
}

/** Where what opens hosts may come from, besides the secrets of a workspace. */
export interface CredentialConfig {
  readonly vault: VaultConfig | null;
  readonly folder: string | null;
  /** The agent of whoever started Recourse. */
  readonly agentSocket: string | null;
}

export interface AlertsConfig {
  /** Null when none was named and there is no `alerts.yaml` here: then no alert goes anywhere. */
  readonly file: string | null;
  /** What each sender shows or signs with; undefined for one that is not listened to. */
  readonly secrets: Readonly<Record<Exclude<AlertSource, 'cloudwatch'>, string | undefined>>;
  /** Topics of SNS that may send alarms of CloudWatch. */
  readonly topics: readonly string[];
}

/** A credential itself, or where it is kept. */
export type TicketCredential = string | CredentialReference;

/** How the systems that alerts come from are asked for something; null for one that is not. */
export interface TicketsConfig {
  readonly alertmanager: { readonly url: string; readonly token: TicketCredential | null } | null;
  /** `from` is the mail address of the user in whose name it is asked. */
  readonly pagerduty: {
    readonly url: string;
    readonly token: TicketCredential;
    readonly from: string;
  } | null;
  /** Null `escalation`: it is not asked to escalate. */
  readonly opsgenie: {
    readonly url: string;
    readonly key: TicketCredential;
    readonly escalation: string | null;
  } | null;
  /** Without a user the token is a personal one of a Jira of one's own. */
  readonly jira: {
    readonly url: string;
    readonly user: string | null;
    readonly token: TicketCredential;
    readonly escalationPriority: string;
  } | null;
  readonly servicenow: {
    readonly url: string;
    readonly user: string;
    readonly password: TicketCredential;
    readonly closeCode: string;
  } | null;
}

/** Everything that the environment decides, checked. Paths are absolute. */
export interface Config {
  readonly database: { readonly kind: 'embedded' } | { readonly kind: 'server'; readonly url: string };
  readonly dataDirectory: string;
  /** Null with a database server and no key named: then no secret can be stored. */
  readonly key: KeyConfig | null;
  /** Keys of before: what is under them can be read. */
  readonly olderKeys: readonly KeyConfig[];
  readonly credentials: CredentialConfig;
  /** Where heads of the audit log are put down: a file, and at most one channel a workspace. */
  readonly audit: { readonly anchorFile: string | null; readonly channels: readonly ConfiguredPlace[] };
  readonly localAddress: Address;
  readonly publicAddress: Address;
  readonly admins: readonly ConfiguredAdmin[];
  /** Where it listens by default: `invited`, or patterns of channel names without `#`. */
  readonly listening: 'invited' | readonly string[];
  /** Null when none was named and there is no `hosts.yaml` here. */
  readonly hostsFile: string | null;
  /** Null when none was named and there is no `policy.yaml` here: then the safe defaults count. */
  readonly policyFile: string | null;
  readonly alerts: AlertsConfig;
  readonly tickets: TicketsConfig;
  readonly runbooksFolder: string;
  /** Read after the shipped synonyms; null when the operator has none of their own. */
  readonly synonymsFile: string | null;
  readonly playground: boolean;
  readonly sandbox: boolean;
  readonly slack: SlackConfig | null;
  readonly discord: DiscordConfig | null;
  readonly models: ModelConfig;
  /** Null means: the order of the search stands. */
  readonly rerank: RerankConfig | null;
  readonly evaluationFolder: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly foldCron: string;
  readonly ranking: RankingConfig;
  readonly learning: LearningConfig;
  readonly owners: OwnersConfig;
  /** How long a thread has to be quiet before a case is drafted of it, also where nothing else says that it is over, and how long the draft waits. */
  readonly capture: { readonly quietMs: number; readonly silenceMs: number; readonly lapseMs: number };
  readonly approval: { readonly expiryMs: number; readonly destructiveExpiryMs: number };
  /** Values that must never leave the process in a text. */
  readonly secrets: readonly string[];
}
