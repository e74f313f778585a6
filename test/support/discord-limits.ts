import type { RenderedReply } from '#adapters/discord/render/render-reply.ts';
import { inputOf, messageFindings, modalFindings } from './discord/check-limits.ts';
import { isJson, type Json } from './discord/world.ts';

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** Discord cuts space off at both ends before it looks for a text. */
const blank = (at: string, value: unknown): readonly string[] =>
  typeof value === 'string' && value.trim() === '' ? [`${at}: nothing but space`] : [];

/** Everything about a message that Discord would refuse or cut, or that could call somebody besides `calls`; empty when it takes it. */
export function messageFaults(message: RenderedReply, calls: readonly string[] = []): readonly string[] {
  const { embeds, components, allowed_mentions, content } = message;
  const buttons = components.flatMap((row) => list(row.components));
  return [
    ...messageFindings({ ...message }, 0),
    ...blank('content', content),
    ...embeds.flatMap((embed) => [
      ...blank('title', embed.title),
      ...blank('description', embed.description),
    ]),
    ...buttons.flatMap(({ label }) => blank('label', label ?? '')),
    ...(JSON.stringify(allowed_mentions.parse) === '[]' ? [] : ['somebody may be mentioned']),
    ...(allowed_mentions.users ?? [])
      .filter((user) => !calls.includes(user))
      .map((user) => `${user} is called`),
  ];
}

/** The same for a modal. */
export function modalFaults(modal: {
  readonly title: string;
  readonly components: unknown;
}): readonly string[] {
  const inputs = list(modal.components).map((part) => inputOf(part));
  return [
    ...modalFindings({ ...modal }),
    ...blank('title', modal.title),
    ...inputs.flatMap((input) => [...blank('value', input?.value), ...optionFaults(list(input?.options))]),
    ...list(modal.components).flatMap(({ label, content }) => [
      ...blank('label', label),
      ...blank('content', content),
    ]),
  ];
}

function optionFaults(options: readonly Json[]): readonly string[] {
  const values = options.map(({ value }) => value);
  const repeated = new Set(values).size < values.length ? ['options are not unique'] : [];
  return [...repeated, ...values.flatMap((value) => blank('option', value))];
}
