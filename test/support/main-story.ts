import { expect } from 'vitest';
import { textOf } from './playground-client.ts';
import { createResponder, hasButton, type Responder } from './responder.ts';

export const problem = 'disk is filling up on demo-web-01, nginx returns 500';

/** Who must press Approve for a step, read off its card as a person would. */
export function approversFor(text: string): readonly ('rae' | 'ada' | 'ben')[] {
  if (text.includes('Risk: read-only')) return ['rae'];
  return text.includes('Risk: mutating') ? ['ada'] : ['ada', 'ben'];
}

/** Plays the run that waits in a thread to its end; returns the texts of all step cards. */
export async function playRun(responder: Responder, thread: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for (;;) {
    const card = await responder.waitFor(
      thread,
      'a step or the verdict',
      ({ reply }) => hasButton(reply, 'approve') || hasButton(reply, 'worked'),
    );
    if (hasButton(card.reply, 'worked')) return texts;
    const waiting = textOf(card.reply);
    if (!waiting.includes('Risk: read-only')) {
      expect(waiting).toMatch(/Waits for .*other than Rae/);
      await responder.press('rae', thread, card, 'approve');
      await responder.waitFor(thread, 'the refusal for the requester', ({ onlyFor }) => onlyFor === 'rae');
    }
    const ended = await responder.approve(thread, approversFor(waiting));
    texts.push(textOf(ended.reply));
    expect(ended.reply.tone, textOf(ended.reply)).toBe('good');
  }
}

/** The whole main job over HTTP alone: ask, choose, approve, run, validate, vote. Returns the thread. */
export async function playMainStory(
  url: string,
): Promise<{ readonly responder: Responder; readonly thread: string }> {
  const responder = createResponder(url);
  const { thread, answer } = await responder.ask(problem);
  const answered = textOf(answer.reply);
  expect(answered).toContain('1. Disk full');
  expect(answered).toMatch(/Past case/);
  expect(answered.match(/^\d\. /gm)?.length).toBeLessThanOrEqual(3);

  const { submitted } = await responder.use(thread, answer);
  expect(submitted.body.kind).toBe('accepted');
  const steps = await playRun(responder, thread);
  expect(steps[0]).toContain('100%');
  expect(steps.findLast((step) => !step.includes('Check again'))).toContain('active');

  const verdict = await responder.waitForButton(thread, 'worked');
  expect(textOf(verdict.reply)).toContain('Did this solve it?');
  await responder.press('rae', thread, verdict, 'worked');
  await responder.waitFor(thread, 'the vote on the card', ({ reply }) => textOf(reply).includes('👍 Rae'));
  return { responder, thread };
}
