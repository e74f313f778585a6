import { createSecretFinder } from './find-secrets.ts';
import { createRedactionStream, type RedactionStream } from './redaction-stream.ts';
import { maskSpans, type Span } from './span.ts';

/**
 * Masks the secrets of a text as `[redacted]`. With `part`, gives only that part of the text, judged with all that
 * stands around it: a secret that the edge of the part cuts is masked as far as it lies inside.
 */
export type Redact = (text: string, part?: Span) => string;

/** Everything that redacts with one set of known secrets. */
export interface Redactor {
  readonly redact: Redact;
  /** For texts that come in chunks, or are too long to be held: the same result as `redact` of the whole. */
  readonly openStream: () => RedactionStream;
}

/**
 * A redactor for a set of known secrets, whose spellings are prepared once. It masks:
 *
 * - every known secret of at least 4 characters, exactly, in every spelling of `knownForms`;
 * - what stands where secrets stand: URL passwords, authorization and cookie headers, keys such as `password=` and
 *   `"token":`, flags of known programs, private keys, documented token formats, hashes, sentences.
 *
 * The same text always gives the same result, and the time grows with the length of the text alone. Commit ids,
 * UUIDs, digests, pod names, public keys and queries stay as they are.
 */
export function openRedactor(knownSecrets: Iterable<string>): Redactor {
  const find = createSecretFinder(knownSecrets);
  const openStream = () => createRedactionStream(find);
  return {
    openStream,
    redact: (text, part) => {
      if (part) return maskSpans(text, find(text), part);
      const stream = openStream();
      return stream.push(text) + stream.end();
    },
  };
}

export function createRedactor(knownSecrets: Iterable<string>): Redact {
  return openRedactor(knownSecrets).redact;
}

/** Redacts one text; with many texts and the same secrets, `createRedactor` prepares the secrets only once. */
export function redact(text: string, knownSecrets: Iterable<string>): string {
  return createRedactor(knownSecrets)(text);
}
