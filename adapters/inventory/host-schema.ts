import { homedir } from 'node:os';
import { z } from 'zod';
import { readCredentialReference } from '#domain/credential.ts';
import type { HostEntry, Login } from '#domain/host.ts';

/** A host as hosts.yaml has it. Each message completes the sentence "FIELD …". docs/hosts.md is its description. */

const text = z.string({
  error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text; put it in quotes'),
});
const filled = text.min(1, { error: 'is empty' });
const name = text.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
  error: 'must begin with a letter or digit and have only letters, digits, dot, dash and underscore',
});
const address = text.regex(/^[^\s-]\S*$/, { error: 'must be a host name or an IP address' });
const user = text.regex(/^[A-Za-z_][\w.@-]*\$?$/, { error: 'must be the name of a login' });
const port = z
  .number({ error: 'must be a number' })
  .int({ error: 'must be a whole number' })
  .min(1, { error: 'must be from 1 to 65535' })
  .max(65_535, { error: 'must be from 1 to 65535' });
const path = filled.transform((value) => value.replace(/^~(?=\/|$)/, homedir()));
const credential = text.transform((value, context) => {
  const read = readCredentialReference(value);
  if (read.kind === 'reference') return read.reference;
  context.addIssue({ code: 'custom', message: read.why });
  return z.NEVER;
});
const scalar = z
  .union([z.string(), z.number(), z.boolean()], { error: 'must be text or a number' })
  .transform(String);
const list = z.union([filled.transform((one) => [one]), z.array(filled)], {
  error: 'must be a text or a list of texts',
});
const hostKey = text.refine(isPublicKey, {
  error: 'must be a public key such as `ssh-ed25519 AAAA…`, without the host name before it',
});

export const hostSchema = z
  .strictObject({
    name,
    address,
    port: port.default(22),
    user,
    key: path.optional(),
    agent: path.optional(),
    credential: credential.optional(),
    jump: filled.optional(),
    os: filled.optional(),
    application: filled.optional(),
    environment: list.optional(),
    service: filled.optional(),
    group: filled.optional(),
    tags: list.default([]),
    parameters: z.record(z.string(), scalar, { error: 'must be names with values' }).default({}),
    host_key: hostKey.optional(),
  })
  .superRefine(({ key, agent, credential: reference }, context) => {
    if ([key, agent, reference].filter((way) => way !== undefined).length !== 1) {
      context.addIssue({
        code: 'custom',
        message: 'needs one of key, agent and credential, the one way to log in',
      });
    }
  });

export type HostFields = z.output<typeof hostSchema>;

export function toHostEntry(fields: HostFields): HostEntry {
  const { os, application, environment, service, group } = fields;
  return {
    name: fields.name,
    address: fields.address,
    port: fields.port,
    user: fields.user,
    login: toLogin(fields),
    hostKey: fields.host_key?.trim() ?? null,
    jump: fields.jump ?? null,
    context: { os, application, environment, service, hostGroup: group },
    tags: fields.tags,
    parameters: fields.parameters,
  };
}

function toLogin({ key, agent = '', credential: reference }: HostFields): Login {
  if (reference) return { kind: 'credential', reference };
  return key === undefined ? { kind: 'agent', socket: agent } : { kind: 'key-file', path: key };
}

/** RFC 4253 §6.6: the blob begins with the length and the name of the type that stands before it. */
export function isPublicKey(line: string): boolean {
  const [type = '', encoded = ''] = line.trim().split(/\s+/);
  const blob = Buffer.from(encoded, 'base64');
  const length = blob.length > 4 ? blob.readUInt32BE(0) : 0;
  return type !== '' && blob.toString('latin1', 4, 4 + length) === type;
}
