import type { ToldStep } from './told-step.ts';

/**
 * The steps as a case keeps them, in at most `longest` characters: `$ command`, `(succeeded)` or how else it ended, then its
 * output. What does not fit goes with a word in its place: first the beginnings of outputs, then the last commands.
 */
export function writeSteps(steps: readonly ToldStep[], longest: number): string {
  const heads = steps.map(writeHead);
  const shown = countFitting(heads, longest);
  const left = steps.length - shown;
  const tail = left === 0 ? [] : [leftOut(left)];
  const heading = [...heads.slice(0, shown), ...tail].join('\n').length;
  const share = shareOf(
    steps.slice(0, shown).map(({ output }) => output?.trim().length ?? 0),
    longest - heading,
  );
  const blocks = steps.slice(0, shown).map(({ output }, index) => {
    const text = endOf(output?.trim() ?? '', share);
    return text === '' ? heads[index] : `${heads[index]}\n${text}`;
  });
  return [...blocks, ...tail].join('\n');
}

function writeHead({ command, state, exitCode }: ToldStep): string {
  const ended = state === null ? [] : [`(${state})`];
  const code = exitCode === null || exitCode === 0 ? [] : [`exit code ${exitCode}`];
  return [`$ ${command}`, ...ended, ...code].join('\n');
}

const leftOut = (count: number): string =>
  `… ${count} more ${count === 1 ? 'command stands' : 'commands stand'} only in the thread.`;

/** How many heads fit, with room for the word about the rest. */
function countFitting(heads: readonly string[], longest: number): number {
  const room = heads.join('\n').length <= longest ? longest : longest - leftOut(heads.length).length - 1;
  let used = 0;
  const over = heads.findIndex((head) => {
    used += head.length + 1;
    return used - 1 > room;
  });
  return over === -1 ? heads.length : over;
}

/** The most that each output may take so that all together fit; a short one leaves its room to the others. */
function shareOf(lengths: readonly number[], room: number): number {
  let left = room;
  const ascending = lengths.filter((length) => length > 0).toSorted((one, other) => one - other);
  for (const [index, length] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index)) - 1;
    if (length > share) return Math.max(0, share);
    left -= length + 1;
  }
  return Math.max(0, left);
}

const cut = '… (the beginning is left out)\n';

/** The end of an output: there stand the errors. */
function endOf(output: string, room: number): string {
  if (output.length <= room) return output;
  const kept = room - cut.length;
  return kept < 40 ? '' : `${cut}${output.slice(-kept).toWellFormed()}`;
}
