import { destructive, mutating, readOnly } from '../risk.ts';
import type { Judge } from '../rule.ts';
import { leadOf, literalOf } from '../word.ts';

/** kill, pkill, killall: `-0` and `-l` only ask, KILL gives no chance to save, other signals change state. */
export const judgeKill: Judge = ({ program, args }) => {
  const texts = args.map((word) => literalOf(word) ?? leadOf(word));
  if (texts.length === 0) return readOnly(`${program} does nothing without arguments`);
  if (/^(?:-l|-L|--list|-V|--version)$/.test(texts[0] ?? '')) return readOnly(`${program} lists signals`);
  const signal = signalOf(texts);
  if (signal === '0' && program === 'kill') return readOnly('kill -0 only asks whether the process exists');
  if (signal === null || /^(?:SIG)?(?:KILL|STOP)$|^(?:9|19)$/i.test(signal)) {
    return destructive(`${program} takes the process away without letting it finish`);
  }
  if (program === 'kill' && texts.some((text, index) => isEverything(text) && isTarget(texts, index))) {
    return destructive('kill of process 1, of a whole group or of everything');
  }
  return endsOthers(program, signal)
    ? destructive(`${program} ends every process of that name`)
    : mutating(`${program} sends a signal`);
};

/** A name or a pattern may stand for more than is meant, one process id does not; some signals end nothing. */
function endsOthers(program: string, signal: string): boolean {
  const isRequest = /^(?:(?:SIG)?(?:HUP|USR1|USR2|CONT|CHLD|WINCH|URG)|1|10|12|18|17|28|23|0)$/i.test(signal);
  return program !== 'kill' && !isRequest;
}

/** Process 1 holds up the host or container; 0 and -1 stand for the own group and for every process. */
function isEverything(text: string): boolean {
  return /^(?:1|0|-1)$/.test(text);
}

/** A number is a target unless it is the signal: the first option, or the value of `-s` or `-n`. */
function isTarget(texts: readonly string[], index: number): boolean {
  const isOption = texts[index]?.startsWith('-') === true && index === 0;
  return !isOption && !/^(?:-s|-n|--signal)$/.test(texts[index - 1] ?? '');
}

/** The signal named by `-9`, `-KILL`, `-s KILL`, `--signal=KILL`; TERM by default, null when it is not fixed text. */
function signalOf(texts: readonly string[]): string | null {
  const end = texts.findIndex((text) => text === '' || text === '--');
  const options = end < 0 ? texts : texts.slice(0, end);
  for (const [index, text] of options.entries()) {
    if (/^(?:-s|-n|--signal)$/.test(text)) return texts[index + 1] || null;
    const signal = attachedSignal(text);
    if (signal) return signal;
  }
  return 'TERM';
}

function attachedSignal(text: string): string | undefined {
  return (/^(?:-s|--signal=)(.+)$/.exec(text) ?? /^-([0-9]+|(?:SIG)?[A-Z]{3,}[0-9+-]*)$/.exec(text))?.[1];
}
