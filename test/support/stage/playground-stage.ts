import { randomUUID } from 'node:crypto';
import { writeAction } from '#domain/action.ts';
import type { Block, Form, Reply } from '#domain/reply.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import { buttonsOf, createPlaygroundClient, repliesOf, textOf } from '#test/support/playground-client.ts';
import type { Card, OpenForm, Stage, Who } from './stage.ts';

const channel = 'incidents';

interface Shown {
  readonly form: Form;
  readonly message: string;
  readonly thread: string;
}

/** The playground over its HTTP API; `url` is the address that it prints. */
export function createPlaygroundStage(url: string): Stage {
  const client = createPlaygroundClient(url);
  const forms = new Map<Who, Shown>();

  const post = async (path: string, who: Who, body: Readonly<Record<string, unknown>>) => {
    const answer = await client.post(path, { person: who, channel, ...body });
    if (answer.body.kind === 'refused') throw new Error(String(answer.body.error));
    return answer.body;
  };
  const remember = (who: Who, body: Readonly<Record<string, unknown>>, message: string, thread: string) => {
    if (body.kind === 'form') forms.set(who, { form: body.form as Form, message, thread });
  };
  const press = async (who: Who, message: string, thread: string, action: string) =>
    remember(
      who,
      await post('actions', who, { thread, message, action, delivery: randomUUID() }),
      message,
      thread,
    );
  const submit = async (
    who: Who,
    { form, message, thread }: Shown,
    values: Readonly<Record<string, string>>,
  ): Promise<string | undefined> => {
    const entered = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`value.${name}`, value]),
    );
    const action = writeAction(form.action);
    const body = await post('forms', who, { thread, message, action, delivery: randomUUID(), ...entered });
    return body.kind === 'invalid'
      ? Object.values(body.errors as Record<string, string>).join(' ')
      : undefined;
  };
  const asForm = (who: Who, shown: Shown): OpenForm => {
    const fields = Object.fromEntries(shown.form.fields.map(({ name, initial }) => [name, initial]));
    return {
      title: shown.form.title,
      fields,
      submit: (changes = {}) => submit(who, shown, { ...fields, ...changes }),
    };
  };

  return {
    platform: 'playground',
    channel,
    mention: '@recourse',
    idOf: (who) => who,
    say: async (who, text, thread = '') => String((await post('messages', who, { text, thread })).id),
    edit: async (who, message, text) => void (await post('edits', who, { message, text })),
    remove: async (who, message) => void (await post('deletions', who, { message })),
    react: async (who, message, emoji, present) =>
      void (await post('reactions', who, { message, emoji, change: present ? 'added' : 'removed' })),
    thread: async (root, who) => {
      const replies = repliesOf(await client.messages(channel, root, who));
      const page = await client.page(`?${new URLSearchParams({ person: who, channel, thread: root })}`);
      return replies.map((message) => asCard(message, page));
    },
    outside: async (who) => {
      // The page after the list: whatever is listed is drawn on it.
      const replies = repliesOf(await client.roots(channel, who));
      const page = await client.page(`?${new URLSearchParams({ person: who, channel })}`);
      return replies.map((message) => asCard(message, page));
    },
    press: async (who, { id }, verb, thread) => {
      const seen =
        thread === '' ? await client.roots(channel, who) : await client.messages(channel, thread, who);
      const card = repliesOf(seen).find((one) => one.id === id);
      const button = card && buttonsOf(card.reply).find(({ action }) => action.verb === verb);
      if (!button) throw new Error(`No button ${verb}`);
      await press(who, id, thread, writeAction(button.action));
    },
    form: async (who) => {
      const shown = forms.get(who);
      if (!shown) throw new Error(`${who} has no form`);
      return asForm(who, shown);
    },
    command: async (who, text) => {
      const body = await post('messages', who, { text: `/recourse ${text}`, thread: '' });
      remember(who, body, '', '');
      return body.kind === 'shown' ? textOf(body.reply as Reply) : '';
    },
    menu: async (who, item, message) =>
      item === 'ask'
        ? void (await post('asks', who, { message }))
        : press(who, message, message, `save-case:${message}`),
    home: async (who) => textOf((await client.get<{ reply: Reply }>(`home?person=${who}`)).reply),
    suggestions: async (who, typed) => {
      const query = new URLSearchParams({ person: who, channel, text: `/recourse run ${typed}` });
      const answer = await client.get<{ suggestions: { value: string }[] }>(`suggestions?${query}`);
      return answer.suggestions.map(({ value }) => value);
    },
  };
}

function asCard({ id, reply, onlyFor }: LoggedMessage & { readonly reply: Reply }, page: string): Card {
  const [drawn = ''] = new RegExp(`<article[^>]* id="[ct]-${id}"[\\s\\S]*?</article>`).exec(page) ?? [];
  const [, card = ''] = /(<div class="card[\s\S]*)<div class="footer">/.exec(drawn) ?? [];
  return {
    id,
    words: textIn(card),
    verbs: [...card.matchAll(new RegExp(` id="b-${id}-([\\w-]+):`, 'g'))].map(([, verb]) => verb ?? ''),
    onlyFor: onlyFor as Who | null,
    files: reply.blocks.flatMap((block) => fileIn(block, card)),
    alive: card.match(/<(a|img(?! src="data:image\/png;)|iframe|script|video|audio)\b[^>]*>/g) ?? [],
  };
}

/** A file as the page has it: a picture where the page draws it. */
function fileIn(block: Block, card: string): Card['files'] {
  if (block.kind === 'file')
    return [{ name: block.name, text: block.text, base64: Buffer.from(block.text).toString('base64') }];
  if (block.kind !== 'picture') return [];
  const [, base64 = ''] = /<img src="data:image\/png;base64,([^"]*)"/.exec(card) ?? [];
  return [{ name: block.name, text: Buffer.from(base64, 'base64').toString(), base64 }];
}

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const textIn = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name) => signs[name] ?? '');
