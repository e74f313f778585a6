import { isJson, type Json } from './world.ts';

/** Who is named in a text by Discord's markup: people, roles, everybody. */
export const mentionsIn = (content: string) => ({
  users: [...content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => String(id)),
  roles: [...content.matchAll(/<@&(\d+)>/g)].map(([, id]) => String(id)),
  everyone: /@(?:everyone|here)\b/.test(content),
});

/** Whom a message would call, by `allowed_mentions`: without it, everybody whom its content names. */
export function pingedBy(message: Json): readonly string[] {
  const { users, roles, everyone } = mentionsIn(String(message.content ?? ''));
  const allowed = isJson(message.allowed_mentions) ? message.allowed_mentions : undefined;
  const parse = allowed ? listOf(allowed.parse) : ['users', 'roles', 'everyone'];
  const named = (kind: 'users' | 'roles', ids: readonly string[]) =>
    parse.includes(kind) ? ids : ids.filter((id) => listOf(allowed?.[kind]).includes(id));
  const repliedTo = isJson(message.message_reference) && (allowed ? allowed.replied_user === true : true);
  return [
    ...named('users', users),
    ...named('roles', roles),
    ...(everyone && parse.includes('everyone') ? ['everyone'] : []),
    ...(repliedTo ? ['whoever is replied to'] : []),
  ];
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
