import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { drawBlock } from '#adapters/slack/render/draw-block.ts';
import { renderForm } from '#adapters/slack/render/render-form.ts';
import { renderHome, renderPost, renderReply } from '#adapters/slack/render/render-reply.ts';
import { readAction } from '#domain/action.ts';
import type { Reply } from '#domain/reply.ts';
import { stepCardOf } from '#test/fixtures/every-reply.ts';
import { arbitraryForm, arbitraryReply, givesFile } from '#test/support/arbitrary-reply.ts';
import { fc } from '#test/support/properties.ts';
import { buttonsIn, commandsIn } from '#test/support/slack-blocks.ts';
import { messageFaults, viewFaults } from '#test/support/slack-limits.ts';

const commandsOf = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === 'code' && block.role === 'command' ? [block.text] : []));

/** What `\u{202E}` stands for, so that a drawn command can be compared with the one that will run. */
const readBack = (text: string) =>
  text.replace(/\\u\{([0-9A-F]{4,6})\}/g, (_, digits) => String.fromCodePoint(Number.parseInt(digits, 16)));

/** Commands, and facts such as host, risk and rollback, that are not shown whole although a button approves them. */
function unseen(reply: Reply, blocks: readonly KnownBlock[]): readonly string[] {
  if (!buttonsIn(blocks).some(({ value }) => readAction(value ?? '')?.verb === 'approve')) return [];
  const shown = commandsIn(blocks).map(readBack);
  const drawn = JSON.stringify(blocks);
  const facts = reply.blocks.filter(({ kind }) => kind === 'fields').flatMap(drawBlock);
  return [
    ...commandsOf(reply).filter((text) => text !== '' && !shown.includes(readBack(text))),
    ...facts.map((fact) => JSON.stringify(fact)).filter((fact) => !drawn.includes(fact)),
  ];
}

describe('whatever a reply holds', () => {
  it('Slack takes it, as a message and as an App Home', () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        expect(messageFaults(renderPost(reply))).toEqual([]);
        expect(messageFaults(renderReply(reply))).toEqual([]);
        expect(viewFaults(renderHome(reply))).toEqual([]);
      }),
    );
  });

  it('nobody can approve what is not shown whole', () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        expect(unseen(reply, renderPost(reply).blocks)).toEqual([]);
        expect(unseen(reply, renderReply(reply).blocks)).toEqual([]);
        expect(unseen(reply, renderHome(reply).blocks as KnownBlock[])).toEqual([]);
      }),
    );
  });

  it.each([0, 1100, 1150, 1250, 3000])(
    'a step with %i hidden characters shows what it does where',
    (count) => {
      const step = stepCardOf({ command: `rm ${'\u{202E}'.repeat(count)}`, risk: 'destructive' });
      expect(unseen(step, renderPost(step).blocks)).toEqual([]);
      expect(unseen(step, renderReply(step).blocks)).toEqual([]);
    },
  );

  it('what is left out is in a file', () => {
    fc.assert(
      fc.property(arbitraryReply, (reply) => {
        const { blocks, files } = renderPost(reply);
        const given = reply.blocks.filter(givesFile).length;
        const says = JSON.stringify(blocks).includes('Shortened to fit here. Everything is in the file');
        expect(files.length).toBe(says ? given + 1 : given);
      }),
    );
  });
});

describe('whatever a form holds', () => {
  it('Slack takes it as a modal', () => {
    fc.assert(
      fc.property(arbitraryForm, (form) => {
        expect(viewFaults(renderForm(form, '{"place":"C1"}'))).toEqual([]);
      }),
    );
  });
});
