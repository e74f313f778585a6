type Redact = (text: string) => string;

/** Deeper than this nobody reads a log line; the rest is cut, so that a huge object cannot fill the log. */
const deepest = 8;

/**
 * A copy of `value` that holds plain data only, every string in it redacted: nested objects and arrays, keys,
 * maps, sets, errors with their causes, URLs. A string is also judged together with its key, so that
 * `{ password: 'x' }` is masked though `x` alone looks harmless.
 */
export function redactValue(value: unknown, redact: Redact): unknown {
  return copy(value, { redact, key: '', depth: 0, above: [] });
}

interface Scope {
  readonly redact: Redact;
  readonly key: string;
  readonly depth: number;
  /** The objects that this value is inside of; one that comes again is a cycle. */
  readonly above: readonly object[];
}

function copy(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return copyText(value, scope);
  if (typeof value === 'bigint' || typeof value === 'symbol') return scope.redact(String(value));
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (scope.depth >= deepest || scope.above.includes(value)) return '[…]';
  return copyObject(value, { ...scope, depth: scope.depth + 1, above: [...scope.above, value] });
}

function copyText(text: string, { redact, key }: Scope): string {
  if (key === '') return redact(text);
  const line = JSON.stringify({ [key]: text });
  const alone = redact(text);
  return alone === text && redact(line) !== line ? '[redacted]' : alone;
}

function copyObject(value: object, scope: Scope): unknown {
  if (value instanceof Error) return copyError(value, scope);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL) return scope.redact(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return copyEntries([...value], scope);
  if (Array.isArray(value) || value instanceof Set) return [...value].map((item) => copy(item, scope));
  return copyEntries(Object.entries(value), scope);
}

function copyEntries(entries: readonly (readonly [unknown, unknown])[], scope: Scope): object {
  return Object.fromEntries(
    entries.map(([key, value]) => [scope.redact(String(key)), copy(value, { ...scope, key: String(key) })]),
  );
}

/** `message`, `stack` and `cause` of an error are not enumerable; the fields that drivers add are. */
function copyError(error: Error, scope: Scope): object {
  const { name, message, stack, cause } = error;
  const own = Object.entries({ ...error, type: name, message, stack, cause });
  return copyEntries(
    own.filter(([, value]) => value !== undefined),
    scope,
  );
}
