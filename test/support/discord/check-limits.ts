import { isJson, type Json } from './world.ts';

/**
 * What Discord refuses with `50035 Invalid Form Body`, of what our renderer may send; the figures are those of
 * discord.com/developers/docs (resources/message, components/reference, interactions/receiving-and-responding).
 */
type Finding = string;

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const size = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0);

const atMost = (at: string, value: unknown, max: number, min = 0): readonly Finding[] =>
  size(value) > max || (value !== undefined && size(value) < min)
    ? [`${at}: ${size(value)} characters, allowed ${min} to ${max}`]
    : [];
const count = (at: string, values: readonly unknown[], max: number): readonly Finding[] =>
  values.length > max ? [`${at}: ${values.length}, allowed ${max}`] : [];

/** What is wrong with a message. */
export function messageFindings(message: Json, uploads: number): readonly Finding[] {
  const embeds = list(message.embeds);
  const rows = list(message.components);
  const empty = size(message.content) === 0 && embeds.length === 0 && rows.length === 0 && uploads === 0;
  return [
    ...(empty ? ['an empty message'] : []),
    ...atMost('content', message.content, 2000),
    ...count('embeds', embeds, 10),
    ...embeds.flatMap((embed, n) => embedFindings(embed, `embeds[${n}]`)),
    ...(embeds.reduce((sum, embed) => sum + embedSize(embed), 0) > 6000 ? ['embeds: over 6000 in all'] : []),
    ...count('components', rows, 5),
    ...rows.flatMap((row, n) => rowFindings(row, `components[${n}]`)),
    ...repeated(rows.flatMap((row) => list(row.components)).map(({ custom_id }) => custom_id)),
  ];
}

function embedFindings(embed: Json, at: string): readonly Finding[] {
  const fields = list(embed.fields);
  return [
    ...atMost(`${at}.title`, embed.title, 256),
    ...atMost(`${at}.description`, embed.description, 4096),
    ...atMost(`${at}.footer`, isJson(embed.footer) ? embed.footer.text : undefined, 2048, 1),
    ...atMost(`${at}.author`, isJson(embed.author) ? embed.author.name : undefined, 256, 1),
    ...count(`${at}.fields`, fields, 25),
    ...fields.flatMap(({ name, value }, n) => [
      ...atMost(`${at}.fields[${n}].name`, name ?? '', 256, 1),
      ...atMost(`${at}.fields[${n}].value`, value ?? '', 1024, 1),
    ]),
  ];
}

const embedSize = (embed: Json): number =>
  [
    embed.title,
    embed.description,
    isJson(embed.footer) ? embed.footer.text : '',
    isJson(embed.author) ? embed.author.name : '',
    ...list(embed.fields).flatMap(({ name, value }) => [name, value]),
  ].reduce<number>((sum, text) => sum + size(text), 0);

function rowFindings(row: Json, at: string): readonly Finding[] {
  const elements = list(row.components);
  return [
    ...(row.type === 1 ? [] : [`${at}: type ${row.type}, expected an action row`]),
    ...(elements.length === 0 ? [`${at}: an empty row`] : []),
    ...count(`${at}.components`, elements, 5),
    ...elements.flatMap((element, n) => elementFindings(element, `${at}.components[${n}]`)),
  ];
}

function elementFindings(element: Json, at: string): readonly Finding[] {
  const link = element.style === 5;
  return [
    ...atMost(`${at}.label`, element.label, 80),
    ...(link ? [] : atMost(`${at}.custom_id`, element.custom_id ?? '', 100, 1)),
    ...count(`${at}.options`, list(element.options), 25),
  ];
}

function repeated(ids: readonly unknown[]): readonly Finding[] {
  const known = ids.filter((id) => id !== undefined);
  return new Set(known).size === known.length ? [] : ['components: a custom_id twice'];
}

/** What is wrong with a modal. */
export function modalFindings(modal: Json): readonly Finding[] {
  const parts = list(modal.components);
  return [
    ...atMost('title', modal.title ?? '', 45, 1),
    ...atMost('custom_id', modal.custom_id ?? '', 100, 1),
    ...(parts.length === 0 ? ['components: none'] : count('components', parts, 5)),
    ...parts.flatMap((part, n) => partFindings(part, `components[${n}]`)),
    ...repeated(parts.map(inputOf).map((input) => input?.custom_id)),
  ];
}

/** The input in a label or, as modals had before, in a row; undefined for a text display. */
export const inputOf = (part: Json): Json | undefined =>
  isJson(part.component) ? part.component : list(part.components)[0];

function partFindings(part: Json, at: string): readonly Finding[] {
  const input = inputOf(part);
  if (!input)
    return part.type === 10 ? atMost(`${at}.content`, part.content ?? '', 4000, 1) : [`${at}: empty`];
  const options = list(input.options);
  const choice = input.type === 3;
  return [
    ...atMost(`${at}.label`, part.label ?? input.label ?? '', 45, 1),
    ...atMost(`${at}.description`, part.description, 100),
    ...atMost(`${at}.custom_id`, input.custom_id ?? '', 100, 1),
    ...atMost(`${at}.placeholder`, input.placeholder, choice ? 150 : 100),
    ...atMost(`${at}.value`, input.value, 4000),
    ...(choice && (options.length < 1 || options.length > 25) ? [`${at}.options: ${options.length}`] : []),
    ...options.flatMap(({ label, value }, n) => [
      ...atMost(`${at}.options[${n}].label`, label ?? '', 100, 1),
      ...atMost(`${at}.options[${n}].value`, value ?? '', 100, 1),
    ]),
  ];
}

/** What is wrong with suggestions for an option. */
export const choiceFindings = (data: Json): readonly Finding[] => [
  ...count('choices', list(data.choices), 25),
  ...list(data.choices).flatMap(({ name, value }, n) => [
    ...atMost(`choices[${n}].name`, name ?? '', 100, 1),
    ...atMost(`choices[${n}].value`, value ?? '', 100),
  ]),
];

/** What is wrong with a list of commands. */
export const commandFindings = (commands: readonly Json[]): readonly Finding[] =>
  commands.flatMap((command, n) => oneCommandFindings(command, `[${n}]`));

function oneCommandFindings(command: Json, at: string): readonly Finding[] {
  const typed = (command.type ?? 1) === 1;
  return [
    ...(typed ? described(command, at) : atMost(`${at}.name`, command.name ?? '', 32, 1)),
    ...(typed ? [] : atMost(`${at}.description`, command.description ?? '', 0)),
  ];
}

function described(named: Json, at: string): readonly Finding[] {
  const options = list(named.options);
  return [
    ...(/^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u.test(String(named.name)) ? [] : [`${at}.name: ${named.name}`]),
    ...atMost(`${at}.description`, named.description ?? '', 100, 1),
    ...count(`${at}.options`, options, 25),
    ...options.flatMap((option, n) => described(option, `${at}.options[${n}]`)),
    ...choiceFindings(named),
  ];
}
