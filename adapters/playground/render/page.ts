import type { Reply } from '#domain/reply.ts';
import type { PlaygroundChannel, PlaygroundPerson } from '../options.ts';
import { renderHomePane } from './home.ts';
import { doctype, type Html, markup } from './html.ts';
import { renderChannelPane, renderThreadPane, type Shown } from './panes.ts';
import { homeAddress, pageAddress, type View, type Viewer } from './viewer.ts';

/** In the order in which they apply. */
export const styleSheets = ['base.css', 'layout.css', 'messages.css', 'cards.css', 'controls.css'] as const;

export interface Page {
  readonly channels: readonly PlaygroundChannel[];
  readonly channel: PlaygroundChannel;
  readonly view: View;
  readonly shown: Shown;
  readonly viewer: Viewer;
}

/**
 * The whole page. Everything in it works from this machine alone: no address of another host appears in it. The
 * scripts are not deferred: htmx would then start on a timer, at times before its extension is there.
 */
export function renderPage(page: Page): Html {
  const { view, shown, viewer, channel } = page;
  const thread = shown.replies !== null && renderThreadPane(view, shown.replies, viewer);
  return markup`${doctype}<html lang="en"><head>${renderHead(`#${channel.name} · Recourse playground`)}
${scripts}</head>
<body class="${shown.replies === null ? 'no-thread' : 'with-thread'}">
${renderSidebar(page)}
${renderChannelPane(channel, view, shown, viewer)}
${thread}
<div id="dialog"></div>
<div id="notice" class="problem" role="alert"></div>
<div id="live" hx-sse:connect="${streamAddress(view, viewer)}" hx-swap="none" hx-config='{"sse":{"reconnectMaxDelay":3000}}'><p class="offline" role="status">Connection lost. Trying again…</p></div>
</body></html>`;
}

const scripts = markup`<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":false}'>
<script src="/playground/assets/htmx.js"></script>
<script src="/playground/assets/hx-sse.js"></script>
<script src="/playground/assets/playground.js"></script>`;

/** A person's own page; it is drawn anew when it is opened. */
export function renderHomePage(channels: readonly PlaygroundChannel[], reply: Reply, viewer: Viewer): Html {
  return markup`${doctype}<html lang="en"><head>${renderHead('Home · Recourse playground')}
${scripts}</head>
<body class="no-thread">
${renderSidebar({ channels, view: null, viewer })}
${renderHomePane(reply, viewer)}
</body></html>`;
}

function renderHead(title: string): Html {
  return markup`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<link rel="icon" href="/playground/assets/icon.svg" type="image/svg+xml">
${styleSheets.map((name) => markup`<link rel="stylesheet" href="/playground/assets/${name}">`)}`;
}

function streamAddress({ channel, thread }: View, { person }: Viewer): string {
  const query = new URLSearchParams({ person: person.externalId, channel });
  if (thread !== null) query.set('thread', thread);
  return `/playground/stream?${query}`;
}

/** `view` is null on the home page. */
type Sidebar = Pick<Page, 'channels' | 'viewer'> & { readonly view: View | null };

function renderSidebar({ channels, view, viewer }: Sidebar): Html {
  const isHome = view === null && markup` aria-current="page"`;
  const links = channels.map(({ name }) => {
    const current = name === view?.channel && markup` aria-current="page"`;
    const address = pageAddress({ channel: name, thread: null }, viewer);
    return markup`<li><a href="${address}"${current}><span class="hash">#</span>${name}</a></li>`;
  });
  return markup`<div class="sidebar"><p class="brand"><span class="brand-sign" aria-hidden="true">↻</span> Recourse <span class="tag">playground</span></p>
<nav aria-label="Channels"><ul><li><a href="${homeAddress(viewer)}"${isHome}>Home</a></li>${links}</ul></nav>
${renderSwitcher(view, viewer)}</div>`;
}

function renderSwitcher(view: View | null, viewer: Viewer): Html {
  const option = ({ externalId, name, role }: PlaygroundPerson) =>
    markup`<option value="${externalId}"${externalId === viewer.person.externalId && markup` selected`}>${name} · ${role}</option>`;
  return markup`<form class="switcher" action="/" method="get">
<label for="person">You are</label>
<select id="person" name="person" data-submit-on-change>${viewer.people.map(option)}</select>
${view === null ? markup`<input type="hidden" name="home" value="1">` : markup`<input type="hidden" name="channel" value="${view.channel}">`}
${view !== null && view.thread !== null && markup`<input type="hidden" name="thread" value="${view.thread}">`}
<noscript><button class="button plain">Switch</button></noscript>
</form>`;
}

/** What somebody sees who may not come in, or asked for what is not there. */
export function renderClosedDoor(title: string, sentences: readonly string[]): Html {
  return markup`${doctype}<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><h1>${title}</h1>${sentences.map((sentence) => markup`<p>${sentence}</p>`)}</body></html>`;
}
