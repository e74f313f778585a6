import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenGuild, openGuild } from '#test/support/discord/open-guild.ts';
import { problem } from '#test/support/main-story.ts';
import { type Who, waitForButton, waitForCard, waitForNotice } from '#test/support/stage/stage.ts';
import { ask, until, use } from '#test/support/stage/story.ts';

let opened: OpenGuild;
beforeAll(async () => {
  opened = await openGuild();
});
afterAll(() => opened[Symbol.asyncDispose]());

/** Fills the form in wrongly, reads what is wrong, corrects it; returns what it held at first. */
const fill = async (
  who: Who,
  wrong: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
) => {
  const form = await opened.stage.form(who);
  expect(await form.submit(wrong)).toBeDefined();
  const again = await opened.stage.form(who);
  expect(again.fields).toMatchObject(
    Object.fromEntries(Object.entries(wrong).map(([k, v]) => [k, v.trim()])),
  );
  expect(await again.submit(right)).toBeUndefined();
  return form;
};

it('a solution: more of it, set it aside, see others', async () => {
  const { stage } = opened;
  const { thread, answer } = await ask(stage);
  await stage.press('vic', answer, 'more', thread);
  expect(await waitForNotice(stage, thread, 'vic', /It asks for: host, path, keep/)).toContain('df -h');
  await stage.press('vic', answer, 'dismiss', thread);
  await waitForNotice(stage, thread, 'vic', /your role may only look on/);
  await stage.press('rae', answer, 'dismiss', thread);
  await waitForNotice(stage, thread, 'rae', /Noted: not this one/);
  await stage.press('vic', answer, 'use', thread);
  await waitForNotice(stage, thread, 'vic', /needs the role responder/);
  await stage.press('vic', answer, 'others', thread);
  await waitForCard(stage, thread, 'others', ({ words }) => words.includes('Closest, but not sure'));
});

it('the closest, where nothing is good enough', async () => {
  const { stage } = opened;
  const text = `${stage.mention} elasticsearch cluster is red, shards unassigned on es-03`;
  const thread = await stage.say('rae', text);
  const card = await waitForButton(stage, thread, 'closest');
  await stage.press('vic', card, 'closest', thread);
  await waitForCard(stage, thread, 'the closest', ({ words }) => words.includes('Maybe:'));
});

it('a step: edit, reject, propose again, skip, stop', async () => {
  const { stage } = opened;
  const { thread, answer } = await ask(stage, `${problem}, steps`);
  const first = await use(stage, thread, answer);
  expect(first.words).toMatch(/df -h \S+\/var\/log/);

  await stage.press('ada', first, 'edit', thread);
  const edited = await fill('ada', { path: 'not absolute' }, { path: '/var/log/journal' });
  expect(edited.fields.path).toMatch(/\/var\/log$/);
  await until(stage, thread, first, /replaced by the same step with other values/);
  const second = await waitForButton(stage, thread, 'approve');
  expect(second.words).toContain('df -h /var/log/journal');

  await stage.press('rae', second, 'reject', thread);
  await stage.press('rae', await until(stage, thread, second, /rejected by rae/), 'retry', thread);
  const third = await waitForCard(
    stage,
    thread,
    'another try',
    ({ id, verbs }) => id !== second.id && verbs.includes('approve'),
  );
  await stage.press('rae', third, 'skip', thread);
  await until(stage, thread, third, /skipped by rae/);

  const fourth = await waitForButton(stage, thread, 'approve');
  await stage.press('vic', fourth, 'stop', thread);
  await waitForNotice(stage, thread, 'vic', /needs the role responder/);
  await stage.press('rae', fourth, 'stop', thread);
  await until(stage, thread, fourth, /withdrawn with the run/);
  await waitForButton(stage, thread, 'worked');
});

it('the verdict: three votes, reactions of every kind on and off, a comment, a case saved and edited', async () => {
  const { stage } = opened;
  const { thread, answer } = await ask(stage, `${problem}, verdict`);
  await stage.press('rae', await use(stage, thread, answer), 'stop', thread);
  const verdict = await waitForButton(stage, thread, 'worked');
  for (const [verb, face] of [
    ['worked', '👍'],
    ['partly', '🤔'],
    ['failed', '👎'],
  ] as const) {
    await stage.press('rae', verdict, verb, thread);
    await until(stage, thread, verdict, new RegExp(`Votes: ${face} rae\\.`));
  }
  await stage.press('vic', verdict, 'worked', thread);
  await waitForNotice(stage, thread, 'vic', /A verdict needs the role responder/);
  for (const face of ['👍', '👎', '🤔'] as const) {
    await stage.react('ada', verdict.id, face, true);
    await until(stage, thread, verdict, new RegExp(`${face} ada`));
    await stage.react('ada', verdict.id, face, false);
    await until(stage, thread, verdict, /Votes: 👎 rae\./);
  }
  await stage.press('ben', verdict, 'comment', thread);
  expect(await (await stage.form('ben')).submit({ comment: 'rotation had stopped' })).toBeUndefined();
  await until(stage, thread, verdict, /💬 ben: rotation had stopped/);

  await stage.press('ben', verdict, 'save-case', thread);
  const form = await fill(
    'ben',
    { title: ' ', resolution: ' ' },
    { title: 'Rotation stopped', resolution: 'started it' },
  );
  expect(form.title).toBe('Save as case');
  const saved = await waitForCard(stage, thread, 'the case', ({ words }) =>
    words.includes('Rotation stopped'),
  );
  await stage.press('ben', saved, 'save-case', thread);
  await fill('ben', { resolution: ' ' }, { title: 'Rotation had stopped', resolution: 'started it' });
  await waitForCard(stage, thread, 'the edited case', ({ words }) => words.includes('Rotation had stopped'));
});
