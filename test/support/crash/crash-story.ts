import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BotProcess } from '#test/support/bot-process.ts';
import { actionOf, buttonsOf, textOf } from '#test/support/playground-client.ts';
import { createResponder, type Responder } from '#test/support/responder.ts';
import type { Fate } from './bot-that-dies.ts';
import { arm, type CrashStage, problems, type Round } from './crash-stage.ts';
import type { Moment } from './moments.ts';

/** Where the bot is killed: at a moment of its own, or when the host has noted that the command begins. */
export type Death = Moment | 'marked' | 'sending-again' | 'exited-again';

/** What only reads is tried again, and comes to some moments once more. */
const isOfTries = (death: Death): boolean => death.endsWith('-again');

/** How often the try that the bot dies with was begun on the host, or the change, which is tried once. */
const begun = ({ times }: Round, death: Death): number =>
  isOfTries(death) ? times('tries') - 1 : times('change');

/** What became of the change, as its thread tells it. */
export interface Aftermath {
  readonly ending: 'succeeded' | 'cancelled' | 'unknown';
  /** From the kill until the thread said that it is unknown, and until it said what the host knows; ms. */
  readonly toldMs: number | null;
  readonly askedMs: number | null;
  readonly times: number;
}

/** Longer than the promise of 60 s: whether it was kept is judged by the figures. */
const patienceMs = 90_000;

/** The host confirmed it before the kill. */
const cancelled = '⏹ cancelled.';
export const lost = 'Whether it ended there is unknown';
const hostSays = /the host (says|cannot tell)/;

/** One bot that is killed while a change goes its way and a check waits for approval, and started again. */
export async function playCrash(stage: CrashStage, death: Death, round: number): Promise<Aftermath> {
  await using own = await stage.open(death === 'cancelling' ? 8 : 0.3);
  const dying = await own.start('dying');
  const before = createResponder(dying.url, patienceMs);
  const change = await propose(before, isOfTries(death) ? problems.tries : problems.change);
  const check = await propose(before, problems.check);
  await killAt(stage, { own, dying, before, thread: change, death, round });
  const killedAt = Date.now();
  const bot = await own.start();
  const after = createResponder(bot.url, patienceMs);
  const aftermath = await readAftermath(after, () => begun(own, death), change, killedAt);
  await choose(after, own, { thread: change, aftermath, death, round });
  await pressWaiting(after, own, check);
  return aftermath;
}

/** Asks, chooses the runbook that fits, and waits for its first card. */
export async function propose(responder: Responder, problem: string): Promise<string> {
  const { thread, answer } = await responder.ask(`${problem} on demo-web-01`);
  await responder.use(thread, answer);
  await responder.waitForButton(thread, 'approve');
  return thread;
}

interface Killing {
  readonly own: Round;
  readonly dying: BotProcess;
  readonly before: Responder;
  readonly thread: string;
  readonly death: Death;
  readonly round: number;
}

async function killAt(stage: CrashStage, killing: Killing): Promise<void> {
  const { own, dying, before, thread, death, round } = killing;
  // A moment that never comes must not wait for the whole campaign to end.
  const gone = once(dying.child, 'exit', { signal: AbortSignal.timeout(patienceMs) });
  const card = await before.waitForButton(thread, 'approve');
  if (death === 'cancelling') {
    await before.press('ada', thread, card, 'approve');
    await until(() => own.times('change') === 1);
    await arm(dying, { moment: death, spare: 0, afterMs: round * 60, signal: 'SIGKILL' });
    await before
      .press('rae', thread, await before.waitForButton(thread, 'stop'), 'stop')
      .catch(() => undefined);
  } else if (death === 'marked') {
    const [, id] = actionOf(card.reply, 'approve').split(':');
    await before.press('ada', thread, card, 'approve');
    await until(() => isMarked(stage, id ?? ''));
    dying.child.kill('SIGKILL');
  } else {
    await arm(dying, { ...fateOf(death, round), signal: 'SIGKILL' });
    // The answer to the press may die with the bot.
    await before.press('ada', thread, card, 'approve').catch(() => undefined);
  }
  await gone;
}

function fateOf(death: Exclude<Death, 'marked'>, round: number): Omit<Fate, 'signal'> {
  if (death === 'sending-again') return { moment: 'sending', spare: 1, afterMs: round };
  if (death === 'exited-again') return { moment: 'exited', spare: 1, afterMs: 0 };
  // So many posts there are at least: more of them may be merged into one.
  const spare = death === 'posting' || death === 'posted' ? round % 3 : 0;
  return { moment: death, spare, afterMs: death === 'sending' ? round : 0 };
}

/** The host's record that the attempt begins. */
function isMarked({ sshd }: CrashStage, id: string): boolean {
  const records = join(sshd.dir, '.recourse');
  return existsSync(records) && readdirSync(records).some((name) => name.startsWith(`${id}.run.`));
}

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !holds(); await sleep(1))
    if (Date.now() > deadline) throw new Error('it never came to that');
}

async function readAftermath(
  after: Responder,
  timesBegun: () => number,
  thread: string,
  killedAt: number,
): Promise<Aftermath> {
  const first = await after.waitFor(
    thread,
    'an end of the change',
    ({ reply }) =>
      textOf(reply).includes(lost) ||
      (reply.summary.startsWith('Step 1') && (reply.tone === 'good' || textOf(reply).includes(cancelled))),
  );
  if (!textOf(first.reply).includes(lost)) {
    const ending = textOf(first.reply).includes(cancelled) ? 'cancelled' : 'succeeded';
    return { ending, toldMs: null, askedMs: null, times: timesBegun() };
  }
  const toldMs = Date.now() - killedAt;
  const said = await after.waitFor(
    thread,
    'what the host knows',
    ({ reply }) =>
      !reply.summary.startsWith('Step') &&
      hostSays.test(textOf(reply)) &&
      !textOf(reply).includes('still runs'),
  );
  const times = timesBegun();
  const words = textOf(said.reply);
  if (words.includes('never began')) expect(times, words).toBe(0);
  if (words.includes('exit code')) expect(times, words).toBe(1);
  return { ending: 'unknown', toldMs, askedMs: Date.now() - killedAt, times };
}

interface Choosing {
  readonly thread: string;
  readonly aftermath: Aftermath;
  readonly death: Death;
  readonly round: number;
}

/** What a person does then: goes on with the next step, or has the step run again by a new approval. */
async function choose(
  after: Responder,
  own: Round,
  { thread, aftermath: { ending, times }, death, round }: Choosing,
): Promise<void> {
  expect(begun(own, death)).toBe(times);
  // That run was stopped; nothing is left to choose in it.
  if (death === 'cancelling') return;
  if (ending === 'unknown') {
    const card = await after.waitForButton(thread, 'retry');
    if (round % 2 === 0) {
      await after.press('rae', thread, card, 'retry');
      await after.approve(thread, ['ada']);
      // The step with tries succeeds the third time that it is asked.
      expect(begun(own, death)).toBe(isOfTries(death) ? 2 : times + 1);
    } else await after.press('rae', thread, card, 'skip');
  }
  const verify = await after.waitForButton(thread, 'approve');
  expect(verify.reply.summary).toContain('Step 2 of 2');
  const cards = (await after.replies(thread)).filter(({ reply }) => reply.summary.startsWith('Step 2'));
  expect(cards).toHaveLength(1);
  await after.approve(thread, ['rae']);
  await after.waitForButton(thread, 'worked');
  if (ending !== 'unknown' || round % 2 !== 0) expect(begun(own, death)).toBe(times);
}

/** What waited for an approval before the crash can be approved after it, and runs once. */
async function pressWaiting(after: Responder, own: Round, thread: string): Promise<void> {
  expect(own.times('check')).toBe(0);
  const ended = await after.approve(thread, ['ada']);
  expect(ended.reply.tone, textOf(ended.reply)).toBe('good');
  expect(own.times('check')).toBe(1);
  expect(buttonsOf(ended.reply)).toEqual([]);
}
