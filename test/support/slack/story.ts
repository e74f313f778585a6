import { expect } from 'vitest';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import type { Role } from '#domain/person.ts';
import { approversFor, problem } from '#test/support/main-story.ts';
import type { TestBot } from '#test/support/start-bot.ts';
import { startBot } from '#test/support/start-bot.ts';
import { channels, type LocalSlack, team, tokens, type User, users } from './local-slack.ts';
import { createSlackResponder, type SlackResponder, wordsOf } from './responder.ts';

const roles: Readonly<Record<User, Role>> = {
  rae: 'responder',
  ada: 'approver',
  ben: 'approver',
  vic: 'viewer',
  max: 'admin',
};

/** The whole bot in the team of the test server, with its sandbox host, and everybody in their roles. */
export async function startSlackBot(
  slack: LocalSlack,
  mode: 'socket' | 'http',
  environment: Readonly<Record<string, string>> = {},
): Promise<TestBot> {
  const bot = await startBot({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: tokens.bot,
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: tokens.app } : { SLACK_SIGNING_SECRET: tokens.signing }),
    RECOURSE_PLAYGROUND: 'off',
    RECOURSE_SANDBOX: 'on',
    ...environment,
  });
  slack.proxy.botUrls = [...slack.proxy.botUrls, `http://${bot.publicAddress}/slack/events`];
  const workspace = await workspaceOf(bot);
  await bot.open.core.unitOfWork.within(workspace.id, async ({ people }) => {
    for (const [name, role] of Object.entries(roles)) await people.setRole(users[name as User], name, role);
  });
  return bot;
}

export async function workspaceOf(bot: TestBot) {
  const workspace = (await bot.open.core.workspaces.all()).find(({ externalId }) => externalId === team.id);
  if (!workspace) throw new Error('The bot has not entered the team');
  return workspace;
}

/** Plays the run that waits in a thread to its end; returns what its step cards say. */
export async function playSlackRun(responder: SlackResponder, thread: string): Promise<readonly string[]> {
  const { waitFor, hasButton, press } = responder;
  const said: string[] = [];
  for (;;) {
    const card = await waitFor(
      thread,
      'a step or the verdict',
      (message) => hasButton(message, 'approve') || hasButton(message, 'worked'),
    );
    if (hasButton(card, 'worked')) return said;
    const waiting = wordsOf(card);
    if (!waiting.includes('read-only')) {
      await press('rae', card, 'approve');
      await waitFor(
        thread,
        'the refusal for the requester',
        ({ ephemeral_to }) => ephemeral_to === users.rae,
      );
    }
    for (const user of approversFor(waiting.replace(/Risk: \n/, 'Risk: ')))
      await press(user, card, 'approve');
    const ended = await waitFor(
      thread,
      'the end of the step',
      (message) => message.ts === card.ts && /succeeded|failed|timed out|unknown/.test(wordsOf(message)),
    );
    expect(wordsOf(ended)).toMatch(/succeeded, approved by/);
    said.push(wordsOf(ended));
  }
}

/** The main job: message, card, form (wrong, then right), steps, result, reaction on and off, fold, rate. */
export async function playSlackStory(slack: LocalSlack, bot: TestBot): Promise<void> {
  const responder = createSlackResponder(slack);
  const { thread, answer } = await responder.ask(problem);
  expect(wordsOf(answer)).toContain('1. Disk full');

  await responder.press('rae', answer, 'use');
  const modal = await slack.screen.modal();
  responder.submit('rae', modal, { host: 'no-such-host' });
  await expect.poll(() => Object.keys(slack.screen.errors())).toEqual(['host']);
  responder.submit('rae', modal);
  await expect.poll(() => slack.screen.openModals()).toBe(0);

  const steps = await playSlackRun(responder, thread);
  expect(steps[0]).toContain('100%');
  expect(steps.findLast((step) => !step.includes('Check again'))).toContain('active');

  const verdict = await responder.waitForButton(thread, 'worked');
  const votes = (present: boolean) =>
    responder.waitFor(
      thread,
      present ? 'the vote on the card' : 'a card without the vote',
      (message) => message.ts === verdict.ts && wordsOf(message).includes('👍 rae') === present,
    );
  await responder.react('rae', verdict, '+1', true);
  await votes(true);
  await responder.react('rae', verdict, '+1', false);
  await votes(false);
  await responder.react('rae', verdict, '+1::skin-tone-3', true);
  await votes(true);

  await slack.act('command', {
    channel: channels.incidents,
    user: users.vic,
    command: '/recourse',
    text: 'help',
  });
  const help = (await slack.messages()).findLast(({ ephemeral_to }) => ephemeral_to === users.vic);
  expect(wordsOf(help ?? { text: '' })).toContain('/recourse');
  await slack.act('open-home', { user: users.rae });
  expect((await slack.screen.home(users.rae)).blocks.length).toBeGreaterThan(0);

  const report = await createFoldWorkspace(bot.open.core)((await workspaceOf(bot)).id);
  expect(report).toMatchObject({ solutions: 1 });
  const again = await responder.ask(`${problem} again`);
  expect(wordsOf(again.answer)).toMatch(/worked \d of \d, last on/);
}
