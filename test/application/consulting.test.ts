import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOpenaiChatModel } from '#adapters/openai/create-openai-chat-model.ts';
import { loadPrompts } from '#adapters/prompts/load-prompts.ts';
import { createAskModel } from '#application/ask-model.ts';
import { createConsultModel } from '#application/consult-model.ts';
import { createTestBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { type ModelServer, startModelServer } from '#test/support/model-server.ts';
import { startRun } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('a model that is asked why a run did not help', (open) => {
  let bot: TestBot;
  let db: TestDatabase;
  let server: ModelServer;
  useOwnBot(open, (made) => {
    ({ bot, db } = made);
  });
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());

  const quoted = knownSecret.replace('sesame', '"sesame"');
  const steps = [
    { section: 'Fix', command: 'echo fixed >> consulted.txt' },
    { section: 'Verify', command: `echo queue 9 ${quoted} of 10 full; false` },
  ];
  /** From now on the model answers so. */
  const says = (answer: unknown) =>
    server.answer(() => ({
      body: {
        choices: [{ message: { content: typeof answer === 'string' ? answer : JSON.stringify(answer) } }],
      },
    }));
  const good = {
    cause: 'runbook-insufficient',
    why: 'the queue is still full after the fix',
    steps: [
      { kind: 'diagnostic', title: 'How full the queue is.', command: 'du -sh /srv/queue' },
      { kind: 'remediation', title: 'Empty the queue.', command: 'rm -rf /srv/queue/old' },
    ],
  };
  /** A run whose verification fails, with a model in the bot; what the queue would then do. */
  const fail = async () => {
    const settings = { ...bot.core.settings, consults: true };
    const askModel = createAskModel({
      chatModel: createOpenaiChatModel({ model: 'scripted', apiKey: null, baseUrl: server.url }),
      prompts: loadPrompts(['better-runbook']),
      redact: bot.core.redact,
      ids: db.ids,
    });
    bot = await createTestBot(db, undefined, {
      in: bot.workspace,
      shell: bot.core.shell,
      settings,
      askModel,
    });
    const run = await startRun(bot, steps, 'Puffin relay stuck');
    await run.approve('ada');
    await run.approve('ada');
    await run.press('rae', 'stop');
    const job = db.jobs.find((one) => one.kind === 'consult-model');
    if (job?.kind !== 'consult-model') throw new Error('nobody asks the model');
    const consult = createConsultModel(bot.core);
    return () => consult(job.workspace, job.runId, new AbortController().signal);
  };
  const waiting = () => bot.within(({ reviews }) => reviews.waiting(10));
  const consulted = async () =>
    (await bot.within(({ audit }) => audit.after(0, 1000))).filter(({ event }) => event === 'run.consulted');

  it('gets nothing that is secret, and its steps are judged by the rules and wait for a person', async () => {
    says(good);
    const consult = await fail();
    await consult();
    const [request] = server.requests;
    expect(JSON.stringify(request?.body)).not.toContain(knownSecret);
    expect(JSON.stringify(request?.body)).toContain('queue 9 [redacted] of 10 full');
    const [review, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(review).toMatchObject({ version: 3, author: 'recourse', source: 'model', before: { version: 1 } });
    expect(review?.why).toContain(
      'A model proposes further steps: How full the queue is.; Empty the queue..',
    );
    expect(review?.evidence).toContain('scripted (better-runbook v1) says, and nobody has checked it');
    expect(review?.text).toContain('rm -rf /srv/queue/old');
    const content = review?.content.kind === 'runbook' ? review.content.runbook : undefined;
    expect(content?.steps.at(-1)).toMatchObject({
      kind: 'remediation',
      notes: expect.stringMatching(/Nobody has run it\.\n\nThis can destroy something/),
    });
    expect((await bot.within(({ solutions }) => solutions.named('puffin-relay-stuck')))?.version).toBe(1);
    expect(await consulted()).toMatchObject([{ details: { cause: 'runbook-insufficient', steps: 2 } }]);
    // The queue may bring a job twice.
    await consult();
    expect(await waiting()).toHaveLength(1);
    expect(await consulted()).toHaveLength(1);
  });

  it('is only quoted where it blames something else', async () => {
    says({ ...good, cause: 'environment', why: 'the disk of the queue is full' });
    await (await fail())();
    const [review] = await waiting();
    expect(review).toMatchObject({ version: 2 });
    expect(review?.evidence).toContain('environment. the disk of the queue is full');
    expect(review?.text).not.toContain('rm -rf');
    expect(await consulted()).toMatchObject([{ details: { cause: 'environment', steps: 0 } }]);
  });

  it('puts in nothing that is a secret, no command, or not of this runbook', async () => {
    const step = (command: unknown, kind = 'remediation') => ({ kind, title: 'Do it.', command });
    says({ ...good, steps: [step(`login ${knownSecret}`), step('ls {{nowhere}}'), step(7)] });
    await (await fail())();
    expect(await waiting()).toMatchObject([{ version: 2 }]);
    expect(JSON.stringify(await waiting())).not.toContain(knownSecret);
  });

  it.each([
    ['prose', 'I would restart it.'],
    ['another shape', { cause: 'gremlins', why: 'x', steps: [] }],
    ['a lot', 'x'.repeat(50_000)],
  ])('is passed over where it answers with %s', async (_, answer) => {
    says(answer);
    await (await fail())();
    expect(await waiting()).toMatchObject([{ version: 2 }]);
    expect(await consulted()).toEqual([]);
  });

  it('is asked again by the queue while it is away, and not after somebody decided', async () => {
    server.answer(() => ({ status: 503, headers: { 'x-should-retry': 'false' }, body: {} }));
    const consult = await fail();
    await expect(consult()).rejects.toMatchObject({ kind: 'unavailable' });
    server.answer(() => ({ status: 401, body: {} }));
    await consult();
    const [review] = await waiting();
    const action = { verb: 'reject-version', id: review?.versionId ?? '' } as const;
    await bot.submit('ada', null, action, { notes: 'the check is right' });
    says(good);
    await consult();
    expect(server.requests).toEqual([]);
    expect(await waiting()).toEqual([]);
  });
});
