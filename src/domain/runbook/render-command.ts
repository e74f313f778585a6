import { ownValue } from '../text/own-value.ts';
import { findPlaceholders, misplacement, type Placeholder } from './placeholders.ts';
import { isPlainWord, quoteWord } from './quote-word.ts';
import { shellContexts } from './shell-contexts.ts';

/** The command as it will run, or the parameter that cannot be filled in and why. */
export type RenderedCommand =
  | { readonly kind: 'rendered'; readonly command: string }
  | { readonly kind: 'refused'; readonly parameter: string; readonly why: string };

/**
 * Puts values into the `{{name}}` placeholders of a command, each as exactly one word. There is no raw mode.
 *
 * Refused are: a placeholder without a value; NUL and line breaks; a placeholder inside quotes, here-documents,
 * backquotes, `$(( ))` or `${ }`, where one word cannot be kept one word; a value that begins with `-` unless a
 * lone `--` before it in the same simple command ends the options; and, in commands that hand their words to
 * another shell (`ssh`, `eval`, `sh -c`, …), every value that would need quotes, because it is read twice there.
 */
export function renderCommand(template: string, values: Readonly<Record<string, string>>): RenderedCommand {
  let command = '';
  let at = 0;
  for (const placeholder of findPlaceholders(template)) {
    const { name, start, end } = placeholder;
    const value = ownValue(values, name);
    const why = value === undefined ? 'has no value' : refusal(template, placeholder, value);
    if (value === undefined || why !== null) return { kind: 'refused', parameter: name, why: why ?? '' };
    command += template.slice(at, start) + writeWord(value, template[end]);
    at = end;
  }
  return { kind: 'rendered', command: command + template.slice(at) };
}

/** Digits directly before `<` or `>` would name a file descriptor. */
function writeWord(value: string, next: string | undefined): string {
  return /^\d+$/.test(value) && /[<>]/.test(next ?? '') ? `'${value}'` : quoteWord(value);
}

function refusal(template: string, placeholder: Placeholder, value: string): string | null {
  const misplaced = misplacement(placeholder);
  if (misplaced) return misplaced;
  if (['\0', '\n', '\r'].some((char) => value.includes(char))) return 'has a value with a line break or NUL';
  const words = wordsBefore(template, placeholder.start);
  if (value.startsWith('-') && !endsOptions(words)) {
    return 'has a value that begins with "-", which the program may take for an option';
  }
  if (!isPlainWord(value) && words.some((word) => readsAgain.has(programName(word)))) {
    return 'has a value that needs quotes, in a command that a second shell reads again';
  }
  return null;
}

/** Programs that run what stands behind `--` or behind their own words. */
const wrappers = new Set(
  `sudo doas env nice ionice timeout nohup setsid stdbuf time command exec xargs ssh kubectl oc docker podman nerdctl
   crictl su runuser chroot nsenter unshare ip flock watch strace find parallel systemd-run taskset chrt`.split(
    /\s+/,
  ),
);

/** Programs that give their words to a shell once more. */
const readsAgain = new Set(
  'ssh eval watch su runuser script flock sg parallel sh bash dash ash zsh ksh busybox at batch trap alias'.split(
    ' ',
  ),
);

function programName(word: string): string {
  const plain = word.replace(/['"\\]/g, '');
  return plain.slice(plain.lastIndexOf('/') + 1);
}

/**
 * `--` ends the options of the program it is given to. Where one program runs another the `--` may belong to
 * the outer one, so there it must stand directly before the value.
 */
function endsOptions(words: readonly string[]): boolean {
  const complete = words.slice(0, -1);
  const isAtWordStart = words.at(-1) === '';
  if (!isAtWordStart || !complete.includes('--')) return false;
  const isWrapped = complete.some((word) => wrappers.has(programName(word)));
  return !isWrapped || complete.at(-1) === '--';
}

/** The words of the simple command before a place; the last one is what the place is glued to, often empty. */
function wordsBefore(template: string, at: number): readonly string[] {
  const contexts = shellContexts(template);
  const isBare = (index: number, kind: RegExp) =>
    contexts[index] === 'bare' && kind.test(template[index] ?? '');
  let start = at;
  while (start > 0 && !isBare(start - 1, /[;&|()\n]/)) start -= 1;
  // NUL cannot stand in a command, so it can mark where a word ends.
  const marked = Array.from({ length: at - start }, (_none, index) =>
    isBare(start + index, /\s/) ? '\0' : (template[start + index] ?? ''),
  );
  const words = marked.join('').split('\0');
  return words.filter((word, index) => word !== '' || index === words.length - 1);
}
