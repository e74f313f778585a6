import { type Scan, scanText } from './anchors/scan-text.ts';
import { createKnownFinder } from './find-known.ts';
import { findAnswers } from './rules/answers.ts';
import { findCallArguments } from './rules/call-arguments.ts';
import { findCommandSecrets } from './rules/command-secrets.ts';
import { findDefaultValues } from './rules/default-values.ts';
import { findDirectives } from './rules/directives.ts';
import { findHeaders } from './rules/headers.ts';
import { findKeyValues } from './rules/key-values.ts';
import { findKubernetesSecrets } from './rules/kubernetes-secrets.ts';
import { findListedSecrets } from './rules/listed-secrets.ts';
import { findNamedFlags } from './rules/named-flags.ts';
import { findPairs } from './rules/pairs.ts';
import { findPassphrases } from './rules/passphrases.ts';
import { findPgpass } from './rules/pgpass.ts';
import { findPipedSecrets } from './rules/piped-secrets.ts';
import { findPrivateKeys } from './rules/private-keys.ts';
import { findRecoveryCodes } from './rules/recovery-codes.ts';
import { findSentences } from './rules/sentences.ts';
import { findSqlSecrets } from './rules/sql.ts';
import { findTableCells } from './rules/tables.ts';
import { findTokenFormats } from './rules/token-formats.ts';
import { findUrlSecrets } from './rules/url-secrets.ts';
import { findYamlBlocks } from './rules/yaml-blocks.ts';
import type { Span } from './span.ts';

/** Where in a text secrets stand. Takes time in proportion to the text, whatever the text. */
export type FindSecrets = (text: string) => readonly Span[];

/** A rule of the structure, with what one look over the text told. */
type Rule = (text: string, scan: Scan) => readonly Span[];

/** The rules that need no knowledge of the secrets. */
const rules: Readonly<Record<string, Rule>> = {
  privateKeys: findPrivateKeys,
  tokenFormats: findTokenFormats,
  urlSecrets: findUrlSecrets,
  headers: findHeaders,
  keyValues: findKeyValues,
  defaultValues: findDefaultValues,
  pairs: findPairs,
  yamlBlocks: findYamlBlocks,
  kubernetesSecrets: findKubernetesSecrets,
  namedFlags: findNamedFlags,
  commandSecrets: findCommandSecrets,
  pipedSecrets: findPipedSecrets,
  directives: findDirectives,
  pgpass: findPgpass,
  callArguments: findCallArguments,
  tableCells: findTableCells,
  sqlSecrets: findSqlSecrets,
  sentences: findSentences,
  listedSecrets: findListedSecrets,
  recoveryCodes: findRecoveryCodes,
  passphrases: findPassphrases,
  answers: findAnswers,
};

const all = Object.values(rules);

/** A finder of the known secrets, in every spelling, and of what the rules find. */
export function createSecretFinder(knownSecrets: Iterable<string>): FindSecrets {
  const findKnown = createKnownFinder(knownSecrets);
  return (text) => {
    const scan = scanText(text);
    const spans = [...findKnown(text)];
    for (const find of all) for (const span of find(text, scan)) spans.push(span);
    return spans;
  };
}
