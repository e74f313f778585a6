import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { captures } from '#adapters/postgres/schema/captures.ts';
import type { Core } from '#application/core.ts';
import { createDraftSettled } from '#application/draft-settled.ts';
import { Fault } from '#domain/fault.ts';
import type { Received } from '#ports/inbound.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  knownSecret,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { textOf } from '#test/support/run-story.ts';
import { minuteMs, someAlert } from '#test/support/some-alert.ts';

describeOnBothEngines('a case that nobody asked for', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db);
    await bot.command('max', 'mode', 'auto');
  });

  /** Says it in the log of the playground, which is what is read back, and to the bot. */
  const say = async (who: string, text: string, thread: string | null = null): Promise<string> => {
    const id = db.ids.nonce();
    await db.conversationLog.add(bot.workspace, {
      id,
      channel: 'incidents',
      thread,
      author: { externalId: who, name: who.toUpperCase(), isBot: false },
      body: { kind: 'text', text },
      onlyFor: null,
      reactions: {},
      at: Date.now(),
      editedAt: null,
    });
    await bot.hand({
      kind: 'message-posted',
      place: { workspace: bot.workspace, channel: 'incidents', thread },
      speaker: { externalId: who, name: who, standing: 'member', groups: [] },
      id,
      text,
      mentionsBot: false,
      at: Date.now(),
    });
    return id;
  };
  const problem = 'checkout returns 502 since ten minutes, nginx on web-07';
  const tell = async (): Promise<string> => {
    const thread = await say('rae', problem);
    await say(
      'ada',
      `looking\n\`\`\`\n$ curl -H "Authorization: Bearer ${knownSecret}" http://web-07/\nupstream timed out\n\`\`\``,
      thread,
    );
    await say('ada', 'root cause: the connection pool of nginx was exhausted after the deploy', thread);
    await say('ben', 'I restarted it with `systemctl restart nginx`, that fixed it', thread);
    return thread;
  };
  const confirmed = 'confirmed, checkout is back to normal, resolved';
  const makeDue = () =>
    inWorkspace(db.open.database, bot.workspace, (executor) => executor.update(captures).set({ dueAt: 0 }));
  const rows = () =>
    inWorkspace(db.open.database, bot.workspace, (executor) => executor.select().from(captures));
  /** The quiet period passes, as far as there is one. */
  const passQuiet = async (parts: Partial<Core> = {}): Promise<void> => {
    for (const { dueAt } of await rows()) if (dueAt !== null) await makeDue();
    await createDraftSettled({ ...bot.core, ...parts })(bot.workspace);
    await bot.settle();
  };
  const drafts = async (thread: string) =>
    (await bot.replies(thread)).filter(({ summary }) => summary.startsWith('Draft of a case'));
  const cases = async () =>
    (await bot.within(({ solutions }) => solutions.all())).filter(({ content }) => content.kind === 'case');
  const valuesOf = (received: Received) => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    return Object.fromEntries(received.form.fields.map(({ name, initial }) => [name, initial]));
  };

  it('says first that the thread is recorded, and drafts it when it has been quiet', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    const recording = (await bot.replies(thread)).filter(({ summary }) => summary.includes('is recorded'));
    expect(recording).toHaveLength(1);
    await createDraftSettled(bot.core)(bot.workspace);
    await bot.settle();
    expect(await drafts(thread)).toEqual([]);
    await passQuiet();
    const [draft, ...more] = await drafts(thread);
    expect(more).toEqual([]);
    expect(textOf(draft)).toContain('connection pool');
    expect(textOf(draft)).toContain('systemctl restart nginx');
    expect(buttonsOf(draft).map(({ label }) => label)).toEqual(['Approve', 'Edit', 'Discard']);
    expect(JSON.stringify([draft, await rows()])).not.toContain(knownSecret);
    expect(await cases()).toEqual([]);
  });

  it('does neither where no administrator has opted in, and none where the channel has opted out since', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await bot.command('max', 'mode', 'suggest');
    await passQuiet();
    const other = await tell();
    await say('rae', confirmed, other);
    await passQuiet();
    expect([...(await drafts(thread)), ...(await drafts(other))]).toEqual([]);
    expect(JSON.stringify(await bot.replies(other))).not.toContain('recorded');
  });

  it('waits on while somebody talks, and drafts nothing of what came back', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await makeDue();
    await say('ada', 'thanks all', thread);
    await createDraftSettled(bot.core)(bot.workspace);
    expect(await drafts(thread)).toEqual([]);
    await say('rae', 'no, it is back, 502s again', thread);
    await passQuiet();
    expect(await drafts(thread)).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'recording', dueAt: null }]);
  });

  it('withdraws a draft when the problem is back, and drafts it anew after', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await passQuiet();
    const approve = actionOf((await drafts(thread))[0], 'approve-draft');
    await say('rae', 'hmm, it is back. 502s again', thread);
    expect(await drafts(thread)).toEqual([]);
    expect(JSON.stringify(await bot.replies(thread))).toContain('The problem is back');
    await bot.press('rae', thread, approve);
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('does not wait any more')]);
    await say('ben', 'I raised the connection limit of nginx, that fixed it for good', thread);
    await say('rae', 'confirmed, all back to normal now, resolved', thread);
    await passQuiet();
    expect(await drafts(thread)).toHaveLength(1);
  });

  it('is a case once a responder approves it, by one press, and is found from then on', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await passQuiet();
    const approve = actionOf((await drafts(thread))[0], 'approve-draft');
    await bot.press('vic', thread, approve);
    expect(await bot.told('vic', thread)).toEqual([expect.stringContaining('role responder')]);
    await Promise.all(['rae', 'ada'].map((who) => bot.press(who, thread, approve)));
    expect(await cases()).toHaveLength(1);
    expect(await drafts(thread)).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'saved', draft: null, people: [] }]);
    await say('rae', 'resolved', thread);
    await passQuiet();
    expect(await drafts(thread)).toEqual([]);
  });

  it('is the next version of a case whose problem was back after it was saved', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await passQuiet();
    await bot.press('ada', thread, actionOf((await drafts(thread))[0], 'approve-draft'));
    const [first] = await cases();
    await say('rae', 'hmm, it is back. 502s again', thread);
    await say('ben', 'raised the limit with `sysctl -w net.core.somaxconn=4096`, that fixed it', thread);
    await say('rae', 'confirmed, all back to normal now, resolved', thread);
    await passQuiet();
    const again = (await bot.replies(thread)).at(-1);
    expect(again?.summary).toContain('Draft of a new version of the case');
    expect(textOf(again)).toContain('others are shown the case as it was saved');
    expect(await cases()).toEqual([first]);
    await bot.press('ben', thread, actionOf(again, 'approve-draft'));
    const [next, ...more] = await cases();
    expect(more).toEqual([]);
    expect(next).toMatchObject({ version: 2, slug: first?.slug });
    const told = JSON.stringify(next?.content);
    for (const part of ['systemctl restart nginx', 'Later: raised the limit', '$ sysctl -w', '"owner":"ada"'])
      expect(told).toContain(part);
    expect(await rows()).toMatchObject([{ state: 'saved', draft: null }]);
  });

  it('opens in the form that there is, as it was drafted, and what is saved takes its place', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await passQuiet();
    const edit = actionOf((await drafts(thread))[0], 'save-case');
    await say('ben', 'root cause: something else, the name server', thread);
    const values = valuesOf(await bot.press('rae', thread, edit));
    expect(values.root_cause).toContain('connection pool');
    await bot.submit('rae', thread, edit, { ...values, resolution: 'Raised the limit.' });
    expect(await cases()).toMatchObject([{ content: { case: { resolution: 'Raised the limit.' } } }]);
    expect(JSON.stringify(await bot.replies(thread))).toContain('saved this draft as a case');
    expect(await drafts(thread)).toEqual([]);
  });

  it('is not kept when it is discarded, nor when nobody decides', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    await passQuiet();
    await bot.press('ada', thread, actionOf((await drafts(thread))[0], 'discard-draft'));
    const other = await tell();
    await say('rae', confirmed, other);
    await passQuiet();
    const approve = actionOf((await drafts(other))[0], 'approve-draft');
    await passQuiet();
    expect(JSON.stringify(await bot.replies(other))).toContain('Nobody decided');
    await bot.press('ada', other, approve);
    expect(await cases()).toEqual([]);
    expect(JSON.stringify(await rows())).not.toContain('connection pool');
  });

  it('is begun by a tick on the first message, and not when it is taken back', async () => {
    const thread = await say('rae', problem);
    await say('ben', 'I ran `systemctl restart nginx` on web-07', thread);
    const tick = (emoji: string, change: 'added' | 'removed', at: number) =>
      bot.hand({
        kind: 'reaction-changed',
        // As Slack says it: without the thread.
        place: { workspace: bot.workspace, channel: 'incidents', thread: null },
        speaker: { externalId: 'ada', name: 'ada', standing: 'member', groups: [] },
        ...{ messageId: thread, emoji, change, at },
      });
    await tick('eyes', 'added', 1);
    expect(await rows()).toMatchObject([{ state: 'settling', because: 'silence' }]);
    await tick('white_check_mark', 'added', 2);
    expect(await rows()).toMatchObject([{ state: 'settling', because: 'tick' }]);
    await tick('white_check_mark', 'removed', 3);
    expect(await rows()).toMatchObject([{ state: 'recording', dueAt: null }]);
    await tick('white_check_mark', 'added', 4);
    await say('rae', confirmed, thread);
    await tick('white_check_mark', 'removed', 5);
    expect(await rows()).toMatchObject([{ state: 'settling', because: 'words' }]);
  });

  it('is begun by silence where nobody says that it is over, and waits longer then', async () => {
    const thread = await say('rae', problem);
    await say('ada', 'is it still failing for you?', thread);
    await passQuiet();
    expect(await drafts(thread)).toEqual([]);
    await say('ben', 'pointed the health check at /ready and ran `systemctl restart haproxy`', thread);
    await say('rae', 'all three up, pages snappy', thread);
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'settling', because: 'silence' });
    expect((row?.dueAt ?? 0) - Date.now()).toBeGreaterThan(bot.core.settings.capture.quietMs);
    await passQuiet();
    expect(textOf((await drafts(thread))[0])).toContain('systemctl restart haproxy');
  });

  it('is begun by a vote that it worked, and not when the vote is taken back', async () => {
    const text = runbookSource('Checkout returns 502', [{ section: 'Check', command: 'df -h' }]);
    await bot.load({ slug: 'checkout', text });
    const thread = await tell();
    const use = actionOf((await bot.replies(thread))[0], 'use');
    const { id } = (await bot.thread(thread)).find(({ author }) => author.isBot) ?? { id: '' };
    await bot.press('rae', thread, { verb: 'worked', id: use.id });
    expect(await rows()).toMatchObject([{ state: 'settling', because: 'verdict' }]);
    await bot.press('rae', thread, { verb: 'failed', id: use.id });
    expect(await rows()).toMatchObject([{ state: 'recording' }]);
    await bot.react('rae', thread, id, '✅', 'added');
    expect(await rows()).toMatchObject([{ state: 'settling' }]);
  });

  it('is begun when the alerts are over, and has what was done; alone, they give none', async () => {
    const at = Date.now() - 5 * minuteMs;
    const goThrough = async (name: string, act: (thread: string) => Promise<unknown>) => {
      const alert = someAlert({ name, fingerprint: name, summary: problem, startedAt: at, changedAt: at });
      await handAlerts(bot, alert);
      const thread = await bot.opened();
      expect(JSON.stringify(await bot.replies(thread))).toContain('is recorded');
      await act(thread);
      await handAlerts(bot, { ...alert, state: 'resolved', changedAt: Date.now() });
      expect(await rows()).toContainEqual(expect.objectContaining({ state: 'settling', because: 'alerts' }));
      await passQuiet();
      return drafts(thread);
    };
    expect(await goThrough('CheckoutDown', async () => undefined)).toEqual([]);
    const restart = 'I restarted it with `systemctl restart nginx`';
    const [draft] = await goThrough('PaymentDown', (thread) => say('ben', restart, thread));
    expect(textOf(draft)).toContain('systemctl restart nginx');
  });

  it('comes once from two replicas, after a restart, and after the chat was away', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    const away = () => Promise.reject(new Fault('unavailable', 'x', 'away', 'wait'));
    await passQuiet({ readThread: away });
    expect(await drafts(thread)).toEqual([]);
    await makeDue();
    const replicas = [1, 2].map(() => createDraftSettled(bot.core)(bot.workspace));
    await Promise.all(replicas);
    await bot.settle();
    expect(await drafts(thread)).toHaveLength(1);
  });

  it('says nothing of what was said while it was being read', async () => {
    const thread = await tell();
    await say('rae', confirmed, thread);
    const meanwhile: Core['readThread'] = async (...asked) => {
      const told = await bot.core.readThread(...asked);
      await say('rae', 'spoke too soon, still failing', thread);
      return told;
    };
    await passQuiet({ readThread: meanwhile });
    expect(await drafts(thread)).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'recording' }]);
  });

  it('drafts nothing of a false alarm', async () => {
    const thread = await say('rae', problem);
    await say('ada', 'false alarm, that was just my load test, nothing is broken', thread);
    await say('rae', 'ok, resolved then, thanks', thread);
    await passQuiet();
    expect(await drafts(thread)).toEqual([]);
  });
});
