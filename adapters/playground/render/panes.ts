import type { Button } from '#domain/reply.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Change } from '../chat/live-feed.ts';
import type { PlaygroundChannel } from '../options.ts';
import { renderButton } from './card.ts';
import { renderComposer } from './composer.ts';
import { type Html, markup } from './html.ts';
import { renderReplyCount, renderRootMessage, renderThreadMessage } from './message.ts';
import { pageAddress, type View, type Viewer } from './viewer.ts';

type Root = { readonly message: LoggedMessage; readonly replies: number };

/** What a view shows now; `replies` is null when no thread is open, empty when it is gone. */
export interface Shown {
  readonly roots: readonly Root[];
  readonly replies: readonly LoggedMessage[] | null;
}

export function renderChannelPane(
  channel: PlaygroundChannel,
  view: View,
  shown: Shown,
  viewer: Viewer,
): Html {
  return markup`<main class="pane channel" aria-label="Channel ${channel.name}">
<header class="pane-head"><h1><span class="hash">#</span>${channel.name}</h1><p class="topic">${channel.topic}</p></header>
<div class="scroll" tabindex="-1" data-scroll>
<div class="list" id="channel-list" role="log" aria-live="polite" aria-relevant="additions" aria-label="Messages in ${channel.name}">${renderRoots(shown.roots, channel, viewer)}</div></div>
${renderComposer({ ...view, thread: null }, viewer, `Message #${channel.name}`)}
</main>`;
}

function renderRoots(roots: readonly Root[], channel: PlaygroundChannel, viewer: Viewer): Html {
  return markup`<div class="empty" id="channel-empty"><p class="empty-title">All quiet in #${channel.name}</p><p>${channel.hint}</p></div>
${roots.map(({ message, replies }) => renderRootMessage(message, replies, viewer))}`;
}

export function renderThreadPane(view: View, replies: readonly LoggedMessage[], viewer: Viewer): Html {
  const back = pageAddress({ channel: view.channel, thread: null }, viewer);
  return markup`<section class="pane thread" aria-label="Thread">
<header class="pane-head"><a class="back" href="${back}" aria-label="Back to #${view.channel}"><span aria-hidden="true">‹</span> #${view.channel}</a><h2>Thread</h2>${replies[0] && renderButton(saveButton(replies[0].id), replies[0].id, viewer)}<a class="close" href="${back}" aria-label="Close the thread"><span aria-hidden="true">✕</span></a></header>
<div class="scroll" tabindex="-1" data-scroll>
<div class="list" id="thread-list" role="log" aria-live="polite" aria-relevant="additions" aria-label="Messages in this thread">${renderReplies(replies, viewer)}</div></div>
${renderComposer(view, viewer, 'Reply in this thread')}
</section>`;
}

/** What a message's own menu offers elsewhere. */
const saveButton = (id: string): Button => ({
  action: { verb: 'save-case', id },
  label: 'Save as case',
  style: 'plain',
});

function renderReplies(replies: readonly LoggedMessage[], viewer: Viewer): Html {
  return markup`<div class="empty" id="thread-empty"><p class="empty-title">This thread is gone</p><p>It may belong to an earlier database. Go back to the channel.</p></div>
${replies.map((message) => renderThreadMessage(message, viewer))}`;
}

/** Everything the open lists hold, to bring a page that comes back up to date without losing what it is doing. */
export function renderSnapshot(channel: PlaygroundChannel, shown: Shown, viewer: Viewer): Html {
  const thread =
    shown.replies !== null &&
    markup`<hx-partial hx-target="#thread-list" hx-swap="innerMorph">${renderReplies(shown.replies, viewer)}</hx-partial>`;
  return markup`<hx-partial hx-target="#channel-list" hx-swap="innerMorph">${renderRoots(shown.roots, channel, viewer)}</hx-partial>${thread}`;
}

/**
 * One change, for the lists that show it. `known` are the ids of the elements on the page: what is there is morphed
 * in place, what is not is added at the end, and its id is added to `known`.
 */
export function renderChange(change: Change, view: View, viewer: Viewer, known: Set<string>): Html {
  const { message, replies } = change;
  const isRoot = message.thread === null;
  const inChannel = message.channel === view.channel;
  const root =
    isRoot &&
    inChannel &&
    renderUpsert(`c-${message.id}`, renderRootMessage(message, replies, viewer), 'channel-list', known);
  const count =
    !isRoot && inChannel && renderInPlace(`n-${message.thread}`, renderReplyCount(message, replies, viewer));
  const reply =
    (message.thread ?? message.id) === view.thread &&
    renderUpsert(`t-${message.id}`, renderThreadMessage(message, viewer), 'thread-list', known);
  return markup`${root}${count}${reply}`;
}

function renderUpsert(id: string, element: Html, list: string, known: Set<string>): Html {
  if (known.has(id)) return renderInPlace(id, element);
  known.add(id);
  return markup`<hx-partial hx-target="#${list}" hx-swap="beforeend">${element}</hx-partial>`;
}

function renderInPlace(id: string, element: Html): Html {
  return markup`<hx-partial hx-target="#${id}" hx-swap="outerMorph">${element}</hx-partial>`;
}
