import { type CommandVerb, commandVerbs, type Giver, mayGive } from '../command.ts';
import { articleOf, hasRole, type Role } from '../person.ts';
import type { Block, Line, Reply } from '../reply.ts';
import { oneLine } from './format.ts';

interface Usage {
  readonly form: string;
  readonly what: string;
}

const usages = {
  ask: { form: 'ask TEXT', what: 'asks for a problem; the answer comes in a thread for everybody' },
  run: { form: 'run NAME', what: 'starts a runbook by its name; its steps still wait for approvals' },
  save: { form: 'save', what: 'keeps what solved an incident as a past case' },
  runbooks: { form: 'runbooks [WORDS]', what: 'lists runbooks, how often each one worked and who keeps it' },
  runs: { form: 'runs', what: 'lists the latest runs' },
  insights: { form: 'insights [7d]', what: 'shows what works, what fails and what found no good answer' },
  review: { form: 'review [NAME]', what: 'shows what waits for a review, to approve or reject it' },
  mode: { form: 'mode [MODE]', what: 'shows when I speak in this channel, or sets it' },
  visibility: {
    form: 'visibility [NAME [channel|team|workspace]]',
    what: 'shows in which channels cases are shown, or sets it',
  },
  role: { form: 'role [WHO ROLE]', what: 'shows roles, or gives one' },
  freeze: { form: 'freeze [on [2h] REASON|off]', what: 'shows whether changes are frozen, or freezes them' },
  thanks: { form: 'thanks [on|off]', what: 'shows whether you hear when your case helped, or sets it' },
  forget: { form: 'forget', what: 'deletes what I keep of your words' },
  help: { form: 'help', what: 'shows this' },
} as const satisfies Record<CommandVerb, Usage>;

/** What is left of a command for those who may look and change nothing. */
const looking: Partial<Readonly<Record<CommandVerb, Usage>>> = {
  mode: { form: 'mode', what: 'shows when I speak in this channel' },
  role: { form: 'role', what: 'shows roles' },
};

/** What this person may do; `lead` comes first, as what was not understood. */
export function helpCard(giver: Giver, lead?: string): Reply {
  const { role } = giver;
  const items = commandVerbs
    .filter((verb) => mayGive(verb, giver))
    .map((verb) => usageLine(usageFor(verb, role)));
  const opening: readonly Block[] = lead === undefined ? [] : [{ kind: 'text', line: [lead] }];
  return {
    summary: lead ?? 'What you can do with /recourse',
    tone: 'plain',
    blocks: [
      ...opening,
      { kind: 'text', line: [{ kind: 'bold', text: 'What you can do here' }] },
      { kind: 'list', items },
      {
        kind: 'note',
        line: [`You are ${articleOf(role)} ${role}. Describing a problem in a message works too.`],
      },
    ],
  };
}

const usageFor = (verb: CommandVerb, role: Role): Usage =>
  (hasRole(role, 'admin') ? undefined : looking[verb]) ?? usages[verb];

const usageLine = ({ form, what }: Usage): Line => [{ kind: 'code', text: `/recourse ${form}` }, ` ${what}`];

/** The sentence for a verb that there is none of. */
export function notUnderstood(word: string, nearest: CommandVerb | undefined): string {
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `There is no command "${oneLine(word, 40)}".${meant}`;
}

/** The sentence for a command without what it needs. */
export function rightForm(verb: CommandVerb): string {
  return `Write it as /recourse ${usages[verb].form}: it ${usages[verb].what}.`;
}
