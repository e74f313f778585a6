import { limits } from '#adapters/slack/limits.ts';

/**
 * What Slack documents about blocks, elements and views, checked on values of any shape. It knows only what our
 * renderer may use: any other type is a finding too, so that nothing unknown goes by unchecked.
 */
type Json = Readonly<Record<string, unknown>>;
type Rule = (value: Json, at: string) => readonly string[];

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

const length =
  (name: string, min: number, max: number): Rule =>
  (value, at) => {
    const text = value[name];
    if (text === undefined) return [];
    const size = typeof text === 'string' || Array.isArray(text) ? text.length : -1;
    return size < min || size > max ? [`${at}.${name}: ${size}, allowed ${min} to ${max}`] : [];
  };

const plain =
  (name: string, max: number): Rule =>
  (value, at) => {
    const text = value[name];
    if (text === undefined) return [];
    if (!isJson(text) || text.type !== 'plain_text') return [`${at}.${name}: no plain_text`];
    return length('text', 1, max)(text, `${at}.${name}`);
  };

const each =
  (name: string, rules: Readonly<Record<string, readonly Rule[]>>): Rule =>
  (value, at) =>
    list(value[name]).flatMap((part, index) => check(part, rules, `${at}.${name}[${index}]`));

const inside =
  (name: string, rules: Readonly<Record<string, readonly Rule[]>>): Rule =>
  (value, at) => {
    const part = value[name];
    return isJson(part) ? check(part, rules, `${at}.${name}`) : [`${at}.${name}: missing`];
  };

const unique =
  (list_: string, name: string): Rule =>
  (value, at) => {
    const names = list(value[list_]).flatMap((part) => (part[name] === undefined ? [] : [part[name]]));
    return new Set(names).size === names.length ? [] : [`${at}: ${name} is not unique`];
  };

function check(value: Json, rules: Readonly<Record<string, readonly Rule[]>>, at: string): readonly string[] {
  const known = rules[String(value.type)];
  if (known === undefined) return [`${at}: type ${String(value.type)} is not allowed here`];
  return known.flatMap((rule) => rule(value, at));
}

const options: Rule = (value, at) =>
  list(value.options).flatMap((option, index) => [
    ...plain('text', limits.optionText)(option, `${at}.options[${index}]`),
    ...length('value', 1, limits.optionValue)(option, `${at}.options[${index}]`),
  ]);

const groups: Rule = (value, at) =>
  list(value.option_groups).flatMap((group, index) => [
    ...plain('label', limits.optionGroupLabel)(group, `${at}.option_groups[${index}]`),
    ...length('options', 1, limits.options)(group, `${at}.option_groups[${index}]`),
    ...options(group, `${at}.option_groups[${index}]`),
  ]);

const literal = { text: [length('text', 1, limits.text)] };
const inline = {
  ...literal,
  link: [length('text', 1, limits.text), length('url', 1, limits.linkUrl)],
  user: [length('user_id', 2, 20)],
};
const section = { rich_text_section: [length('elements', 1, Infinity), each('elements', inline)] };
const richText = {
  ...section,
  rich_text_list: [length('elements', 1, Infinity), each('elements', section)],
  rich_text_preformatted: [length('elements', 1, Infinity), each('elements', literal)],
};
const button = [
  plain('text', limits.buttonText),
  length('action_id', 1, limits.actionId),
  length('value', 1, limits.buttonValue),
];
const messageBlocks = {
  header: [plain('text', limits.header)],
  divider: [],
  context: [
    length('elements', 1, limits.contextElements),
    each('elements', { plain_text: [length('text', 1, limits.text)] }),
  ],
  rich_text: [length('elements', 1, Infinity), each('elements', richText)],
  actions: [
    length('elements', 1, limits.actionsElements),
    each('elements', { button }),
    unique('elements', 'action_id'),
  ],
} satisfies Readonly<Record<string, readonly Rule[]>>;
const formBlocks = {
  ...messageBlocks,
  input: [
    length('block_id', 1, limits.blockId),
    plain('label', limits.inputLabel),
    plain('hint', limits.inputHint),
    inside('element', {
      plain_text_input: [length('initial_value', 1, limits.inputInitial)],
      static_select: [
        length('options', 1, limits.options),
        options,
        length('option_groups', 1, limits.optionGroups),
        groups,
      ],
    }),
  ],
};

/** Everything about a message that Slack would refuse or cut; empty when it takes it. */
export function messageFaults(message: {
  readonly text: string;
  readonly blocks: unknown;
}): readonly string[] {
  const bytes = Buffer.byteLength(JSON.stringify(message.blocks));
  return [
    ...(Buffer.byteLength(message.text) > limits.updateText ? ['text is too long for an update'] : []),
    ...(bytes > limits.messageBytes ? [`blocks take ${bytes} bytes`] : []),
    ...length('blocks', 1, limits.messageBlocks)({ blocks: message.blocks }, 'message'),
    ...each('blocks', messageBlocks)({ blocks: message.blocks }, 'message'),
  ];
}

const views = {
  home: [length('blocks', 1, limits.viewBlocks), each('blocks', messageBlocks)],
  modal: [
    plain('title', limits.viewTitle),
    plain('submit', limits.viewSubmit),
    plain('close', limits.viewClose),
    length('callback_id', 1, limits.callbackId),
    length('private_metadata', 0, limits.privateMetadata),
    length('blocks', 1, limits.viewBlocks),
    each('blocks', formBlocks),
    unique('blocks', 'block_id'),
  ],
} satisfies Readonly<Record<string, readonly Rule[]>>;

/** The same for a modal or an App Home. */
export function viewFaults(view: unknown): readonly string[] {
  if (!isJson(view)) return ['no view'];
  const bytes = Buffer.byteLength(JSON.stringify(view));
  return [...(bytes > limits.viewBytes ? [`view takes ${bytes} bytes`] : []), ...check(view, views, 'view')];
}
