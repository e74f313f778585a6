import { realpath, rename, stat, writeFile } from 'node:fs/promises';
import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { Fault } from '#domain/fault.ts';
import { readSource } from './create-hosts-file.ts';
import { isPublicKey } from './host-schema.ts';

/**
 * Writes `host_key` of one host into a hosts.yaml, replacing an older one. Comments and everything else stay; the
 * file is replaced whole, so that a reader never sees half of it. Throws a Fault when the file has no such host.
 */
export async function pinHostKey(path: string, name: string, hostKey: string): Promise<void> {
  if (!isPublicKey(hostKey)) {
    throw new Fault('rejected', 'no-host-key', 'That is not a public host key.', 'Scan the host again.');
  }
  const document = parseDocument(await readSource(path));
  const host = findHost(document.get('hosts'), name);
  if (!host || document.errors.length > 0) throw unknownHost(path, name);
  host.set('host_key', hostKey);
  await replaceFile(path, document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}

function findHost(hosts: unknown, name: string): YAMLMap | undefined {
  if (!isSeq(hosts)) return undefined;
  return hosts.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === name);
}

async function replaceFile(path: string, text: string): Promise<void> {
  const real = await realpath(path);
  const { mode } = await stat(real);
  const fresh = `${real}.${process.pid}.new`;
  await writeFile(fresh, text, { mode, flush: true });
  await rename(fresh, real);
}

function unknownHost(path: string, name: string): Fault {
  return new Fault(
    'rejected',
    'unknown-host',
    `${path} has no host named ${name}.`,
    'Add it first, or see the names with: npm run -s recourse -- hosts list',
  );
}
