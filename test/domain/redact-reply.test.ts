import { describe, expect, it } from 'vitest';
import { createRedactor } from '#domain/redaction/redact.ts';
import { redactReply } from '#domain/redaction/redact-reply.ts';
import type { Reply, Span } from '#domain/reply.ts';

const secret = `kn0wn-${'zQ7'.repeat(5)}`;
const redact = createRedactor([secret]);
const said = `say ${secret} aloud`;
const spans: readonly Span[] = [
  said,
  { kind: 'bold', text: said },
  { kind: 'code', text: said },
  { kind: 'person', externalId: 'U1', name: said },
  { kind: 'link', label: said, url: `https://wiki.example.com/${secret}` },
  { kind: 'place', label: said, channel: 'C1', thread: null },
];
const reply: Reply = {
  summary: said,
  tone: 'plain',
  blocks: [
    { kind: 'heading', text: said },
    { kind: 'text', line: spans },
    { kind: 'note', line: spans },
    { kind: 'list', items: [spans, spans] },
    { kind: 'fields', fields: [{ name: said, value: spans }] },
    { kind: 'code', role: 'command', text: said },
    { kind: 'code', role: 'output', text: said },
    { kind: 'file', name: `${secret}.txt`, text: said },
    {
      kind: 'buttons',
      buttons: [{ action: { verb: 'approve', id: 'id-1' }, label: said, style: 'primary' }],
    },
    { kind: 'divider' },
  ],
};

describe('the last redaction of a reply', () => {
  it('leaves a known secret in no text of any block', () => {
    const given = JSON.stringify(reply);
    const left = JSON.stringify(redactReply(reply, redact));
    expect(given.split(secret).length - 1).toBe(43);
    expect(left).not.toContain(secret);
    expect(left.split('[redacted]').length - 1).toBe(43);
  });

  it('changes nothing but the secret', () => {
    const masked = JSON.parse(JSON.stringify(reply).replaceAll(secret, '[redacted]'));
    expect(redactReply(reply, redact)).toEqual(masked);
  });
});
