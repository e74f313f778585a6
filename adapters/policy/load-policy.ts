import { readFile } from 'node:fs/promises';
import { Fault } from '#domain/fault.ts';
import { defaultPolicy, type Policy } from '#domain/policy/policy.ts';
import { readPolicy } from './read-policy.ts';

/** The policy of a file; without a path the safe defaults. A Fault of kind `configuration` names every wrong line. */
export async function loadPolicy(path: string | null): Promise<Policy> {
  if (path === null) return defaultPolicy;
  const read = readPolicy(await readSource(path));
  if (read.kind === 'policy') return read.policy;
  const lines = read.problems.map(({ line, message }) => `  ${path}:${line}: ${message}`);
  throw new Fault(
    'configuration',
    'policy-wrong',
    `The policy is wrong:\n${lines.join('\n')}`,
    'Correct these lines; docs/policy.md explains every field. Nothing runs under a policy that cannot be read.',
  );
}

async function readSource(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Fault(
      'configuration',
      'policy-unreadable',
      `The policy ${path} cannot be read: ${String(cause)}`,
      'Write one (docs/policy.md has an example) or change RECOURSE_POLICY.',
      cause,
    );
  }
}
