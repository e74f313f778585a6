import type { Reply } from '#domain/reply.ts';
import { actionOf, runbookSource, type TestBot } from './application.ts';
import type { TestDatabase } from './databases.ts';
import { workTogether } from './host-group.ts';

export type GroupSteps = Parameters<typeof runbookSource>[1];

/** A run of a runbook that has exactly these steps, over the hosts that are named. One title has one runbook. */
export async function startGroupRun(
  { db, bot }: { readonly db: TestDatabase; readonly bot: TestBot },
  {
    title,
    steps,
    host = 'web',
  }: { readonly title: string; readonly steps: GroupSteps; readonly host?: string },
) {
  await bot.load({ slug: title.toLowerCase().replaceAll(' ', '-'), text: runbookSource(title, steps) });
  const thread = await bot.say('rae', `${title}: workers are failing`);
  const { id } = actionOf((await bot.replies(thread))[0], 'use');
  await bot.submit('rae', thread, id, { host });
  const card = async (at = -1): Promise<Reply | undefined> =>
    (await bot.replies(thread)).filter((reply) => /^Step \d+ of/.test(reply.summary)).at(at);
  return {
    thread,
    card,
    press: async (who: string, verb: Parameters<typeof actionOf>[1]) =>
      bot.press(who, thread, actionOf(await card(), verb)),
    work: async (): Promise<void> => {
      await workTogether(db, bot.core);
      await bot.settle();
    },
  };
}
