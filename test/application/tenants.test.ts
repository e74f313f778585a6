import { beforeAll, expect, it } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { createConsultModel } from '#application/consult-model.ts';
import { createConsultNoise } from '#application/consult-noise.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createInquireStep } from '#application/inquire-step.ts';
import type { CommandContext } from '#commands/command.ts';
import { actionVerbs } from '#domain/action.ts';
import { commandVerbs } from '#domain/command.ts';
import { type AlertIncidentId, type RunId, readId, type StepId } from '#domain/ids.ts';
import type { Intent } from '#domain/intent.ts';
import type { Job } from '#domain/job.ts';
import { roles } from '#domain/person.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import { createCommandContext } from '#src/composition/create-command-context.ts';
import type { OpenCore } from '#src/composition/open-core.ts';
import { openSecrets } from '#src/composition/open-secrets.ts';
import { actionOf, createTestBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { newKey } from '#test/support/key-ring.ts';
import { someHost, someSpeaker } from '#test/support/rows.ts';
import { idsIn, keysInto, readTenantRows, type TenantRows } from '#test/support/tenant-rows.ts';

/** In whatever B has to say, and in no name or id by which A asks for it. */
const mark = 'zebrafish';
const named = { host: 'their-host', slug: 'their-runbook', secret: 'their/secret', channel: 'their-channel' };
/** Every button with every id is thousands of presses: a busy machine takes its time, and that is no hang. */
const patience = 600_000;
const parameters = '  host: { type: host }\n  path: { type: path, default: /var/log }';

describeOnBothEngines('somebody of one workspace who names rows of another', (open) => {
  let db: TestDatabase;
  let a: TestBot;
  let b: TestBot;
  let secrets: ReturnType<typeof openSecrets>;
  let theirThread: string;
  let before: TenantRows;
  let ids: readonly string[];
  const told: unknown[] = [];

  beforeAll(async () => {
    db = await open();
    a = await createTestBot(db, undefined);
    b = await createTestBot(db, undefined, { in: db.other });
    const settings = {
      key: { kind: 'value', text: newKey() } as const,
      olderKeys: [],
      credentials: { vault: null, folder: null, agentSocket: null },
    };
    const boundary = createBoundary({ secrets: [], logLevel: 'silent' });
    secrets = openSecrets(settings, db.unitOfWork, boundary.keepOut);
    await a.within(({ hosts }) => hosts.sync([someHost({ name: 'our-host' })]));
    const ours = runbookSource('Disk full', [{ section: 'Check', command: 'df -h {{path}}' }], parameters);
    await a.load({ slug: 'our-runbook', text: ours });
    theirThread = await fillTheirs();
    before = await readTenantRows(db.open, db.other);
    ids = [...new Set([theirThread, ...idsIn(before, 2)])];
  });

  /** B with something in it of all that a person can name: a thread with an answer, a run, votes, a case, a secret. */
  const fillTheirs = async (): Promise<string> => {
    const host = someHost({ name: named.host, address: `${mark}.internal`, tags: [mark] });
    await b.within(({ hosts }) => hosts.sync([host]));
    const steps = [{ section: 'Check', command: `df -h {{path}} # ${mark}` }];
    await b.load({ slug: named.slug, text: runbookSource(`Disk full of ${mark}`, steps, parameters) });
    const thread = await b.say('rae', `disk is full of ${mark} on ${named.host}`);
    const [answer] = await b.replies(thread);
    const use = actionOf(answer, 'use');
    await b.press('rae', thread, { verb: 'worked', id: use.id });
    await b.submit('rae', thread, { verb: 'comment', id: use.id }, { comment: `${mark} came back` });
    await b.submit('rae', thread, use.id, { host: named.host, path: '/srv' });
    const fields = { title: `A ${mark} hung`, symptoms: 'It hung.', resolution: `Fed the ${mark}.` };
    await b.submit('rae', thread, { verb: 'save-case', id: thread }, fields);
    await b.within(async (transaction) => {
      await transaction.people.bind({ kind: 'channel', externalId: named.channel, role: 'approver' });
      await transaction.channels.set(named.channel, { mode: 'off', quiet: null });
    });
    await secrets.secrets.put(db.other, named.secret, `${mark} opens`);
    return thread;
  };

  const values = { host: named.host, path: '/', comment: 'c', title: 't', symptoms: 's', resolution: 'r' };
  const speaker = someSpeaker('max');
  /** In A: outside threads, and in a thread that has the id of theirs. */
  const inChannel = () => ({ workspace: db.workspace, channel: 'incidents', thread: null });
  const inThread = () => ({ ...inChannel(), thread: theirThread });
  const text = `disk is full on ${named.host}, see ${named.slug}`;
  const anything = () => [...ids, ...Object.values(named)];
  const actions = () => [
    ...actionVerbs.flatMap((verb) => ids.map((id) => ({ verb, id }))),
    // Names no row: what it posts must be of A all the same.
    { verb: 'insights', id: '30' } as const,
  ];
  const withRole = roles.map((role) => `channel:${named.channel} ${role}`);

  /** What A's administrator can send of each kind. A kind or a verb that comes later is in here, or does not compile. */
  const intents: { readonly [Kind in Intent['kind']]: () => readonly Extract<Intent, { kind: Kind }>[] } = {
    'message-posted': () =>
      [inChannel(), inThread()].map((place) => {
        const id = db.ids.nonce();
        return { kind: 'message-posted', place, speaker, id, text, mentionsBot: true, at: 1 };
      }),
    'message-edited': () =>
      ids.map((id) => {
        return { kind: 'message-edited', place: inThread(), speaker, id, text, mentionsBot: true, at: 2 };
      }),
    'message-deleted': () => ids.map((id) => ({ kind: 'message-deleted', place: inThread(), speaker, id })),
    'button-pressed': () =>
      actions().map((action) => ({ kind: 'button-pressed', place: inThread(), speaker, action })),
    'form-submitted': () =>
      actions().map((action) => ({ kind: 'form-submitted', place: inThread(), speaker, action, values })),
    'reaction-changed': () =>
      (['added', 'removed'] as const).flatMap((change) =>
        ids.map((messageId) => {
          return { kind: 'reaction-changed', place: inThread(), speaker, messageId, emoji: '👍', change };
        }),
      ),
    'command-given': () =>
      commandVerbs.flatMap((verb) =>
        [...anything(), ...withRole, ''].map((rest) => {
          return { kind: 'command-given', place: inThread(), speaker, text: `${verb} ${rest}` };
        }),
      ),
    'home-opened': () => [{ kind: 'home-opened', place: inChannel(), speaker }],
    'person-changed': () =>
      anything().map((id) => {
        const changed = someSpeaker(id, { standing: 'deactivated' });
        return { kind: 'person-changed', place: inChannel(), speaker: changed };
      }),
    'fold-due': () => [{ kind: 'fold-due', workspace: db.workspace }],
  };

  const nothingOfB = async (): Promise<void> => {
    expect(JSON.stringify(told)).not.toContain(mark);
    const ours = await readTenantRows(db.open, db.workspace);
    expect(JSON.stringify(ours)).not.toContain(mark);
    expect(await keysInto(db.open, ours, new Set(ids))).toEqual([]);
    expect(await readTenantRows(db.open, db.other)).toEqual(before);
    expect(db.jobs.filter(({ workspace }) => workspace === db.other)).toEqual([]);
  };

  it('has much to name', async () => {
    expect(ids.length).toBeGreaterThan(15);
    const full = Object.entries(before).filter(([, rows]) => rows.length > 0);
    expect(full.map(([table]) => table)).toEqual(
      expect.arrayContaining([
        'comments',
        'feedback',
        'hosts',
        'incidents',
        'posts',
        'run_steps',
        'runs',
        'secrets',
      ]),
    );
    expect(JSON.stringify(before)).toContain(mark);
  });

  it('would be found out by a key that leads to a row of B', async () => {
    const own = new Set(idsIn(before, 100));
    expect(await keysInto(db.open, before, own)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^run_steps\.run_id /),
        expect.stringMatching(/^runs\.incident_id /),
      ]),
    );
  });

  it.each(Object.keys(intents) as Intent['kind'][])(
    '%s: is told nothing of them and changes none',
    async (kind) => {
      for (const intent of intents[kind]() as readonly Intent[]) {
        if (intent.kind === 'fold-due') await a.dispatch(intent);
        else told.push(await a.hand(intent));
      }
      await nothingOfB();
    },
    patience,
  );

  it('runs none of their jobs', async () => {
    const execute = createExecuteStep(a.core);
    const inquire = createInquireStep(a.core);
    const steps = ids.map((id) => readId<StepId>(id)).filter((id) => id !== undefined);
    const named = ids.map((id) => readId<RunId>(id)).filter((id) => id !== undefined);
    const { signal } = new AbortController();
    const asked = () => Promise.reject(new Error('nothing of theirs is asked about'));
    const consult = createConsultModel({ ...a.core, askModel: asked });
    const consultNoise = createConsultNoise({ ...a.core, askModel: asked });
    const alerted = ids.map((id) => readId<AlertIncidentId>(id)).filter((id) => id !== undefined);
    const openedAt = a.core.clock.now();
    const jobs = {
      'execute-step': () =>
        Promise.all(steps.map((id) => execute(db.workspace, id, new AbortController().signal))),
      'inquire-step': () =>
        Promise.all(steps.map((id) => inquire(db.workspace, id, new AbortController().signal))),
      'consult-model': () => Promise.all(named.map((id) => consult(db.workspace, id, signal))),
      'consult-noise': () =>
        Promise.all(
          alerted.map((incident) =>
            consultNoise({ kind: 'consult-noise', workspace: db.workspace, incident, openedAt }, signal),
          ),
        ),
      fold: () => createFoldWorkspace(a.core)(db.workspace),
    } satisfies Record<Job['kind'], () => Promise<unknown>>;
    for (const work of Object.values(jobs)) await work();
    await nothingOfB();
  });

  it('reaches none of them through the commands of the shell', async () => {
    const config = readConfig({ RECOURSE_HOSTS: '' });
    const opened = { core: a.core, database: db.open, ...secrets } as unknown as OpenCore;
    const context = createCommandContext(config, opened, async () => undefined);
    const whole = 'of the whole installation';
    const ours = ['--workspace', 'One'];
    /** The words that can be given where one workspace is meant. Each part of the context is in here, or says why not. */
    const lines = {
      ask: () => anything().map((one) => ['ask', one]),
      hosts: () => [['hosts', 'list']],
      scanHostKey: () => anything().map((one) => ['hosts', 'pin', one]),
      pinHostKey: () => anything().map((one) => ['hosts', 'pin', one, '--yes']),
      verifyAudit: () => [['audit', 'verify', ...ours]],
      exportAudit: () => [['audit', 'export', ...ours]],
      secrets: () => [
        ['secret', 'list', ...ours],
        ...anything().flatMap((one) => ['rotate', 'remove'].map((verb) => ['secret', verb, one, ...ours])),
      ],
      knowledge: () => [
        ['export', '/nowhere', '--dry-run', '--json', ...ours],
        ['import', '/nowhere', ...ours],
      ],
      explainPolicy: () => anything().map((one) => ['policy', 'explain', one, 'uptime', one]),
      insights: () => [['insights'], ['insights', '--json', '--days', '365']],
      deprecated: () => [['deprecated']],
      reviews: () => [
        ['review', 'list', '--json'],
        ...anything().flatMap((one) => [
          ['runbook', 'from-case', one],
          ['runbook', 'from-case', one, '--review'],
          ['review', 'show', one],
          ['review', 'approve', one],
          ['review', 'reject', one, '--notes', 'n'],
        ]),
      ],
      cases: () => [
        ['case', 'duplicates', '--json'],
        ...anything().flatMap((one) => [
          ['case', 'merge', one, one],
          ['case', 'unmerge', one],
        ]),
      ],
      revive: () => anything().map((one) => ['revive', one]),
      retire: () => anything().map((one) => ['retire', one, '--notes', 'n']),
      unused: () => [['unused']],
      keep: () => anything().map((one) => ['keep', one]),
      ingest: whole,
      foldNow: whole,
      diagnose: whole,
      backup: whole,
    } satisfies Record<keyof CommandContext, typeof whole | (() => readonly string[][])>;
    for (const make of Object.values(lines).filter((line) => line !== whole))
      for (const argv of make()) told.push(await run(argv, { context }));
    await nothingOfB();
  });

  it('stores a secret of the same name beside theirs', async () => {
    await secrets.secrets.put(db.workspace, named.secret, 'ours');
    await secrets.secrets.remove(db.workspace, named.secret);
    expect(await secrets.secrets.get(db.other, named.secret)).toBe(`${mark} opens`);
    await nothingOfB();
  });

  it(
    'could name them to some effect: the same buttons, pressed in B, show and change them',
    async () => {
      const shown: unknown[] = [];
      for (const { place, ...intent } of intents['button-pressed']())
        shown.push(await b.hand({ ...intent, place: { ...place, workspace: db.other } }));
      expect(JSON.stringify(shown)).toContain(mark);
      const after = await readTenantRows(db.open, db.other);
      for (const table of ['feedback', 'recommendations', 'run_steps', 'runs', 'posts', 'audit_entries'])
        expect([table, after[table]]).not.toEqual([table, before[table]]);
    },
    patience,
  );
});
