import type { AttemptFate } from '#ports/remote-shell.ts';

/** What the answer to an inquiry script means. Pure; every doubt is `unknown`. */
export function readFate(answer: string, token: string): AttemptFate {
  const words = answer
    .split('\n')
    .filter((line) => line.startsWith(`${token} `))
    .map((line) => line.slice(token.length + 1).split(' '));
  if (!words.some(([word]) => word === 'end')) return unknown('the host did not answer in time');
  const suffixes = words.filter(([word]) => word === 'record').map(([, name = '']) => suffixOf(name));
  const exit = suffixes.find(([kind]) => kind === 'exit');
  const run = suffixes.find(([kind]) => kind === 'run');
  const alive = words.find(([word]) => word === 'alive');
  const ran = run && readRun(run, alive?.[1]);
  if (exit !== undefined) return readExit(exit, ran);
  if (suffixes.some(([kind]) => kind === 'never')) return { kind: 'never-started' };
  if (ran !== undefined) return ran;
  return unknown(
    suffixes.length > 0
      ? 'the host took it, but has no record that it began'
      : 'the host keeps no record, and could not make one',
  );
}

/** `ATTEMPT.run.4711.99` → `['run', '4711', '99']`: an attempt's name has no dots. */
function suffixOf(name: string): readonly string[] {
  return name.split('.').slice(1);
}

/** What ended by itself may have left something in the background on purpose; what a signal ended has left who outlived it. */
function readExit([, code = '']: readonly string[], ran: AttemptFate | undefined): AttemptFate {
  const exitCode = Number(code);
  if (isSignal(exitCode) && ran?.kind === 'running') return ran;
  return Number.isInteger(exitCode) ? { kind: 'exited', exitCode } : unknown('its record cannot be read');
}

/** Death by a signal is noted as 128 + n, and no system has more than 64 signals. */
const isSignal = (exitCode: number): boolean => exitCode > 128 && exitCode <= 192;

/**
 * The group's leader may have ended before others of its group: then no process has the id, and the start is 0. After a restart
 * of the host such a group may be anybody's.
 */
function readRun([, group = '', began]: readonly string[], startNow: string | undefined): AttemptFate {
  const isSure = began !== '0' && startNow === began;
  const mayBe = isSure || startNow === '0' || (began === '0' && startNow !== undefined);
  if (mayBe) return { kind: 'running', group: Number(group), isSure };
  return { kind: 'gone' };
}

function unknown(why: string): AttemptFate {
  return { kind: 'unknown', why };
}
