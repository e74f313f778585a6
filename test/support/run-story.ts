import type { RunId, StepId } from '#domain/ids.ts';
import type { Reply } from '#domain/reply.ts';
import type { Step } from '#domain/run/step.ts';
import { actionOf, buttonsOf, runbookSource, type TestBot, type Who } from './application.ts';

export type StepSource = Parameters<typeof runbookSource>[1][number];

/** One incident in a thread of its own, with a run of a runbook that has exactly these steps. */
export async function startRun(
  bot: TestBot,
  steps: readonly StepSource[],
  title = newTitle(),
  who: Who = 'rae',
) {
  await bot.load({ slug: title.toLowerCase().replaceAll(' ', '-'), text: runbookSource(title, steps) });
  const thread = await bot.say(who, `${title} is failing on demo-web-01`);
  const [answer] = await bot.replies(thread);
  const { id } = actionOf(answer, 'use');
  await bot.submit(who, thread, id, { host: 'demo-web-01' });
  const cards = async () => (await bot.replies(thread)).filter((reply) => commandsOf(reply).length > 0);
  const card = async (number = -1): Promise<Reply | undefined> => (await cards()).at(number);
  const newestStep = async (): Promise<Step> => {
    const withId = (await cards()).findLast((reply) => buttonsOf(reply).length > 0);
    const runId = actionOf(withId, 'stop').id as RunId;
    const step = (await bot.within(({ runs }) => runs.steps(runId))).at(-1);
    if (!step) throw new Error('no step');
    return step;
  };
  const press = async (person: Who, verb: Parameters<typeof actionOf>[1], on?: Reply) =>
    bot.press(person, thread, actionOf(on ?? (await card()), verb));
  return {
    thread,
    recommendation: id,
    cards,
    card,
    newestStep,
    press,
    stateOf: async (id: StepId) => (await bot.within(({ runs }) => runs.step(id)))?.state,
    /** Approves the newest step and lets it run. */
    approve: async (...people: readonly Who[]) => {
      const waiting = await card();
      for (const person of people) await press(person, 'approve', waiting);
      await bot.work();
      return card(-1);
    },
  };
}

let titles = 0;
const words = [
  'Alpha',
  'Bravo',
  'Charlie',
  'Delta',
  'Foxtrot',
  'Golf',
  'Hotel',
  'Juliet',
  'Kilo',
  'Lima',
  'Mike',
  'Oscar',
];
/** A title that no other runbook of the tests shares a rare word with. */
const newTitle = (): string => {
  titles += 1;
  return `${words[titles % words.length]}${words[Math.floor(titles / words.length) % words.length]?.toLowerCase()} worker stuck`;
};

export const commandsOf = (reply: Reply): readonly string[] =>
  reply.blocks.flatMap((block) => (block.kind === 'code' && block.role === 'command' ? [block.text] : []));

export const outputOf = (reply: Reply | undefined): string =>
  reply?.blocks
    .flatMap((block) => (block.kind === 'code' && block.role === 'output' ? [block.text] : []))
    .join('\n') ?? '';

/** All text of a reply, for what must or must not be said. */
export const textOf = (reply: Reply | undefined): string => JSON.stringify(reply ?? null);
