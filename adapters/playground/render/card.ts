import { writeAction } from '#domain/action.ts';
import type { Block, Button, CodeRole, Reply } from '#domain/reply.ts';
import { toneWords } from '#domain/wording/tone-words.ts';
import { fixedFields, type Html, markup } from './html.ts';
import { renderLine } from './line.ts';
import { showHidden } from './show-hidden.ts';
import type { Viewer } from './viewer.ts';

/** A reply of the bot. `messageId` is what its buttons name, `viewer` is who presses them. */
export function renderCard(reply: Reply, messageId: string, viewer: Viewer): Html {
  const tone = toneWords[reply.tone];
  const badge = tone && markup`<p class="tone"><span aria-hidden="true">${tone.sign}</span> ${tone.word}</p>`;
  return markup`<div class="card tone-${reply.tone}">${badge}${reply.blocks.map((block) => renderBlock(block, messageId, viewer))}</div>`;
}

function renderBlock(block: Block, messageId: string, viewer: Viewer): Html {
  switch (block.kind) {
    case 'heading':
      return markup`<h3><bdi>${block.text}</bdi></h3>`;
    case 'text':
      return markup`<p>${renderLine(block.line, viewer)}</p>`;
    case 'note':
      return markup`<p class="note">${renderLine(block.line, viewer)}</p>`;
    case 'list':
      return markup`<ul>${block.items.map((item) => markup`<li>${renderLine(item, viewer)}</li>`)}</ul>`;
    case 'fields':
      return renderFieldList(block.fields, viewer);
    case 'code':
      return renderCode(block.role, block.text);
    case 'file':
      return renderFile(block.name, block.text);
    case 'picture':
      return markup`<figure class="picture"><img src="data:image/png;base64,${block.png}" alt=""><figcaption>${block.alt}</figcaption></figure>`;
    case 'buttons':
      return markup`<div class="buttons" role="group">${block.buttons.map((button) => renderButton(button, messageId, viewer))}</div>`;
    case 'divider':
      return markup`<hr>`;
  }
}

function renderFieldList(fields: Extract<Block, { kind: 'fields' }>['fields'], viewer: Viewer): Html {
  return markup`<dl>${fields.map(({ name, value }) => markup`<div><dt>${name}</dt><dd>${renderLine(value, viewer)}</dd></div>`)}</dl>`;
}

const codeLabels = {
  command: 'Command',
  given: 'Given to it',
  proposed: 'What would change',
  output: 'Output',
  difference: 'Difference',
} as const satisfies Record<CodeRole, string>;

/** All scroll, so all can be reached and scrolled by keyboard. */
function renderCode(role: CodeRole, text: string): Html {
  const label = codeLabels[role];
  return markup`<figure class="${role}"><figcaption>${label}</figcaption><pre tabindex="0" role="region" aria-label="${label}"><code>${showHidden(text, role)}</code></pre></figure>`;
}

/** Folded: a file is for the one who looks for something in it. */
function renderFile(name: string, text: string): Html {
  return markup`<details class="file"><summary>📄 <bdi>${name}</bdi></summary><pre tabindex="0" role="region" aria-label="${name}"><code>${showHidden(text, 'output')}</code></pre></details>`;
}

/** `taken` draws it as just pressed, until the card is drawn anew. */
export function renderButton(button: Button, messageId: string, viewer: Viewer, taken = false): Html {
  const action = writeAction(button.action);
  const fields = fixedFields({ person: viewer.person.externalId, message: messageId, action });
  const busy = taken
    ? markup` aria-busy="true"><bdi>${button.label}</bdi> <span class="taken" role="status">got it</span>`
    : markup`><bdi>${button.label}</bdi>`;
  return markup`<button type="button" class="button ${button.style}" id="b-${messageId}-${action}" hx-post="/playground/actions" hx-vals="${fields}" hx-swap="outerMorph" hx-target="this"${busy}</button>`;
}

/** The button of a reply that stands for an action, if it shows one. */
export function findButton(reply: Reply, action: string): Button | undefined {
  return reply.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find((button) => writeAction(button.action) === action);
}
