import { expect, it } from 'vitest';
import { actionOf, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded } from '#test/support/databases.ts';
import { startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('a run that shows that its runbook is not enough', (open) => {
  let bot: TestBot;
  useOwnBot(open, (made) => {
    ({ bot } = made);
  });

  // Quoted, so that the command itself does not hold what its output will.
  const quoted = knownSecret.replace('sesame', '"sesame"');
  const failing = [
    { section: 'Fix', command: 'echo fixed >> better.txt' },
    { section: 'Verify', command: `echo still ${quoted} down; false` },
    { section: 'Rollback', command: 'true' },
  ];
  /** A run whose verification fails, to its end. */
  const fail = async (title: string) => {
    const run = await startRun(bot, failing, title);
    await run.approve('ada');
    await run.approve('ada');
    await run.press('rae', 'stop');
    return run;
  };
  const waiting = () => bot.within(({ reviews }) => reviews.waiting(10));
  const classified = async () =>
    (await bot.within(({ audit }) => audit.after(0, 1000))).filter(({ event }) => event === 'run.classified');
  const summaries = async (thread: string) => (await bot.replies(thread)).map(({ summary }) => summary);

  it('puts a version with what was seen into review, tells the thread, and changes nothing that is in force', async () => {
    const run = await fail('Puffin relay stuck');
    const [review] = await waiting();
    expect(review).toMatchObject({
      ...{ slug: 'puffin-relay-stuck', version: 2, author: 'recourse', before: { version: 1 } },
      why: expect.stringContaining('the problem was still there after the fix'),
    });
    expect(review?.evidence).toContain('still [redacted] down');
    expect(review?.text).toContain('ended with exit code 1, and it wrote: still \\[redacted\\] down');
    expect(JSON.stringify(review)).not.toContain(knownSecret);
    expect(await summaries(run.thread)).toContain('Waits for a review: Puffin relay stuck, version 2');
    const inForce = await bot.within(({ solutions }) => solutions.named('puffin-relay-stuck'));
    expect(inForce?.version).toBe(1);
  });

  it('adds what fails again to what waits', async () => {
    await fail('Puffin relay stuck');
    const again = await fail('Puffin relay stuck');
    const all = await waiting();
    expect(all).toHaveLength(1);
    expect(all[0]?.runs).toHaveLength(2);
    expect(all[0]?.evidence.match(/still \[redacted\] down/g)).toHaveLength(2);
    expect(await summaries(again.thread)).not.toContain('Waits for a review: Puffin relay stuck, version 2');
  });

  it('does not propose again what a person rejected', async () => {
    await fail('Puffin relay stuck');
    const [review] = await waiting();
    const reject = { verb: 'reject-version', id: review?.versionId ?? '' } as const;
    await bot.submit('ada', null, reject, { notes: 'this check is right' });
    await fail('Puffin relay stuck');
    expect(await waiting()).toEqual([]);
  });

  const say = (run: Awaited<ReturnType<typeof fail>>, who: string, byHand: string) =>
    bot.submit(who, run.thread, { verb: 'comment', id: run.recommendation }, { by_hand: byHand });

  it('gets what somebody did by hand as steps, in their name, in the place of what waited', async () => {
    const run = await fail('Puffin relay stuck');
    const [first] = await waiting();
    await say(run, 'rae', `cleared the queue:\nrm -rf /srv/puffin/queue\nand ${knownSecret}`);
    const said = 'cleared the queue:\nrm -rf /srv/puffin/queue';
    await say(run, 'rae', said);
    const [review, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(review).toMatchObject({ version: 3, author: 'rae', source: 'human', before: { version: 1 } });
    expect(review?.runs).toEqual(first?.runs);
    expect(review?.text).toContain('it wrote: still \\[redacted\\] down');
    expect(review?.text).toContain('rm -rf {{path}}');
    expect(review?.why).toContain('by hand what no step does: rm -rf /srv/puffin/queue.');
    expect(review?.evidence).toContain('rae did by hand:\n$ rm -rf /srv/puffin/queue');
    expect(JSON.stringify(review)).not.toContain('cleared the queue');
    expect(await summaries(run.thread)).toContain(
      'Taken up by a later version: Puffin relay stuck, version 2',
    );
    expect(await summaries(run.thread)).toContain('Waits for a review: Puffin relay stuck, version 3');
    // Whoever did it does not approve it; what they say again is no further step.
    await say(run, 'rae', `${said}\n\nand waited`);
    expect(await waiting()).toHaveLength(1);
    await bot.submit(
      'ada',
      null,
      { verb: 'reject-version', id: review?.versionId ?? '' },
      { notes: 'too much' },
    );
    await say(run, 'rae', said);
    expect(await waiting()).toEqual([]);
  });

  it('keeps apart what two people did, and takes nothing from somebody who may not comment', async () => {
    const run = await fail('Puffin relay stuck');
    const unused = await bot.say('rae', 'Puffin relay stuck is failing on demo-web-01');
    const { id: other } = actionOf((await bot.replies(unused))[0], 'use');
    await say({ ...run, thread: unused, recommendation: other }, 'rae', 'systemctl stop puffin');
    await say(run, 'vic', 'rm -rf /srv/puffin');
    expect(await waiting()).toHaveLength(1);
    await say(run, 'ada', 'systemctl restart puffin');
    await say(run, 'ben', 'systemctl restart puffin-helper');
    expect((await waiting()).map(({ author }) => author)).toEqual(['ada', 'ben']);
    const id = (await waiting())[0]?.versionId ?? '';
    await bot.submit('ada', run.thread, { verb: 'approve-version', id }, { notes: '' });
    expect((await bot.told('ada', run.thread)).at(-1)).toContain('You wrote this version');
    await bot.submit('ben', run.thread, { verb: 'approve-version', id }, { notes: '' });
    expect((await bot.within(({ solutions }) => solutions.named('puffin-relay-stuck')))?.version).toBe(3);
    await say(run, 'ada', 'systemctl restart puffin-of-another-version');
    expect(await waiting()).toMatchObject([{ author: 'ben' }]);
  });

  it('is judged once, also when it is rolled back after its end', async () => {
    const run = await fail('Puffin relay stuck');
    expect(await classified()).toHaveLength(1);
    const ended = (await bot.replies(run.thread)).find(({ summary }) =>
      summary.includes('Did this solve it?'),
    );
    await run.press('ben', 'rollback', ended);
    await run.approve('ada');
    expect(
      textOf((await bot.replies(run.thread)).find(({ summary }) => summary === ended?.summary)),
    ).toContain('it was rolled back.');
    expect(await classified()).toHaveLength(1);
  });
});
