import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createHostsFile } from '#adapters/inventory/create-hosts-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-known-hosts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A public key blob of no particular owner. */
function keyOf(fill: number): string {
  const type = 'ssh-ed25519';
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return `${type} ${Buffer.concat([length, Buffer.from(type), Buffer.alloc(36, fill)]).toString('base64')}`;
}
const [authority, revoked, pinned] = [keyOf(1), keyOf(2), keyOf(3)];

async function trustOf(lines: readonly string[], fields: string): Promise<string | null | undefined> {
  const path = join(folder, 'hosts.yaml');
  const known = lines.map((line) => `  - ${JSON.stringify(line)}\n`).join('');
  writeFileSync(path, `known_hosts:\n${known}hosts:\n  - { name: web, user: ops, key: /k, ${fields} }\n`);
  return (await createHostsFile(path).load())[0]?.hostKey;
}

describe('known_hosts of hosts.yaml', () => {
  it('says which authorities may certify a host, and which keys count no more', async () => {
    const lines = [`@cert-authority *.internal ${authority} ops`, `@revoked * ${revoked}`];
    expect(await trustOf(lines, 'address: web.internal')).toBe(
      `@cert-authority ${authority}\n@revoked ${revoked}`,
    );
    expect(await trustOf(lines, `address: 10.0.0.1, host_key: "${pinned} a comment"`)).toBe(
      `${pinned} a comment\n@revoked ${revoked}`,
    );
  });

  it('trusts nobody by a revoked key alone', async () => {
    expect(await trustOf([`@revoked * ${revoked}`], 'address: 10.0.0.1')).toBeNull();
  });

  it.each([
    ['*', 'address: web.internal, port: 2222', true],
    ['WEB.internal', 'address: Web.Internal', true],
    ['web.internal', 'address: webxinternal', false],
    ['web.internal', 'address: web.internal, port: 2222', false],
    ['[web.internal]:2222', 'address: web.internal, port: 2222', true],
    ['web-??.internal', 'address: web-01.internal', true],
    ['*.internal,!db.internal', 'address: db.internal', false],
    ['*.internal,!db.internal', 'address: web.internal', true],
    ['!db.internal', 'address: web.internal', false],
    [`${'*'.repeat(60)}x`, `address: ${'a'.repeat(200)}`, false],
  ])('compares %s as OpenSSH does', async (patterns, fields, matches) => {
    const trust = await trustOf([`@cert-authority ${patterns} ${authority}`], fields);
    expect(trust).toBe(matches ? `@cert-authority ${authority}` : null);
  });

  it.each([
    [`web.internal ${authority}`, 'must begin with @cert-authority or @revoked'],
    ['@cert-authority * ssh-ed25519 nonsense', 'must be `@cert-authority PATTERNS TYPE KEY`'],
    ['@revoked', 'must be `@revoked PATTERNS TYPE KEY`'],
    [`@cert-authority |1|abc|def ${authority}`, 'has a hashed name'],
  ])('tells what is wrong with %j, and where', async (line, why) => {
    await expect(trustOf([`@revoked * ${revoked}`, line], 'address: a')).rejects.toThrow(
      new RegExp(`hosts.yaml:3: known_hosts.1 ${why.replaceAll(/[|*]/g, '\\$&')}`),
    );
  });
});
