import { shellContexts } from '../runbook/shell-contexts.ts';

/** A word of a command that stands free of quotes, or what stands behind the `=` of its long option. */
export interface BareWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The word before it in the same simple command; undefined for the program itself. */
  readonly before: string | undefined;
}

/** Words of simple commands, in order; one that is quoted anywhere, or glued to something else, is none. */
export function bareWords(command: string): readonly BareWord[] {
  const contexts = shellContexts(command);
  const words: BareWord[] = [];
  let before: string | undefined;
  for (const { 0: text, index: start } of command.matchAll(/[^\s;&|()<>]+|[;&|()\n]/g)) {
    const end = start + text.length;
    const isBare = contexts.slice(start, end).every((context) => context === 'bare');
    const isBreak = /^[;&|()\n]$/.test(text);
    if (isBare && !isBreak) words.push(behindOption({ text, start, end, before }));
    if (!isBreak) before = text;
    else if (isBare) before = undefined;
  }
  return words;
}

function behindOption(word: BareWord): BareWord {
  const option = /^--[\w-]+=(?=.)/.exec(word.text)?.[0];
  if (option === undefined || word.before === undefined) return word;
  return {
    ...word,
    text: word.text.slice(option.length),
    start: word.start + option.length,
    before: option,
  };
}
