import type { LoggedMessage } from '#ports/conversation-log.ts';
import { reactionChoices } from '../limits.ts';
import type { PlaygroundPerson } from '../options.ts';
import { renderCard } from './card.ts';
import { fixedFields, type Html, markup } from './html.ts';
import { renderMessageMenu } from './message-menu.ts';
import { renderTime } from './time.ts';
import { pageAddress, type Viewer } from './viewer.ts';

/** A message in the thread pane. */
export function renderThreadMessage(message: LoggedMessage, viewer: Viewer): Html {
  return renderMessage(`t-${message.id}`, message, viewer, renderReactions(message, viewer));
}

/** A root message in the channel pane, with the way into its thread. */
export function renderRootMessage(message: LoggedMessage, replies: number, viewer: Viewer): Html {
  const footer = markup`${renderReplyCount(message, replies, viewer)}${renderReactions(message, viewer)}`;
  return renderMessage(`c-${message.id}`, message, viewer, footer);
}

/** The link into a thread; its id is where the page puts a new count. */
export function renderReplyCount(root: LoggedMessage, replies: number, viewer: Viewer): Html {
  const address = pageAddress({ channel: root.channel, thread: root.thread ?? root.id }, viewer);
  const count = replies === 0 ? 'Open thread' : `${replies} ${replies === 1 ? 'reply' : 'replies'}`;
  return markup`<a class="replies" id="n-${root.thread ?? root.id}" href="${address}">${count}</a>`;
}

function renderMessage(id: string, message: LoggedMessage, viewer: Viewer, footer: Html): Html {
  const { author, onlyFor } = message;
  const edited =
    message.editedAt !== null &&
    message.body.kind !== 'deleted' &&
    markup`<span class="edited">edited</span>`;
  const notice =
    onlyFor !== null &&
    markup`<p class="only-you"><span aria-hidden="true">👁</span> Only you can see this</p>`;
  return markup`<article class="message${author.isBot ? ' by-bot' : ''}${onlyFor === null ? '' : ' private'}" id="${id}" aria-label="${author.name}">
<span class="avatar ${avatarHue(author, viewer.people)}" aria-hidden="true">${author.isBot ? '↻' : author.name.slice(0, 1)}</span>
<div class="content">${notice}
<p class="byline"><strong><bdi>${author.name}</bdi></strong>${author.isBot && markup`<span class="tag">bot</span>`} ${renderTime(message.at, viewer.now)} ${edited}</p>
${renderBody(message, viewer)}
<div class="footer">${footer}${renderMessageMenu(message, viewer)}</div>
</div></article>`;
}

function renderBody(message: LoggedMessage, viewer: Viewer): Html {
  if (message.body.kind === 'reply') return renderCard(message.body.reply, message.id, viewer);
  if (message.body.kind === 'deleted') return markup`<p class="text deleted">This message was deleted.</p>`;
  return markup`<p class="text"><bdi>${message.body.text}</bdi></p>`;
}

function avatarHue(author: LoggedMessage['author'], people: readonly PlaygroundPerson[]): string {
  if (author.isBot) return 'hue-bot';
  return `hue-${people.findIndex((person) => person.externalId === author.externalId) % 5}`;
}

function renderReactions(message: LoggedMessage, viewer: Viewer): Html {
  if (message.onlyFor !== null || message.body.kind === 'deleted') return markup``;
  return markup`<div class="reactions" role="group" aria-label="Reactions">${reactionChoices.map((emoji) => renderReaction(emoji, message, viewer))}</div>`;
}

function renderReaction(emoji: string, message: LoggedMessage, viewer: Viewer): Html {
  const by = message.reactions[emoji] ?? [];
  const mine = by.includes(viewer.person.externalId);
  const names = by
    .map((id) => viewer.people.find((person) => person.externalId === id)?.name ?? id)
    .join(', ');
  const label = by.length === 0 ? `React with ${emoji}` : `${emoji} by ${names}`;
  const fields = fixedFields({
    person: viewer.person.externalId,
    message: message.id,
    emoji,
    change: mine ? 'removed' : 'added',
  });
  return markup`<button type="button" class="reaction${by.length > 0 ? ' used' : ''}" aria-pressed="${String(mine)}" aria-label="${label}" title="${label}" hx-post="/playground/reactions" hx-vals="${fields}" hx-swap="none">${emoji}${by.length > 0 && markup`<span class="count">${by.length}</span>`}</button>`;
}
