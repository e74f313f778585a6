import type { Line, Span } from '#domain/reply.ts';
import { type Html, markup } from './html.ts';
import { pageAddress, type Viewer } from './viewer.ts';

/** A line of a reply. Every text of it is data: it is escaped, and its writing direction cannot leave it. */
export function renderLine(line: Line, viewer: Viewer): readonly Html[] {
  return line.map((span) => renderSpan(span, viewer));
}

function renderSpan(span: Span, viewer: Viewer): Html {
  if (typeof span === 'string') return markup`<bdi>${span}</bdi>`;
  switch (span.kind) {
    case 'bold':
      return markup`<strong><bdi>${span.text}</bdi></strong>`;
    case 'code':
      return markup`<code><bdi>${span.text}</bdi></code>`;
    case 'person':
      return markup`<span class="mention" title="${span.externalId}">@<bdi>${span.name}</bdi></span>`;
    case 'link':
      return renderLink(span.label, span.url);
    case 'place':
      return markup`<a href="${pageAddress(span, viewer)}"><bdi>${span.label}</bdi></a>`;
  }
}

function renderLink(label: string, url: string): Html {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (scheme !== 'https:' && scheme !== 'http:') return markup`<bdi>${label} (${url})</bdi>`;
  return markup`<a href="${url}" target="_blank" rel="noopener noreferrer" title="${url}"><bdi>${label}</bdi></a>`;
}
