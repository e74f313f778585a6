import { beforeAll, expect, it } from 'vitest';
import type { Received } from '#ports/inbound.ts';
import { createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

describeOnBothEngines('a case drafted from its thread', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    bot = await createOwnBot(db);
  });

  const minute = 60_000;
  /** A thread of the playground, a message a minute. */
  const tell = async (...said: readonly (readonly [who: string, text: string])[]): Promise<string> => {
    const root = db.ids.nonce();
    for (const [index, [who, text]] of said.entries())
      await db.conversationLog.add(bot.workspace, {
        id: index === 0 ? root : db.ids.nonce(),
        channel: 'incidents',
        thread: index === 0 ? null : root,
        author: { externalId: who, name: who.toUpperCase(), isBot: false },
        body: { kind: 'text', text },
        onlyFor: null,
        reactions: {},
        at: Date.UTC(2026, 10, 26) + index * minute,
        editedAt: null,
      });
    return root;
  };
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
