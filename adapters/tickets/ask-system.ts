import { Fault } from '#domain/fault.ts';

/** How a system is asked: where, with what, and which settings to look at when it does not take that. */
export interface Asked {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly settings: string;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** From the system's address on. */
  readonly path: string;
  readonly body?: object;
}

const mostBytes = 4_000_000;
const longestReason = 250;

/**
 * What a system answers as JSON, undefined for an empty answer. Every answer but 2xx is a Fault: `rejected` in its own words,
 * `unavailable` for 408, 429 and 5xx and when it cannot be reached, `undone` where it certainly did nothing, as with all that
 * is only read.
 */
export async function askSystem(asked: Asked, call: Call, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await send(asked, call, signal);
    return readText(asked, response, await readAnswer(asked, response));
  } catch (error) {
    throw call.method === 'GET' && error instanceof Fault ? asUndone(error) : error;
  }
}

function readText(asked: Asked, response: Response, text: string): unknown {
  if (!response.ok) throw refusal(asked, response, text);
  if (text === '') return undefined;
  const read = readJson(text);
  if (read === undefined) throw fault(asked, 'unavailable', 'answers with something that is no JSON');
  return read;
}

const asUndone = ({ kind, code, message, advice, cause, retryAfterMs }: Fault): Fault =>
  new Fault(kind, code, message, advice, cause, { retryAfterMs, undone: true });

async function send(asked: Asked, { method, path, body }: Call, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(asked.url.replace(/\/+$/, '') + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      // The key does not go where another server points.
      redirect: 'error',
      signal,
    });
  } catch (cause) {
    throw fault(asked, 'unavailable', signal.aborted ? 'does not answer in time' : 'cannot be reached', {
      cause,
      undone: neverReached.has(codeOf(cause)),
    });
  }
}

/** With these no byte of what was asked went out. */
const neverReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

async function readAnswer(asked: Asked, response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) break;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (cause) {
    throw fault(asked, 'unavailable', 'broke off its answer', { cause });
  }
  if (bytes > mostBytes) throw fault(asked, 'unavailable', 'answers with more than can be read');
  return text;
}

function refusal(asked: Asked, response: Response, text: string): Fault {
  const { status } = response;
  const said = reasonIn(text);
  const what = `answers ${status}${said === '' ? '' : `: ${said}`}`;
  if (status !== 408 && status !== 429 && status < 500) return fault(asked, 'rejected', what);
  return fault(asked, 'unavailable', what, {
    undone: status === 429,
    retryAfterMs: waitIn(response.headers),
  });
}

/** What a person there would read, wherever the system writes it. */
function reasonIn(text: string): string {
  const found = textsIn(readJson(text), 0);
  const reason = found.length > 0 ? found.join('; ') : text.trimStart().startsWith('<') ? '' : text;
  return reason.replace(/\s+/g, ' ').trim().slice(0, longestReason);
}

const deepest = 3;
/** Fields that hold numbers and names for programs. */
const forPrograms = /^(?:code|status|requestId|took|type)$/;

function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    forPrograms.test(name) ? [] : textsIn(inner, depth + 1),
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * `Retry-After` in seconds or as a date. PagerDuty says it in `ratelimit-reset` (https://developer.pagerduty.com/docs/rest-api-rate-limits),
 * Opsgenie in `X-RateLimit-Period-In-Sec` (https://github.com/opsgenie/opsgenie-oas), both in seconds.
 */
const waits = ['retry-after', 'ratelimit-reset', 'x-ratelimit-period-in-sec'];

function waitIn(headers: Headers): number | undefined {
  const said = waits.map((name) => headers.get(name)).find((value) => value !== null);
  if (said === undefined || said === null) return undefined;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestWaitMs) : undefined;
}

const longestWaitMs = 3_600_000;

function fault(
  { name, settings }: Asked,
  kind: 'rejected' | 'unavailable',
  what: string,
  more: {
    readonly cause?: unknown;
    readonly undone?: boolean;
    readonly retryAfterMs?: number | undefined;
  } = {},
): Fault {
  const { cause, ...advice } = more;
  return new Fault(kind, 'ticket-system', `${name} ${what}`, `Check ${settings}.`, cause, advice);
}

export const refuse = (asked: Asked, what: string): Fault => fault(asked, 'rejected', what);
