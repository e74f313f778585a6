import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import type { Step } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { addStory, proposeSome, type Story, someHost, someResult, withRole } from '#test/support/rows.ts';

const minute = 60_000;

describeOnBothEngines('the store of runs and steps', (open) => {
  let db: TestDatabase;
  let counter = 0;
  beforeAll(async () => {
    db = await open();
  });

  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    db.unitOfWork.within(db.workspace, work);
  const story = (): Promise<Story> =>
    within((transaction) => addStory(transaction, db.ids, `story-${counter++}`));
  const proposed = async (changes: Partial<Step> & { readonly lifeMs?: number } = {}) => {
    const { run } = await story();
    return within((transaction) => proposeSome(transaction, db.ids, run, changes));
  };
  const approved = async (changes = {}) => {
    const step = await proposed(changes);
    await within(({ runs }) => runs.decide(step.id, 'approved'));
    return step;
  };
  const running = async (runner: string, leaseMs = minute) => {
    const step = await approved();
    await within(({ runs }) => runs.claim(step.id, runner, minute));
    await within(({ runs }) => runs.begin(step.id, runner, leaseMs));
    return step;
  };
  const stateOf = async (id: StepId) => (await within(({ runs }) => runs.step(id)))?.state;

  it('reads back a run and a step as they were written', async () => {
    const { run, recommendation } = await story();
    const step = await within((transaction) =>
      proposeSome(transaction, db.ids, run, { expect: '^ok$', exitCodes: [0, 3] }),
    );
    await within(async ({ runs }) => {
      expect(await runs.find(run.id)).toEqual(run);
      expect(await runs.ofRecommendation(recommendation.id)).toEqual(run);
      const begun = {
        tries: [],
        result: null,
        startedAt: null,
        endedAt: null,
        chosenAt: null,
        lingers: false,
      };
      const written = { ...step, ...begun, state: 'proposed' };
      expect(await runs.step(step.id)).toEqual(written);
      expect(await runs.steps(run.id)).toEqual([written]);
    });
  });

  it('keeps the steps of a run in the order of position and attempt', async () => {
    const { run } = await story();
    await within(async (transaction) => {
      for (const [position, attempt] of [
        [1, 1],
        [0, 2],
        [0, 1],
      ] as const)
        await proposeSome(transaction, db.ids, run, { position, attempt });
    });
    const steps = await within(({ runs }) => runs.steps(run.id));
    expect(steps.map(({ position, attempt }) => [position, attempt])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
    ]);
  });

  it('refuses the same attempt twice', async () => {
    const { run } = await story();
    await within((transaction) => proposeSome(transaction, db.ids, run));
    await expect(within((transaction) => proposeSome(transaction, db.ids, run))).rejects.toMatchObject({
      kind: 'internal',
    });
  });

  it('closes a run once', async () => {
    const { run } = await story();
    expect(await within(({ runs }) => runs.close(run.id, 'stopped'))).toBe(true);
    expect(await within(({ runs }) => runs.close(run.id, 'finished'))).toBe(false);
    expect(await within(({ runs }) => runs.find(run.id))).toEqual({
      ...run,
      state: 'stopped',
    });
  });

  it('lets one of two decisions that race win', async () => {
    const step = await proposed();
    const both = await Promise.all(
      (['approved', 'rejected'] as const).map((to) => within(({ runs }) => runs.decide(step.id, to))),
    );
    const winners = both.filter((one) => one !== undefined);
    expect(winners).toHaveLength(1);
    expect(await stateOf(step.id)).toBe(winners[0]?.state);
  });

  it('holds a step for one decider at a time, so that the second sees what the first did', async () => {
    const step = await proposed({ risk: 'destructive' });
    const decide = (name: string) =>
      within(async (transaction) => {
        const person = await withRole(transaction, name, 'approver');
        await transaction.runs.lockStep(step.id);
        const approval = {
          stepId: step.id,
          personId: person.id,
          decision: 'approved',
          binding: 'b',
        } as const;
        await transaction.runs.recordApproval(approval);
        return (await transaction.runs.approvals(step.id)).length;
      });
    expect((await Promise.all([decide('ada'), decide('ben')])).sort()).toEqual([1, 2]);
  });

  it('takes no decision after the expiry, on the time of the database', async () => {
    const step = await proposed({ lifeMs: -1 });
    expect(await within(({ runs }) => runs.decide(step.id, 'approved'))).toBeUndefined();
    expect(await within(({ runs }) => runs.decide(step.id, 'expired'))).toMatchObject({ state: 'expired' });
    expect(await within(({ runs }) => runs.decide(step.id, 'expired'))).toBeUndefined();
  });

  it('records one decision a person and step, and lets a yes be taken back', async () => {
    const step = await proposed();
    const ada = await within((transaction) => withRole(transaction, 'ada', 'approver'));
    const approval = { stepId: step.id, personId: ada.id, decision: 'approved', binding: 'hash' } as const;
    expect(await within(({ runs }) => runs.recordApproval(approval))).toBe(true);
    expect(await within(({ runs }) => runs.recordApproval(approval))).toBe(false);
    const no = { ...approval, decision: 'rejected' } as const;
    expect(await within(({ runs }) => runs.recordApproval(no))).toBe(true);
    expect(await within(({ runs }) => runs.recordApproval(approval))).toBe(false);
    const approvals = await within(({ runs }) => runs.approvals(step.id));
    expect(approvals).toEqual([{ ...no, decidedAt: expect.any(Number) }]);
  });

  it('does not begin what somebody asked to cancel', async () => {
    const step = await approved();
    await within(({ runs }) => runs.claim(step.id, 'a', minute));
    await within(({ runs }) => runs.requestCancel(step.id));
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(false);
    expect(await stateOf(step.id)).toBe('claimed');
  });

  it('claims only what is approved and not expired, once', async () => {
    const waiting = await proposed();
    expect(await within(({ runs }) => runs.claim(waiting.id, 'a', minute))).toBeUndefined();
    const step = await approved();
    const claims = await Promise.all(
      ['a', 'b'].map((runner) => within(({ runs }) => runs.claim(step.id, runner, minute))),
    );
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await stateOf(step.id)).toBe('claimed');
  });

  it('does not claim what expired after it was approved', async () => {
    const step = await approved({ lifeMs: 400 });
    await expect
      .poll(() => within(async ({ now }) => (await now()) > step.expiresAt), { interval: 50, timeout: 5000 })
      .toBe(true);
    expect(await within(({ runs }) => runs.claim(step.id, 'a', minute))).toBeUndefined();
  });

  it('begins only for the runner that claimed it', async () => {
    const step = await approved();
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(false);
    await within(({ runs }) => runs.claim(step.id, 'a', minute));
    expect(await within(({ runs }) => runs.begin(step.id, 'b', minute))).toBe(false);
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(true);
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(false);
    expect(await within(({ runs }) => runs.step(step.id))).toMatchObject({
      state: 'running',
      startedAt: expect.any(Number),
    });
  });

  it('releases a claim of its own and never a running step', async () => {
    const claimed = await approved();
    await within(({ runs }) => runs.claim(claimed.id, 'a', minute));
    const result = someResult({ state: 'failed', exitCode: null });
    expect(await within(({ runs }) => runs.release(claimed.id, 'b', 'failed', result))).toBe(false);
    expect(await within(({ runs }) => runs.release(claimed.id, 'a', 'failed', result))).toBe(true);
    expect(await within(({ runs }) => runs.step(claimed.id))).toMatchObject({
      state: 'failed',
      result,
      endedAt: null,
    });
    const sent = await running('a');
    expect(await within(({ runs }) => runs.release(sent.id, 'a', 'approved', null))).toBe(false);
  });

  it('begins only while the claim holds, and holds on from there', async () => {
    const step = await approved();
    await within(({ runs }) => runs.claim(step.id, 'a', -1));
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(false);
    const result = someResult({ state: 'failed', exitCode: null });
    expect(await within(({ runs }) => runs.release(step.id, 'a', 'failed', result))).toBe(false);
    await within(({ runs }) => runs.heartbeat(step.id, 'a', 300));
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(true);
    await sleep(400);
    expect(await within(({ runs }) => runs.expireRunners())).toEqual([]);
  });

  it('ends what runs by the claim that sent it, once', async () => {
    const step = await running('a');
    expect(await within(({ runs }) => runs.end(step.id, 'b', someResult()))).toBe(false);
    expect(await within(({ runs }) => runs.end(step.id, null, someResult()))).toBe(false);
    expect(await within(({ runs }) => runs.end(step.id, 'a', someResult()))).toBe(true);
    expect(await within(({ runs }) => runs.end(step.id, 'a', someResult({ state: 'failed' })))).toBe(false);
    expect(await within(({ runs }) => runs.step(step.id))).toMatchObject({
      state: 'succeeded',
      result: someResult(),
      endedAt: expect.any(Number),
    });
  });

  it('counts a try once, for the runner that is believed and while nobody wants it stopped', async () => {
    const failed = { exitCode: 1, why: 'Exit 1.', output: '' };
    const again = (id: StepId, runner: string, number: number) =>
      within(({ runs }) => runs.tryAgain(id, { runner, leaseMs: minute }, failed, number));
    const step = await running('one');
    expect(await again(step.id, 'two', 1)).toBeUndefined();
    expect((await again(step.id, 'one', 1))?.tries).toEqual([failed]);
    expect(await again(step.id, 'one', 1)).toBeUndefined();
    await within(({ runs }) => runs.requestCancel(step.id));
    expect(await again(step.id, 'one', 2)).toBeUndefined();
    const silent = await running('one', -1);
    expect(await again(silent.id, 'one', 1)).toBeUndefined();
    const waiting = await approved();
    expect(await again(waiting.id, 'one', 1)).toBeUndefined();
  });

  it('believes a claim anew with each try', async () => {
    const step = await running('one', 200);
    const failed = { exitCode: 1, why: 'Exit 1.', output: '' };
    await within(({ runs }) => runs.tryAgain(step.id, { runner: 'one', leaseMs: minute }, failed, 1));
    await sleep(300);
    expect((await within(({ runs }) => runs.expireRunners())).map(({ id }) => id)).not.toContain(step.id);
  });

  it('keeps the first choice about a step, and how it is sent', async () => {
    const step = await running('one');
    expect(await within(({ runs }) => runs.wayOf(step.id))).toBeUndefined();
    const hop = { address: '192.0.2.7', port: 22, user: 'ops', hostKey: 'ssh-ed25519 AAAA' };
    const way = { ...hop, jumps: [{ ...hop, address: '192.0.2.1' }] };
    await within(({ runs }) => runs.keepWay(step.id, way));
    expect(await within(({ runs }) => runs.wayOf(step.id))).toEqual(way);
    expect(await within(({ runs }) => runs.choose(step.id))).toBe(true);
    expect(await within(({ runs }) => runs.choose(step.id))).toBe(false);
    expect((await within(({ runs }) => runs.step(step.id)))?.chosenAt).toEqual(expect.any(Number));
  });

  it('takes the late result of an unknown step from its claim, unless that is used up', async () => {
    const [late, spent] = [await running('a', -1), await running('a', -1)];
    await within(({ runs }) => runs.expireRunners());
    const asked = someResult({ state: 'unknown', why: 'The host says that it runs.' });
    expect(await within(({ runs }) => runs.learn(late.id, asked, false))).toBe(true);
    expect(await within(({ runs }) => runs.step(late.id))).toMatchObject({ state: 'unknown', result: asked });
    expect(await within(({ runs }) => runs.end(late.id, 'b', someResult()))).toBe(false);
    expect(await within(({ runs }) => runs.end(late.id, 'a', someResult()))).toBe(true);
    expect(await within(({ runs }) => runs.learn(late.id, asked, false))).toBe(false);
    expect(await within(({ runs }) => runs.spend(spent.id, 'b'))).toBe(false);
    expect(await within(({ runs }) => runs.spend(spent.id, 'a'))).toBe(true);
    expect(await within(({ runs }) => runs.spend(spent.id, 'a'))).toBe(false);
    expect(await within(({ runs }) => runs.end(spent.id, 'a', someResult()))).toBe(false);
    expect(await stateOf(spent.id)).toBe('unknown');
  });

  it('tells the runner, and only at its heartbeat, that somebody asked to cancel', async () => {
    const step = await running('a');
    expect(await within(({ runs }) => runs.heartbeat(step.id, 'a', minute))).toEqual({
      held: true,
      cancel: false,
    });
    expect(await within(({ runs }) => runs.requestCancel(step.id))).toBe(true);
    expect(await within(({ runs }) => runs.heartbeat(step.id, 'b', minute))).toEqual({
      held: false,
      cancel: false,
    });
    expect(await within(({ runs }) => runs.heartbeat(step.id, 'a', minute))).toEqual({
      held: true,
      cancel: true,
    });
    const waiting = await proposed();
    expect(await within(({ runs }) => runs.requestCancel(waiting.id))).toBe(false);
  });

  it('calls unknown what a silent runner left, and spares one that lives', async () => {
    const silent = await running('a', -1);
    const alive = await running('b', -1);
    await within(({ runs }) => runs.heartbeat(alive.id, 'b', minute));
    const unknown = await within(({ runs }) => runs.expireRunners());
    expect(unknown.map(({ id }) => id)).toContain(silent.id);
    expect(unknown.map(({ id }) => id)).not.toContain(alive.id);
    expect(await stateOf(silent.id)).toBe('unknown');
  });

  it('approves again what a silent runner claimed and did not send, and locks that runner out', async () => {
    const step = await approved();
    await within(({ runs }) => runs.claim(step.id, 'a', -1));
    const revived = await within(({ runs }) => runs.reviveClaims());
    expect(revived).toEqual([expect.objectContaining({ id: step.id, state: 'approved' })]);
    expect(await within(({ runs }) => runs.begin(step.id, 'a', minute))).toBe(false);
    expect(await within(({ runs }) => runs.claim(step.id, 'b', minute))).toMatchObject({ id: step.id });
  });

  it('expires proposals and approvals that nobody carried out', async () => {
    const late = await proposed({ lifeMs: -1 });
    const early = await proposed();
    const expired = await within(({ runs }) => runs.expireProposals());
    expect(expired.map(({ id }) => id)).toContain(late.id);
    expect(expired.map(({ id }) => id)).not.toContain(early.id);
    expect(await within(({ runs }) => runs.expireProposals())).toEqual([]);
  });

  it('keeps the ids of hosts that stay, marks those that leave, and knows them again', async () => {
    const names = async () => (await within(({ hosts }) => hosts.all())).map(({ name }) => name);
    const sync = (...entries: Parameters<typeof someHost>[0][]) =>
      within(({ hosts }) => hosts.sync(entries.map((entry) => someHost(entry))));
    await sync({}, { name: 'db-01', tags: ['db'] });
    const web = await within(({ hosts }) => hosts.named('web-01'));
    const database = await within(({ hosts }) => hosts.named('db-01'));
    await sync({ port: 2222, hostKey: 'ssh-ed25519 AAAA' });
    expect(await names()).toEqual(['web-01']);
    expect(await within(({ hosts }) => hosts.named('web-01'))).toEqual({
      ...web,
      port: 2222,
      hostKey: 'ssh-ed25519 AAAA',
    });
    expect(await within(({ hosts }) => hosts.named('db-01'))).toBeUndefined();
    if (database) expect(await within(({ hosts }) => hosts.find(database.id))).toEqual(database);
    await sync({}, { name: 'db-01', tags: ['db'] });
    expect(await within(({ hosts }) => hosts.named('db-01'))).toEqual(database);
    await sync();
    expect(await names()).toEqual([]);
    await sync({});
  });
});
