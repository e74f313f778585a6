import type { Reply } from '#domain/reply.ts';
import { renderCard } from './card.ts';
import { type Html, markup } from './html.ts';
import type { Viewer } from './viewer.ts';

/** A person's own page, in the place of a channel. */
export function renderHomePane(reply: Reply, viewer: Viewer): Html {
  return markup`<main class="pane channel" aria-label="Home">
<header class="pane-head"><h1>Home</h1><p class="topic">What waits for ${viewer.person.name}, and what happened lately</p></header>
<div class="scroll" tabindex="-1"><div class="list home">${renderCard(reply, 'home', viewer)}</div></div>
</main>`;
}
