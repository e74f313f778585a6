import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playMainStory, problem } from '#test/support/main-story.ts';
import { textOf } from '#test/support/playground-client.ts';
import { startBot, type TestBot } from '#test/support/start-bot.ts';

describe('the main job over HTTP, embedded database and sandbox host', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.stop());

  it('goes from the question to the folded vote, and the next answer shows it', async () => {
    const { responder } = await playMainStory(bot.playgroundUrl ?? '');
    const [workspace] = await bot.open.core.workspaces.all();
    if (!workspace) throw new Error('no workspace');
    const { createFoldWorkspace } = await import('#application/fold-signals.ts');
    const report = await createFoldWorkspace(bot.open.core)(workspace.id);
    expect(report).toMatchObject({ solutions: 1 });

    const again = await responder.ask(`${problem} again`);
    expect(textOf(again.answer.reply)).toMatch(/Disk full\n.*\n?Track record: worked \d of \d, last on/s);
  });
});
