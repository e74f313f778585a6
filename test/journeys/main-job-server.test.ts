import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { startDemoHost } from '#test/support/demo-host.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { playMainStory, problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { textOf } from '#test/support/playground-client.ts';
import { startBot, type TestBot } from '#test/support/start-bot.ts';

describeWithPeer('postgres', 'the main job with PostgreSQL', (serverUrl) => {
  describeWithPeer('sshd', 'and a real OpenSSH server', () => {
    let bot: TestBot;
    const toClose: (() => Promise<unknown>)[] = [];
    beforeAll(async () => {
      const directory = await mkdtemp(join(tmpdir(), 'recourse-demo-'));
      toClose.push(() => rm(directory, { recursive: true, force: true }));
      const database = await createFreshDatabase(serverUrl);
      toClose.push(database.drop);
      const { sshd, hostsFile } = await startDemoHost(directory);
      toClose.push(async () => sshd.stop());
      bot = await startBot({
        DATABASE_URL: database.url,
        RECOURSE_HOSTS: hostsFile,
        RECOURSE_SANDBOX: 'off',
      });
      toClose.push(bot.stop);
    });
    afterAll(async () => {
      for (const close of toClose.reverse()) await close();
    });

    it('goes from the question to the folded vote, and the next answer shows it', async () => {
      const { responder } = await playMainStory(bot.playgroundUrl ?? '');
      for (const { id } of await bot.open.core.workspaces.all()) await createFoldWorkspace(bot.open.core)(id);
      const again = await responder.ask(`${problem} again`);
      expect(textOf(again.answer.reply)).toMatch(/Track record: worked \d of \d, last on/);
    });
  });
});
