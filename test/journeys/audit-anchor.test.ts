import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runToEnd } from '#test/support/bot-process.ts';
import { eventually } from '#test/support/slack/team.ts';
import { startBot } from '#test/support/start-bot.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-anchored-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a bot anchors its audit log in a file and a channel, once more when it stops, and the shell checks it', async () => {
  const environment = {
    RECOURSE_DATA_DIR: join(folder, 'data'),
    RECOURSE_AUDIT_ANCHOR: join(folder, 'anchor.jsonl'),
    RECOURSE_AUDIT_CHANNEL: 'playground:playground/ops',
    RECOURSE_SANDBOX: 'off',
  };
  const bot = await startBot(environment);
  const [workspace] = await bot.open.core.workspaces.all();
  if (!workspace) throw new Error('no workspace');
  await bot.open.secrets.put(workspace.id, 'a/b', 'value');
  await bot.open.secrets.put(workspace.id, 'a/b', 'value');
  await bot.close();
  const anchors = (await readFile(environment.RECOURSE_AUDIT_ANCHOR, 'utf8')).trim().split('\n');
  expect(JSON.parse(anchors.at(-1) ?? '')).toMatchObject({ workspace: workspace.id, sequence: 2 });

  const again = await startBot(environment);
  const posts = () => again.open.conversationLog.channel(workspace.id, 'ops', 10);
  await eventually(async () => expect(await posts()).toHaveLength(1));
  await again.close();
  const checked = await runToEnd('cli.ts', ['audit', 'verify'], environment);
  expect(checked).toMatchObject({ code: 0, err: '' });
  expect(checked.out).toMatch(/every entry fits up to 3:[0-9a-f]{64}, 2 anchors agree/);
});
