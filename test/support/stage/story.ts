import { expect } from 'vitest';
import { problem } from '#test/support/main-story.ts';
import { type Card, hasButton, type Stage, type Who, waitForButton, waitForCard } from './stage.ts';

/** Somebody describes a problem; returns the thread, and the answer in it. */
export async function ask(stage: Stage, text: string = problem, who: Who = 'rae') {
  const thread = await stage.say(who, text);
  return { thread, answer: await waitForButton(stage, thread, 'use', who) };
}

/** Starts the best solution with what its form was pre-filled with; returns the card of the first step. */
export async function use(stage: Stage, thread: string, answer: Card, who: Who = 'rae'): Promise<Card> {
  await stage.press(who, answer, 'use', thread);
  expect(await (await stage.form(who)).submit()).toBeUndefined();
  return waitForButton(stage, thread, 'approve');
}

/** Who must press Approve for a step, read off its card as a person would. */
function approversFor({ words }: Card): readonly Who[] {
  if (/Risk:?\s*read-only/.test(words)) return ['rae'];
  return /Risk:?\s*mutating/.test(words) ? ['ada'] : ['ada', 'ben'];
}

/** The card as it is once it says something. */
export const until = (stage: Stage, thread: string, { id }: Card, what: RegExp): Promise<Card> =>
  waitForCard(stage, thread, `${what}`, (card) => card.id === id && what.test(card.words));

/** Plays the run that waits in a thread to its end; returns what its step cards say. */
export async function playRun(stage: Stage, thread: string): Promise<readonly string[]> {
  const said: string[] = [];
  for (;;) {
    const card = await waitForCard(
      stage,
      thread,
      'a step or the verdict',
      (one) => hasButton(one, 'approve') || hasButton(one, 'worked'),
    );
    if (hasButton(card, 'worked')) return said;
    for (const who of approversFor(card)) await stage.press(who, card, 'approve', thread);
    const ended = await until(stage, thread, card, /succeeded|failed|timed out|unknown/);
    expect(ended.words).toMatch(/succeeded, approved by/);
    said.push(ended.words);
  }
}

/**
 * The main job: question, answer, form (wrong, then right), steps, verdict, a reaction on and off and on again. `fold`
 * learns from it, and the next answer shows that.
 */
export async function playStory(stage: Stage, fold: () => Promise<unknown>): Promise<void> {
  const { thread, answer } = await ask(stage);
  expect(answer.words).toContain('1. Disk full');

  await stage.press('rae', answer, 'use', thread);
  expect(await (await stage.form('rae')).submit({ host: 'no-such-host' })).toMatch(/no-such-host|No host/i);
  expect(await (await stage.form('rae')).submit({ host: 'demo-web-01' })).toBeUndefined();

  const steps = await playRun(stage, thread);
  expect(steps[0]).toContain('100%');
  expect(steps.findLast((step) => !step.includes('Check again'))).toContain('active');

  const verdict = await waitForButton(stage, thread, 'worked');
  for (const present of [true, false, true]) {
    await stage.react('rae', verdict.id, '👍', present, thread);
    await waitForCard(
      stage,
      thread,
      present ? 'the vote on the card' : 'a card without the vote',
      (card) => card.id === verdict.id && /👍 rae/i.test(card.words) === present,
    );
  }
  expect(await stage.command('vic', 'help')).toContain('/recourse');
  expect(await stage.home('rae')).toMatch(/What works/);

  await fold();
  const again = await ask(stage, `${problem} again`);
  expect(again.answer.words).toMatch(/worked \d of \d, last on/);
}

/** Skips what only looks, until a step would change something; returns its card. */
export async function skipToChange(stage: Stage, thread: string): Promise<Card> {
  for (;;) {
    const card = await waitForButton(stage, thread, 'approve');
    if (!approversFor(card).includes('rae')) return card;
    await stage.press('rae', card, 'skip', thread);
    await until(stage, thread, card, /skipped by/);
  }
}
