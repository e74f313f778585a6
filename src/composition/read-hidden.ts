import type { ReadStream } from 'node:tty';
import { Fault } from '#domain/fault.ts';

interface HiddenInput {
  readonly input: Pick<ReadStream, 'setRawMode' | 'setEncoding' | 'on' | 'off' | 'resume' | 'pause'>;
  readonly output: { write(text: string): unknown };
  readonly prompt: string;
}

/** What a terminal sends for the Enter, Backspace, Ctrl-C and Ctrl-D keys. */
const enter: readonly string[] = ['\r', '\n'];
const backspace: readonly string[] = ['\b', '\u007f'];
const giveUp: readonly string[] = ['\u0003', '\u0004'];

/** One line typed on a terminal, of which nothing is shown. Throws a Fault when the person gives up. */
export function readHidden({ input, output, prompt }: HiddenInput): Promise<string> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding('utf8');
  let typed: readonly string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const take = (key: string): void => {
    if (enter.includes(key)) resolve(typed.join(''));
    else if (giveUp.includes(key)) reject(givenUp());
    else typed = backspace.includes(key) ? typed.slice(0, -1) : [...typed, key];
  };
  // What is pasted comes as one piece.
  const hear = (text: string): void => {
    for (const key of text) take(key);
  };
  input.on('data', hear);
  input.resume();
  return promise.finally(() => {
    input.off('data', hear);
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  });
}

function givenUp(): Fault {
  return new Fault('rejected', 'given-up', 'Nothing was entered.', 'Nothing was changed.');
}
