import { actionVerbs } from '#domain/action.ts';
import type { Block, Button, Form, FormField, Line, Reply, Span } from '#domain/reply.ts';
import { fc } from '#test/support/properties.ts';

/** Texts as bad as they come: signs of Slack and Discord, other scripts, hidden characters, halves of characters; short or long. */
const nasty = fc.constantFrom(
  '<',
  '>',
  '&',
  '&lt;',
  '\u{202E}',
  '\u{200B}',
  '\0',
  '"',
  '\\',
  '\n',
  '`',
  '```',
  '**',
  '\n- ',
  '@everyone',
  '<@80351110224678912>',
  'https://evil.example',
  '漢',
  '😀',
  '\uD800',
);
const text = fc
  .tuple(
    fc.array(fc.oneof(nasty, fc.string({ unit: 'grapheme' })), { maxLength: 6 }),
    fc.oneof(
      { weight: 9, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 3000 }) },
    ),
  )
  .map(([parts, times]) => parts.join('').repeat(times).slice(0, 20_000));

const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ kind: fc.constantFrom('bold' as const, 'code' as const), text }),
  fc.record({
    kind: fc.constant('person' as const),
    externalId: fc.oneof(fc.constantFrom('U012AB3CD', '80351110224678912'), text),
    name: text,
  }),
  fc.record({ kind: fc.constant('link' as const), label: text, url: fc.oneof(fc.webUrl(), text) }),
);
const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 8 });
const id = fc.uuid();
const button: fc.Arbitrary<Button> = fc.record({
  action: fc.record({ verb: fc.constantFrom(...actionVerbs), id }),
  label: text,
  style: fc.constantFrom('primary', 'danger', 'plain'),
});

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text }),
  fc.record({ kind: fc.constantFrom('text' as const, 'note' as const), line }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(line, { maxLength: 40 }) }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: text, value: line }), { maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('code' as const),
    role: fc.constantFrom('command', 'given', 'proposed', 'output', 'difference'),
    text,
  }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 60 }) }),
  fc.record({ kind: fc.constant('file' as const), name: text, text }),
  fc.record({ kind: fc.constant('picture' as const), name: text, alt: text, png: fc.base64String() }),
  fc.constant({ kind: 'divider' as const }),
);

export const arbitraryReply: fc.Arbitrary<Reply> = fc.record({
  summary: text,
  tone: fc.constantFrom('plain', 'waiting', 'active', 'good', 'bad'),
  blocks: fc.array(block, { maxLength: 80, size: '+1' }),
});

const field = (name: string): fc.Arbitrary<FormField> => {
  const base = { name: fc.constant(name), label: text, hint: text, initial: text, required: fc.boolean() };
  return fc.oneof(
    fc.record({
      ...base,
      kind: fc.constant('text' as const),
      lines: fc.constantFrom('one' as const, 'many' as const),
    }),
    fc.record({
      ...base,
      kind: fc.constant('choice' as const),
      options: fc.oneof(
        fc.uniqueArray(text, { maxLength: 5 }),
        fc
          .integer({ min: 0, max: 400 })
          .map((count) => Array.from({ length: count }, (_, host) => `web-${host}`)),
      ),
    }),
  );
};

export const arbitraryForm: fc.Arbitrary<Form> = fc.record({
  action: fc.record({ verb: fc.constantFrom(...actionVerbs), id }),
  title: text,
  intro: text,
  fields: fc
    .uniqueArray(fc.stringMatching(/^[a-z_]{1,20}$/), { maxLength: 8 })
    .chain((names) => fc.tuple(...names.map(field))),
  submitLabel: text,
});

/** Whether a platform is to have a file for it. */
export const givesFile = (block: Block): boolean =>
  block.kind === 'picture' || (block.kind === 'file' && block.text !== '');
