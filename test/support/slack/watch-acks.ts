import { createFrameCutter, isText, textOf } from '../frames.ts';

/** A delivery that the bot acknowledged, and how many milliseconds after its way out that was. */
export interface Acknowledged {
  readonly body: string;
  readonly ms: number;
}

export interface AckWatch {
  /** A frame on its way to the bot. */
  said(frame: Buffer): void;
  /** Bytes that came from the bot. */
  heard(chunk: Buffer): void;
}

/** Watches one socket for envelopes and what acknowledges them. */
export function createAckWatch(tell: (acknowledged: Acknowledged) => void): AckWatch {
  const waiting = new Map<string, { readonly body: string; readonly at: number }>();
  const cut = createFrameCutter();
  const acknowledge = (id: string): void => {
    const sent = waiting.get(id);
    if (sent === undefined || !waiting.delete(id)) return;
    tell({ body: sent.body, ms: performance.now() - sent.at });
  };
  return {
    said: (frame) => {
      const body = textIn(frame);
      const id = envelopeOf(body);
      if (id !== undefined && !waiting.has(id)) waiting.set(id, { body, at: performance.now() });
    },
    heard: (chunk) => {
      for (const id of cut(chunk).map((frame) => envelopeOf(textIn(frame)))) if (id) acknowledge(id);
    },
  };
}

const textIn = (frame: Buffer): string => (isText(frame) ? textOf(frame) : '');
const envelopeOf = (text: string): string | undefined => /"envelope_id":"([^"]+)"/.exec(text)?.[1];
