import { describe, expect, it } from 'vitest';
import { drawBlock } from '#adapters/discord/render/draw-block.ts';
import { drawFence } from '#adapters/discord/render/draw-code.ts';
import { escapeMarkdown } from '#adapters/discord/render/escape-markdown.ts';
import { readFormValues } from '#adapters/discord/render/read-form-values.ts';
import { renderForm } from '#adapters/discord/render/render-form.ts';
import { readCorrection, renderInvalid } from '#adapters/discord/render/render-invalid.ts';
import { type RenderedReply, renderPost, renderReply } from '#adapters/discord/render/render-reply.ts';
import type { Reply } from '#domain/reply.ts';
import { writeMisleading } from '#domain/text/hidden-characters.ts';
import { stepCardOf } from '#test/fixtures/every-reply.ts';
import { arbitraryForm, arbitraryReply, givesFile } from '#test/support/arbitrary-reply.ts';
import { messageFaults, modalFaults } from '#test/support/discord-limits.ts';
import { readMarkdown } from '#test/support/discord-markdown.ts';
import { allMarkdownIn, buttonsIn, fencesIn, markdownIn, verbsIn } from '#test/support/discord-message.ts';
import { submit } from '#test/support/discord-submit.ts';
import { fc } from '#test/support/properties.ts';

/** What `\u{202E}` stands for, so that a drawn command can be compared with the one that will run. */
const readBack = (text: string) =>
  text.replace(/\\u\{([0-9A-F]{4,6})\}/g, (_, digits) => String.fromCodePoint(Number.parseInt(digits, 16)));

const commandsOf = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === 'code' && block.role === 'command' ? [block.text] : []));

/** Commands, and facts such as host, risk and rollback, that are not shown whole although a button approves them. */
function unseen(reply: Reply, message: RenderedReply): readonly string[] {
  if (!verbsIn(message).includes('approve')) return [];
  const shown = fencesIn(message).map(readBack);
  const drawn = markdownIn(message).join('\n');
  const facts = reply.blocks.filter(({ kind }) => kind === 'fields').flatMap(drawBlock);
  return [
    ...commandsOf(reply).filter((text) => text !== '' && !shown.includes(readBack(text))),
    ...facts.flatMap((fact) => (fact.kind === 'text' && !drawn.includes(fact.text) ? [fact.text] : [])),
  ];
}

/** Everything that is alive and that the reply did not ask for; people, places and links of ours may be. */
const aliveIn = (message: RenderedReply) =>
  allMarkdownIn(message)
    .flatMap((text) => readMarkdown(text).alive)
    .filter((text) => !/^<@\d{15,20}>$|^\[.*\]\(https?:/s.test(text));

const text = fc.array(
  fc.oneof(
    fc.constantFrom(
      '`',
      '```',
      '*',
      '_',
      '~~',
      '||',
      '\\',
      '<@1>',
      '<t:1>',
      '[a](b:c)',
      '@here',
      'https://a.b',
      '\n',
    ),
    fc.constantFrom('- ', '-# ', '# ', '1. ', '> ', ':x:', '<id:home>', '</a:1>', '<:x:1>', '\u{202E}', ' '),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  ),
  { maxLength: 12 },
);

describe('whatever a reply holds', () => {
  it('Discord takes it, nothing foreign in it is alive, and nobody can approve what is not shown whole', () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        for (const message of [renderPost(reply), renderReply(reply)]) {
          expect(messageFaults(message)).toEqual([]);
          expect(unseen(reply, message)).toEqual([]);
          expect(aliveIn(message)).toEqual([]);
        }
      }),
    );
  });

  it.each([0, 100, 400, 450, 500, 3000])(
    'a step with %i hidden characters shows what it does where',
    (count) => {
      const step = stepCardOf({ command: `rm ${'\u{202E}'.repeat(count)}`, risk: 'destructive' });
      expect(unseen(step, renderPost(step))).toEqual([]);
      expect(unseen(step, renderReply(step))).toEqual([]);
    },
  );

  it('what is left out is in a file', () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        const message = renderPost(reply);
        const given = reply.blocks.filter(givesFile).length;
        const says = markdownIn(message).join().includes('Everything is in the file');
        expect(message.files.length).toBe(Math.min(says ? given + 1 : given, 10));
        expect(message.files.some(({ name }) => name === 'whole-message.txt')).toBe(says);
      }),
    );
  });
});

describe('whatever a text holds', () => {
  it('is read as it is, behind any other text', () => {
    fc.assert(
      fc.property(text, (parts) => {
        const { shown, alive } = readMarkdown(parts.map(escapeMarkdown).join(''));
        expect(shown).toBe(parts.map(writeMisleading).join(''));
        expect(alive).toEqual([]);
      }),
    );
  });

  it('stays inside its code block, and a command is read to the last character', () => {
    fc.assert(
      fc.property(text, (parts) => {
        const command = parts.join('');
        const { fences, alive } = readMarkdown(`${drawFence(command, 'command').text}\nafter`);
        expect(fences.map(readBack)).toEqual(command === '' ? [] : [readBack(command)]);
        expect(alive).toEqual([]);
        expect(readMarkdown(drawFence(command, 'output').text).alive).toEqual([]);
      }),
    );
  });
});

describe('whatever a form holds', () => {
  it('Discord takes it as a modal, and what was there comes back unchanged', () => {
    fc.assert(
      fc.property(arbitraryForm, (form) => {
        const modal = renderForm(form);
        expect(modalFaults(modal)).toEqual([]);
        const back = readFormValues(submit(modal));
        expect(Object.keys(back).toSorted()).toEqual(form.fields.map(({ name }) => name).toSorted());
        for (const { name, kind, initial } of form.fields)
          if (kind === 'text' && initial.length < 100 && initial.trim() !== '')
            expect(back[name]).toBe(initial);
      }),
    );
  });

  it('what is wrong with it fits, and what was entered comes back unless it is named as lost', () => {
    const values = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,20}$/),
      fc.array(text).map((parts) => parts.flat().join('')),
    );
    fc.assert(
      fc.property(values, values, (errors, entered) => {
        const action = { verb: 'parameters', id: 'r1' } as const;
        const message = renderInvalid(action, errors, entered);
        expect(messageFaults(message)).toEqual([]);
        expect(aliveIn(message)).toEqual([]);
        const back = readCorrection(buttonsIn(message)[0]?.custom_id ?? '', message);
        expect(back?.action).toEqual(action);
        const lost = Object.keys(entered).filter((name) => back?.entered[name] !== entered[name]);
        if (lost.length > 0) expect(markdownIn(message).join()).toContain('Too long to be kept here');
      }),
    );
  });
});
