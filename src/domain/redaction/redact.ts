import { createKnownFinder } from './find-known.ts';
import { knownForms } from './known-forms.ts';
import { findCommandFlags } from './rules/command-flags.ts';
import { findHeaders } from './rules/headers.ts';
import { findKeyValues } from './rules/key-values.ts';
import { findPrivateKeys } from './rules/private-keys.ts';
import { findSentences } from './rules/sentences.ts';
import { findTokenFormats } from './rules/token-formats.ts';
import { findUrlPasswords } from './rules/url-passwords.ts';
import { maskSpans } from './span.ts';

/** The rules that need no knowledge of the secrets. */
const rules = [
  findPrivateKeys,
  findTokenFormats,
  findUrlPasswords,
  findHeaders,
  findKeyValues,
  findCommandFlags,
  findSentences,
];

/**
 * A redactor for a set of known secrets, whose spellings are prepared once. It masks as `[redacted]`:
 *
 * - every known secret of at least 4 characters, exactly, in every spelling of `knownForms`;
 * - what stands where secrets stand: URL passwords, authorization and cookie headers, keys such as
 *   `password=` and `"token":`, flags of known programs, PEM private keys, documented token formats, hashes.
 *
 * The same text always gives the same result, and the time grows with the length of the text alone. Commit ids, UUIDs, digests, pod names, public keys and queries stay as they are.
 */
export function createRedactor(knownSecrets: Iterable<string>): (text: string) => string {
  const forms = [...new Set([...knownSecrets].flatMap(knownForms))];
  const findKnown = createKnownFinder(forms);
  return (text) => maskSpans(text, [...findKnown(text), ...rules.flatMap((find) => find(text))]);
}

/** Redacts one text; with many texts and the same secrets, `createRedactor` prepares the secrets only once. */
export function redact(text: string, knownSecrets: Iterable<string>): string {
  return createRedactor(knownSecrets)(text);
}
