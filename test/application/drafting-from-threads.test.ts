import { beforeAll, expect, it } from 'vitest';
import type { Received } from '#ports/inbound.ts';
import { createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someSpeaker } from '#test/support/rows.ts';

describeOnBothEngines('a case drafted from its thread', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    bot = await createOwnBot(db);
  });

  const minute = 60_000;
  /** A thread of the playground, a message a minute. */
  const tell = async (...said: Said): Promise<string> => {
    const root = db.ids.nonce();
    await write(root, true, Date.now() - 60 * minute, said);
    return root;
  };
  type Said = readonly (readonly [who: string, text: string])[];
  const write = async (root: string, isNew: boolean, from: number, said: Said): Promise<void> => {
    for (const [index, [who, text]] of said.entries())
      await db.conversationLog.add(bot.workspace, {
        id: isNew && index === 0 ? root : db.ids.nonce(),
        channel: 'incidents',
        thread: isNew && index === 0 ? null : root,
        author: { externalId: who, name: who.toUpperCase(), isBot: false },
        body: { kind: 'text', text },
        onlyFor: null,
        reactions: {},
        at: from + index * minute,
        editedAt: null,
      });
  };
  /** What is said in a thread from a minute from now on. */
  const goOn = (root: string, ...said: Said) => write(root, false, Date.now() + minute, said);
  const formOf = (received: Received) => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    return received.form;
  };
  const valuesOf = (received: Received) =>
    Object.fromEntries(formOf(received).fields.map(({ name, initial }) => [name, initial]));
  const save = (thread: string) => ({ verb: 'save-case', id: thread }) as const;
  const story = [
    ['rae', 'checkout returns 502 since ten minutes, nginx on web-07'],
    [
      'ada',
      `looking\n\`\`\`\n$ curl -H "Authorization: Bearer ${knownSecret}" http://web-07/health\nupstream timed out\n\`\`\``,
    ],
    ['ada', 'root cause: the connection pool of nginx was exhausted after the deploy'],
    ['ben', 'I restarted it with `systemctl restart nginx`, that fixed it'],
    ['rae', 'confirmed, checkout is back to normal, resolved'],
  ] as const;

  it('fills the form with what people said and ran, without secrets, and is saved as it stands', async () => {
    const thread = await tell(...story);
    const opened = await bot.press('rae', thread, save(thread));
    const values = valuesOf(opened);
    expect(values.steps).toContain('$ systemctl restart nginx');
    expect(values.steps).toContain('upstream timed out');
    expect(values.root_cause).toContain('connection pool');
    expect(values.resolution).toContain('systemctl restart nginx');
    expect(values).toMatchObject({ people: 'RAE, ADA, BEN', took: '4' });
    expect(JSON.stringify(opened)).not.toContain(knownSecret);
    expect(formOf(opened).intro).not.toContain('could not be read');
    await bot.submit('rae', thread, save(thread), { ...values, applies_to: 'application=nginx', took: '5' });
    const again = valuesOf(await bot.press('ada', thread, save(thread)));
    expect(again).toEqual({ ...values, applies_to: 'application=nginx', took: '5' });
  });

  it('has behind what was saved what was done since, once the thread went on, and is its next version then', async () => {
    const thread = await tell(...story);
    const first = valuesOf(await bot.press('rae', thread, save(thread)));
    await bot.submit('rae', thread, save(thread), { ...first, title: 'Checkout', owner: '@shop' });
    await goOn(thread, ['rae', 'thank you both'], ['ada', 'lunch']);
    const thanked = await bot.press('ada', thread, save(thread));
    expect(valuesOf(thanked)).toEqual({ ...first, title: 'Checkout', owner: '@shop' });
    expect(formOf(thanked).intro).not.toContain('went on');
    await goOn(
      thread,
      ['rae', 'no, it is back: checkout returns 502 again'],
      ['cy', 'raised the limit with `sysctl -w net.core.somaxconn=4096`, that fixed it'],
      ['rae', 'confirmed, checkout is back to normal, resolved'],
    );
    const opened = await bot.press('ada', thread, save(thread));
    const next = valuesOf(opened);
    expect(formOf(opened).intro).toContain('The thread went on since this was saved');
    expect(next).toMatchObject({ title: 'Checkout', owner: '@shop', symptoms: first.symptoms });
    expect(next.resolution).toBe(
      `${first.resolution}\nLater: raised the limit with sysctl -w net.core.somaxconn=4096, that fixed it`,
    );
    expect(next.steps).toBe(`${first.steps}\n$ sysctl -w net.core.somaxconn=4096`);
    expect(next.people).toBe('RAE, ADA, BEN, CY');
    expect(Number(next.took)).toBeGreaterThan(Number(first.took));
    await bot.submit('ada', thread, save(thread), next);
    const kept = await bot.within(({ solutions }) => solutions.all());
    expect(
      kept.find(({ content }) => content.kind === 'case' && content.case.owner === '@shop'),
    ).toMatchObject({
      version: 2,
      content: { case: { resolution: next.resolution } },
    });
  });

  it('took until what was said when its incident was resolved', async () => {
    const thread = await tell(
      ['rae', 'mails are stuck'],
      ['ben', 'restarted the worker'],
      ['rae', 'mails go out'],
    );
    await bot.within(async ({ incidents, people }) => {
      const rae = await people.meet(someSpeaker('rae'), 'incidents');
      const about = { channel: 'incidents', thread, problem: 'mails are stuck', context: {} };
      const { id } = await incidents.open({ ...about, openedBy: rae.id });
      await incidents.setState(id, 'resolved');
    });
    await goOn(thread, ['rae', 'and they arrive'], ['ada', 'queue is empty']);
    expect(valuesOf(await bot.press('rae', thread, save(thread))).took).toBe('2');
  });

  it('is the same by the command within the thread', async () => {
    const thread = await tell(...story);
    expect(valuesOf(await bot.slash('rae', 'save', { thread })).resolution).toContain('restart nginx');
  });

  it('refuses a place and a time that say nothing', async () => {
    const thread = await tell(...story);
    const values = { title: 'x', resolution: 'y', applies_to: 'linux', took: 'an hour' };
    expect(await bot.submit('rae', thread, save(thread), values)).toMatchObject({
      errors: {
        applies_to: expect.stringContaining('name=value'),
        took: expect.stringContaining('whole minutes'),
      },
    });
  });

  it('opens the form in time where the thread cannot be read, and says what is missing', async () => {
    const thread = await tell(...story);
    for (const readThread of [
      () => new Promise<never>(() => undefined),
      () => Promise.reject(new Error('the platform is away')),
    ]) {
      const other = await createOwnBot(db, {}, { readThread });
      const form = formOf(await other.press('rae', thread, save(thread)));
      expect(form.intro).toContain('could not be read in time');
      expect(form.fields.find(({ name }) => name === 'steps')?.initial).toBe('');
      await other.submit('rae', thread, save(thread), { title: 'x', resolution: 'y' });
      const saved = formOf(await other.press('rae', thread, save(thread)));
      expect(saved.intro).toContain('what was said since this was saved is not in here');
    }
  });

  it('asks the platform nothing for somebody who may not save it', async () => {
    const asked: string[] = [];
    const other = await createOwnBot(
      db,
      {},
      {
        readThread: async ({ thread }) => {
          asked.push(thread);
          return { messages: [], isWhole: true };
        },
      },
    );
    await other.press('vic', 'T1', save('T1'));
    await other.press('rae', 'T2', save('T2'));
    expect(asked).toEqual(['T2']);
  });
});
