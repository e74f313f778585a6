import { type Refused, refuse } from '../errors.ts';
import { limits } from '../limits.ts';

/** The named texts of a request. The values of a form are under `value.` and the field's name. */
export type Fields = Readonly<Record<string, string>>;

export type ReadFields = { readonly kind: 'fields'; readonly fields: Fields } | Refused;

const notText = refuse(
  400,
  'The request is not valid UTF-8 text, so nothing was sent. Copy the text again, without its binary parts.',
);
const tooLarge = refuse(
  413,
  'That is far too large to send. Send a short part, or attach it as a file elsewhere.',
);

/** Reads a URL-encoded or JSON body. Characters that no database text may hold (NUL) are left out. */
export async function readFields(request: Request): Promise<ReadFields> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim();
  const parse = type === undefined ? undefined : parsers[type];
  if (parse === undefined) {
    return refuse(415, 'Send application/x-www-form-urlencoded or application/json.');
  }
  const bytes = await readBytes(request);
  if (bytes === undefined) return tooLarge;
  const text = decode(bytes);
  return text === undefined ? notText : parse(text);
}

const parsers: Readonly<Record<string, (text: string) => ReadFields>> = {
  'application/x-www-form-urlencoded': parseForm,
  'application/json': parseJson,
};

async function readBytes(request: Request): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > limits.largestRequest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By hand, because `URLSearchParams` turns broken UTF-8 into replacement characters without a word. */
function parseForm(text: string): ReadFields {
  try {
    const pairs = text.split('&').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodeForm(name), clean(decodeForm(value.join('=')))] as const;
    });
    return { kind: 'fields', fields: Object.fromEntries(pairs) };
  } catch {
    return notText;
  }
}

function decodeForm(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function parseJson(text: string): ReadFields {
  const body = readJson(text);
  if (typeof body !== 'object' || body === null) return refuse(400, 'The body is not a JSON object.');
  const values = 'values' in body && typeof body.values === 'object' ? Object.entries(body.values ?? {}) : [];
  const pairs = [
    ...Object.entries(body),
    ...values.map(([name, value]) => [`value.${name}`, value] as const),
  ].flatMap(([name, value]) => (typeof value === 'string' ? [[name, clean(value)] as const] : []));
  return { kind: 'fields', fields: Object.fromEntries(pairs) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
