import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOpenaiEmbedder } from '#adapters/openai/create-openai-embedder.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { createEmbedMissing } from '#adapters/postgres/search/embed-missing.ts';
import { createHttpReranker } from '#adapters/rerank/create-http-reranker.ts';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createFoldAlerts } from '#application/fold-alerts.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import {
  actionOf,
  createTestBot,
  openSandbox,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { type ModelRequest, type ModelServer, startModelServer } from '#test/support/model-server.ts';
import { outputOf, startRun } from '#test/support/run-story.ts';
import { someAlert, someRoute } from '#test/support/some-alert.ts';

/** Letters and digits alone, so that it is one word to every index; no word near it says what it is. */
const halves = [`zq8k${'vh3m'}`, `xw7t${'rb5n'}`];
const secret = halves.join('');
/** Another one, in what the operator wrote for the bot: that is kept as it was written, because it has to be what runs. */
const written = [`qj4w${'m2tz'}`, `n9dk${'e6hy'}`].join('');
/** Runbooks, their index, the inventory with its labels, and cards of what they say: those are masked when they are sent. */
const ofOperator =
  /^(?:(?:solution_versions|solutions|search_\w+|hosts)\..*|posts\.reply|incidents\.context)$/;

const either = new RegExp(`${secret}|${written}`, 'i');

interface Planted {
  readonly logged: readonly string[];
  readonly answers: readonly unknown[];
}

describeOnEmbedded('a known secret that stands in everything', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let models: ModelServer;
  let planted: Planted;
  beforeAll(async () => {
    [db, sandbox, models] = [await open(), await openSandbox(), await startModelServer()];
    models.answer(answer);
    planted = await plant(db, sandbox, models.url);
  }, 120_000);
  afterAll(async () => {
    await sandbox?.close();
    await models?.close();
  });

  it('is in no row of the database but where the operator wrote it', async () => {
    const places = await placesOf(db, secret);
    expect(places.all).toBeGreaterThan(40);
    expect(places.found).toEqual([]);
    const operators = (await placesOf(db, written)).found;
    expect(operators).toEqual(expect.arrayContaining(['solution_versions.text', 'posts.reply']));
    expect(operators.filter((place) => !ofOperator.test(place))).toEqual([]);
    expect((await placesOf(db, '[redacted]')).found).toEqual(
      expect.arrayContaining(['inbox.intent', 'run_steps.result', 'alert_events.alert', 'incidents.problem']),
    );
  });

  it('is in nothing that the chat was given', async () => {
    const log = await readRows<{ body: string }>(
      db.open.database,
      sql`select body::text from playground_messages`,
    );
    const said = log.map(({ body }) => body).join('\n');
    expect(said).toContain('[redacted]');
    expect(said).not.toMatch(either);
    expect(planted.answers.length).toBeGreaterThan(3);
    expect(JSON.stringify(planted.answers)).not.toMatch(either);
  });

  it('is in no line of the log', () => {
    expect(planted.logged.join('\n')).toContain('[redacted]');
    expect(planted.logged.join('\n')).not.toMatch(either);
  });

  it('is in no request to a model', () => {
    const asked = models.requests.map(({ path }) => path);
    expect(asked).toEqual(expect.arrayContaining(['/v1/embeddings', '/rerank']));
    expect(JSON.stringify(models.requests)).toContain('[redacted]');
    expect(JSON.stringify(models.requests)).not.toMatch(either);
  });
});

/** Tells it to a bot in every way there is, and runs a step whose output holds it. */
async function plant(db: TestDatabase, sandbox: Sandbox, url: string): Promise<Planted> {
  const logged: string[] = [];
  const { redact, logger } = createBoundary(
    { secrets: [secret, written], logLevel: 'debug' },
    { write: (line) => void logged.push(line) },
  );
  const embedder = createOpenaiEmbedder({ model: 'm', apiKey: null, baseUrl: `${url}/v1` });
  const reranker = createHttpReranker({ url: `${url}/rerank`, model: null, apiKey: null, budgetMs: 5_000 });
  const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
  const search = createSolutionSearch({
    database: db.open.database,
    models: { embedder, reranker, redact, logger },
  });
  const bot = await createTestBot(db, sandbox, { in: id, redact, logger, search });
  const { host } = sandbox;
  await bot.within(({ hosts }) =>
    hosts.sync([{ ...host, tags: [written], context: { ...host.context, service: written } }]),
  );
  await bot.load({
    slug: 'told',
    text: runbookSource(`Nginx worker stuck ${written}`, [{ section: 'Check', command: `echo ${written}` }]),
  });
  const embed = createEmbedMissing({ open: db.open, embedder, redact, exactUpTo: 1_000 });
  while ((await embed(id, new AbortController().signal)) > 0);

  bot.seeAs('rae', { name: `Rae ${secret}` });
  const run = await startRun(bot, [
    {
      section: 'Check',
      command: `echo before; printf '%s%s\\n' ${halves.join(' ')}; echo ${halves.join('""')} >&2`,
    },
  ]);
  if (!outputOf(await run.approve('ada')).includes('before')) throw new Error('the step did not run');
  const thread = await bot.say('rae', `nginx worker stuck on demo-web-01, it says ${secret}`);
  await bot.say('rae', `and ${secret} once more`, { thread });
  const [card] = await bot.replies(thread);
  const told = actionOf(card, 'use');
  const comment = { verb: 'comment', id: run.recommendation } as const;
  const save = { verb: 'save-case', id: run.thread } as const;
  const answers = [
    await bot.press('rae', thread, told),
    await bot.press('rae', run.thread, comment),
    await bot.submit('rae', run.thread, comment, { comment: `it was ${secret}` }),
    await bot.press('rae', run.thread, save),
    await bot.submit('rae', run.thread, save, { title: 'x', symptoms: 'x', resolution: `set ${secret}` }),
    await bot.slash('rae', `search nginx ${secret} ${written}`),
    await bot.slash('rae', `run told ${secret}`),
    await bot.home('rae'),
    await bot.suggest('rae', 'runbook', 'nginx'),
    await bot.suggest('rae', 'host', 'demo'),
  ];
  await alarm(db, bot);
  logger.error({ error: new Error(`no ${secret}`), [secret]: secret }, `lost ${secret}`);
  return { logged, answers };
}

/** Hands an alert in that holds it in every field of text. */
async function alarm(db: TestDatabase, { core, workspace, settle }: TestBot): Promise<void> {
  const own = (await db.workspaces.all()).find(({ id }) => id === workspace);
  if (!own) throw new Error('no workspace');
  const alert = someAlert({
    name: `NginxWorkerStuck ${secret}`,
    summary: `worker stuck ${secret}`,
    description: secret,
    labels: { host: 'demo-web-01', note: secret, [secret]: 'x' },
    group: secret,
    link: `https://alerts.example.com/?id=${secret}`,
    runbookUrl: `https://wiki.example.com/${secret}`,
  });
  const inbound = createReceiveAlerts({ ...core, alertsWaiting: () => undefined });
  await inbound.receive([{ alert, route: someRoute(own) }]);
  await inbound.refuse({
    sender: 'alertmanager',
    field: 'alerts',
    message: 'no',
    payload: `{"a":"${secret}"}`,
  });
  const fold = createFoldAlerts(core);
  while (await fold(workspace)) await settle();
  await settle();
}

/** One unit vector a text, and a score that falls with the place. */
function answer({ path, body }: ModelRequest) {
  if (path === '/rerank') {
    const results = (body.documents as readonly string[]).map((_, index) => ({
      index,
      relevance_score: 1 / (index + 2),
    }));
    return { body: { results } };
  }
  const data = (body.input as readonly string[]).map((_, index) => ({ index, embedding: [1, 0, 0] }));
  return { body: { data } };
}

/** The columns of all tables, of every type, of which a row holds the text, and how many were looked through. */
async function placesOf({ open }: TestDatabase, text: string) {
  const tables = await readRows<{ schema: string; name: string }>(
    open.database,
    sql`select table_schema as schema, table_name as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found = new Set<string>();
  let all = 0;
  for (const { schema, name } of tables) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const rows = await readRows<{ columns: Readonly<Record<string, unknown>> }>(
      open.database,
      sql`select to_jsonb(t) as columns from ${table} as t`,
    );
    all += rows.length;
    for (const { columns } of rows)
      for (const [column, value] of Object.entries(columns))
        if (JSON.stringify(value)?.includes(text)) found.add(`${name}.${column}`);
  }
  return { all, found: [...found].sort() };
}
