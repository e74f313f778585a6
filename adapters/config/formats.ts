import { validate } from 'node-cron';
import { z } from 'zod';
import { type CredentialReference, readCredentialReference } from '#domain/credential.ts';
import { formOfInside, type Inside, readInside } from '#domain/read-inside.ts';
import type { Address, ConfiguredAdmin, ConfiguredPlace, ShardsConfig } from './config.ts';

/** The text forms of settings. Each message completes the sentence "NAME …". */

const hostAndPort = /^(\[[0-9a-fA-F:.]+\]|[^\s:/[\]]+):(\d{1,5})$/;

export const address = z.string().transform((text, context): Address => {
  const [, host = '', port = ''] = hostAndPort.exec(text) ?? [];
  if (host !== '' && Number(port) <= 65_535)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  return refuse(context, 'must be host:port with a port of 0 to 65535');
});

/** Whether only this machine can reach the address. */
export function isLoopback({ host }: Pick<Address, 'host'>): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** A list of `PLATFORM:TEAM/…`, comma-separated; `what` names the last part in the message. */
function listInside<T>(what: string, make: (one: Inside) => T) {
  return z.string().transform((text, context): readonly T[] => {
    const entries = text.split(',').map((entry) => entry.trim());
    const read = entries.filter((entry) => entry !== '').map(readInside);
    const wrong = entries.filter((entry) => entry !== '')[read.indexOf(undefined)];
    if (wrong === undefined) return read.filter((one) => one !== undefined).map(make);
    return refuse(context, `has '${wrong}', which is not ${formOfInside(what)}`);
  });
}

export const admins = listInside(
  'PERSON',
  ({ id, ...inside }): ConfiguredAdmin => ({ ...inside, person: id }),
);

export const places = listInside(
  'CHANNEL',
  ({ id, ...inside }): ConfiguredPlace => ({ ...inside, channel: id }),
);

export const key = z
  .base64({ error: 'must be 32 bytes of base64' })
  .refine((text) => Buffer.from(text, 'base64').length === 32, { error: 'must be 32 bytes of base64' });

/** `invited`, or names of channels with `*` for any characters; a `#` before a name may be left out. */
export const channels = z.string().transform((text, context): 'invited' | readonly string[] => {
  const entries = text.split(',').map((entry) => entry.trim().replace(/^#/u, ''));
  const patterns = entries.filter((entry) => entry !== '');
  if (patterns.join() === 'invited') return 'invited';
  const wrong = patterns.find((pattern) => pattern === 'invited' || /[\s#]/u.test(pattern));
  if (wrong === undefined && patterns.length > 0) return patterns;
  return refuse(context, "must be 'invited' alone, or names of channels with * for any characters");
});

export const onOff = z.enum(['on', 'off'], { error: 'must be on or off' }).transform((word) => word === 'on');

export const webAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** An address that secrets are sent to: encrypted, unless it is on this machine, and without a login in it. */
export const privateAddress = webAddress.refine(
  (text) => {
    const { protocol, hostname, username, password } = new URL(text);
    const isSafe = protocol === 'https:' || isLoopback({ host: hostname.replace(/^\[|\]$/g, '') });
    return isSafe && username + password === '';
  },
  { error: 'must be an https address, or one of this machine, without a login' },
);

/** Where an API is that may be asked without a secret; one in the address would be shown with it. */
export const apiAddress = webAddress.refine(
  (text) => new URL(text).username + new URL(text).password === '',
  {
    error: 'must have no login in it',
  },
);

export const mailAddress = z.email({ error: 'must be a mail address' });

/** A name of a key in an engine of Vault, after where that is mounted. */
export const mountAndName = z.string().transform((text, context) => {
  const [, mount, name] = /^([\w-]+(?:\/[\w-]+)*)\/([\w.-]+)$/.exec(text) ?? [];
  return mount && name ? { mount, name } : refuse(context, 'must be MOUNT/NAME');
});

/** An address that browsers are sent to; its slash at the end is dropped. */
export const publicUrl = z.string().transform((text, context): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback({ host: url.hostname }));
  if (url === null || !isSafe || url.search + url.hash + url.username + url.password !== '')
    return refuse(context, 'must be an https address without query or login');
  return url.href.replace(/\/+$/, '');
});

export const databaseUrl = z.string().refine(
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return (
      url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1
    );
  },
  { error: 'must be the address of a PostgreSQL database, with its name' },
);

export const providerAndModel = z.string().transform((text, context) => {
  const [, provider, model] = /^([a-z][a-z0-9_-]*):(\S+)$/.exec(text) ?? [];
  return provider && model ? { provider, model } : refuse(context, 'must be PROVIDER:MODEL');
});

export const cron = z
  .string()
  .refine(validate, { error: 'is not a cron expression that node-cron can read' });

const mostShards = 1000;

/** `auto`; `4` for four connections here; `1/4` for the second of four, the others being held by other processes. */
export const shards = z.string().transform((text, context): ShardsConfig => {
  if (text === 'auto') return 'auto';
  const [, one, all = ''] = /^(?:(\d{1,4})\/)?(\d{1,4})$/.exec(text) ?? [];
  const count = Number(all);
  if (count < 1 || count > mostShards || Number(one ?? 0) >= count)
    return refuse(context, `must be auto, a number from 1 to ${mostShards}, or one of so many such as 0/4`);
  return { ids: one === undefined ? [...Array(count).keys()] : [Number(one)], count };
});

/** An id of Discord. */
export const snowflake = z.string().regex(/^\d+$/, { error: 'must be digits only' });

/** A number between two bounds, both allowed. */
export function between(least: number, most: number) {
  const error = `must be a number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number({ error }).min(least, { error }).max(most, { error }));
}

/** A secret of a known beginning; the value is never echoed. */
export function startingWith(prefix: string) {
  return z
    .string()
    .regex(/^\S+$/, { error: 'must have no spaces' })
    .startsWith(prefix, {
      error: `must begin with ${prefix}`,
    });
}

/** One word of any form. */
/** What a keeper of credentials has, as hosts name it (docs/hosts.md); anything else is the credential itself. */
export const orKept = (plain: z.ZodType<string, string>) =>
  z.string().transform((text, context): string | CredentialReference => {
    const read = /^(?:secret|vault|file):/.test(text) ? readCredentialReference(text) : undefined;
    if (read?.kind === 'reference') return read.reference;
    const why = read ? read.why : plain.safeParse(text).error?.issues[0]?.message;
    return why === undefined ? text : refuse(context, why);
  });

export const word = z.string().regex(/^\S+$/, { error: 'must have no spaces' });

/** What is shown or signed with on the open net: too long to be guessed. */
export const longWord = z
  .string()
  .regex(/^\S{16,}$/, { error: 'must have at least 16 characters and no spaces' });

export const topics = z.string().transform((text, context): readonly string[] => {
  const all = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const wrong = all.find((entry) => !/^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]+$/.test(entry));
  return wrong === undefined ? all : refuse(context, `has '${wrong}', which is not the ARN of a topic`);
});

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
