import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOpenaiChatModel } from '#adapters/openai/create-openai-chat-model.ts';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { captures } from '#adapters/postgres/schema/captures.ts';
import { loadPrompts } from '#adapters/prompts/load-prompts.ts';
import { createAskModel } from '#application/ask-model.ts';
import { createDraftSettled } from '#application/draft-settled.ts';
import { createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { type ModelServer, startModelServer } from '#test/support/model-server.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnEmbedded('a draft that a model words', (open) => {
  let db: TestDatabase;
  let server: ModelServer;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    server = await startModelServer();
    bot = await createOwnBot(db);
    await bot.command('max', 'mode', 'auto');
  });
  afterAll(() => server.close());

  const said = [
    ['rae', 'checkout returns 502, nginx on web-07'],
    ['ada', `tried \`curl -H "Authorization: Bearer ${knownSecret}" http://web-07/\`, upstream timed out`],
    ['ada', 'root cause: the connection pool of nginx was exhausted after the deploy'],
    ['ben', 'I restarted it with `systemctl restart nginx`, that fixed it'],
    ['rae', 'confirmed, checkout is back to normal, resolved'],
  ] as const;
  const good = {
    title: 'Checkout answers 502',
    symptoms: 'The checkout answered 502; the upstream of nginx timed out.',
    rootCause: 'The deploy had left nginx without free connections in its pool.',
    resolution: 'Restart nginx with `systemctl restart nginx`, which empties its pool.',
    validation: null,
  };
  /** The words of the draft that is posted where the model answers so. */
  const drafted = async (answer: unknown): Promise<string> => {
    server.answer(() => ({
      body: {
        choices: [{ message: { content: typeof answer === 'string' ? answer : JSON.stringify(answer) } }],
      },
    }));
    return draft();
  };
  const draft = async (): Promise<string> => {
    const [[, problem], ...rest] = said;
    const thread = await bot.say('rae', problem);
    for (const [who, text] of rest) await bot.say(who, text, { thread });
    const messages = said.map(([author, text], at) => {
      return { id: String(at), author, name: author, isBot: false, at: at * 60_000, text, reactions: [] };
    });
    await inWorkspace(db.open.database, bot.workspace, (executor) =>
      executor.update(captures).set({ dueAt: 0 }),
    );
    const askModel = createAskModel({
      chatModel: createOpenaiChatModel({ model: 'scripted', apiKey: null, baseUrl: server.url }),
      prompts: loadPrompts(['case-draft']),
      redact: bot.core.redact,
      ids: db.ids,
    });
    const readThread = async () => ({ messages, isWhole: true });
    await createDraftSettled({ ...bot.core, readThread, askModel })(bot.workspace);
    await bot.settle();
    const card = (await bot.replies(thread)).find(({ summary }) => summary.startsWith('Draft'));
    return textOf(card);
  };

  it('has its words beside the commands as they were, says so, and gave nothing secret away', async () => {
    const text = await drafted(good);
    for (const words of Object.values(good))
      if (words !== null) expect(text).toContain(JSON.stringify(words).slice(1, -1));
    expect(text).toContain('$ systemctl restart nginx');
    expect(text).toContain('checkout is back to normal');
    expect(text).toContain('Worded by scripted (case-draft v1)');
    expect(server.requests).toHaveLength(1);
    const request = JSON.stringify(server.requests[0]?.body);
    expect(request).toContain('connection pool of nginx');
    expect(request).not.toContain(knownSecret);
  });

  it('keeps the words of the thread where the model has a command that nobody ran, or a secret', async () => {
    const text = await drafted({
      ...good,
      resolution: 'Restart it with `rm -rf /var/lib/nginx`.',
      rootCause: `The password was ${knownSecret}.`,
    });
    expect(text).not.toContain('rm -rf');
    expect(text).toContain('I restarted it with systemctl restart nginx');
    expect(text).not.toContain(knownSecret);
    expect(text).toContain(good.title);
  });

  it.each([
    ['prose', 'I would restart it.'],
    ['another shape', { title: 'x' }],
    ['a lot', 'x'.repeat(50_000)],
  ])('keeps them where the model answers with %s', async (_, answer) => {
    const text = await drafted(answer);
    expect(text).toContain('root cause: the connection pool of nginx');
    expect(text).not.toContain('Worded by');
  });

  it('keeps them where the model is away', async () => {
    server.answer(() => ({ status: 503, headers: { 'x-should-retry': 'false' }, body: {} }));
    expect(await draft()).toContain('root cause: the connection pool of nginx');
  });
});
