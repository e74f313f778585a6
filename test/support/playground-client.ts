import type { ActionVerb } from '#domain/action.ts';
import { writeAction } from '#domain/action.ts';
import type { Block, Button, Reply } from '#domain/reply.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';

/** A person at the playground, over its HTTP API alone. */
export function createPlaygroundClient(url: string) {
  const { origin, searchParams } = new URL(url);
  const headers = {
    Authorization: `Bearer ${searchParams.get('token')}`,
    Origin: origin,
    Accept: 'application/json',
    'Content-Type': 'application/json',
  };
  const post = async (path: string, body: Readonly<Record<string, unknown>>) => {
    const response = await fetch(`${origin}/playground/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${origin}/playground/${path}`, { headers });
    return (await response.json()) as T;
  };
  /** The page itself, as a browser gets it. */
  const page = async (query: string): Promise<string> => {
    const { Authorization } = headers;
    return (await fetch(`${origin}/${query}`, { headers: { Authorization } })).text();
  };
  const messages = async (
    channel: string,
    thread: string,
    person: string,
  ): Promise<readonly LoggedMessage[]> =>
    (await get<{ messages: LoggedMessage[] }>(`thread?channel=${channel}&thread=${thread}&person=${person}`))
      .messages;
  /** What stands outside of threads. */
  const roots = async (channel: string, person: string): Promise<readonly LoggedMessage[]> => {
    const found = await get<{ roots: { message: LoggedMessage }[] }>(
      `channel?channel=${channel}&person=${person}`,
    );
    return found.roots.map(({ message }) => message);
  };
  return { post, get, page, messages, roots };
}

/** The bot's replies of a thread, oldest first. */
export function repliesOf(
  messages: readonly LoggedMessage[],
): readonly (LoggedMessage & { readonly reply: Reply })[] {
  return messages.flatMap((message) =>
    message.body.kind === 'reply' ? [{ ...message, reply: message.body.reply }] : [],
  );
}

export function buttonsOf(reply: Reply): readonly Button[] {
  return reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
}

/** The first button with this verb, as the text that goes over the wire. */
export function actionOf(reply: Reply, verb: ActionVerb): string {
  const button = buttonsOf(reply).find(({ action }) => action.verb === verb);
  if (!button) throw new Error(`No button ${verb} in: ${reply.summary}`);
  return writeAction(button.action);
}

/** All text of a reply in one string, to look for what a person would read. */
export function textOf(reply: Reply): string {
  return [reply.summary, ...reply.blocks.map(blockText)].join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'code':
      return block.text;
    case 'text':
    case 'note':
      return lineText(block.line);
    case 'list':
      return block.items.map(lineText).join('\n');
    case 'fields':
      return block.fields.map(({ name, value }) => `${name}: ${lineText(value)}`).join('\n');
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
    case 'file':
      return `${block.name}\n${block.text}`;
    case 'picture':
      return block.alt;
    case 'divider':
      return '';
  }
}

function lineText(line: Extract<Block, { kind: 'text' }>['line']): string {
  return line
    .map((span) =>
      typeof span === 'string' ? span : 'text' in span ? span.text : 'label' in span ? span.label : span.name,
    )
    .join('');
}
