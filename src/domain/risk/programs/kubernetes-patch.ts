import { readArguments } from '../read-arguments.ts';
import { destructive, mutating } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const flags = {
  harmless: '-p= --patch= --type= -n= --namespace= -o= --output=',
  destructive: '--patch-file=',
} as const satisfies Flags;

/** What in a patch takes something away: removals, nulls, no replicas, a suspended or paused object. */
const takesAway =
  /:\s*null\b|"?op"?\s*:\s*"?(?:remove|replace)\b|"?replicas"?\s*:\s*0\b|\$patch"?\s*:|"?finalizers"?\s*:\s*\[\s*\]|"?type"?\s*:\s*"?ExternalName/;

/** `kubectl patch`: the patch must be fixed text and may only add or change. */
export const judgePatch: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const patches = read.flags.filter(({ name }) => name === '-p' || name === '--patch');
  const texts = patches.map(({ value }) => value && literalOf(value));
  if (texts.length === 0 || texts.includes(null))
    return destructive(`${program}: the patch is not seen here`);
  return texts.some((text) => takesAway.test(text ?? ''))
    ? destructive(`${program} takes something away`)
    : mutating(`${program} changes state`);
};
