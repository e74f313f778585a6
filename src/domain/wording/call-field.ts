import type { Line } from '../reply.ts';
import { formatTime } from './format.ts';

/** What a card of alerts tells of one escalation. Times are milliseconds since the epoch. */
export type ShownCall =
  /** Whom the next level calls, and when. */
  | { readonly kind: 'next'; readonly whom: Line; readonly at: number }
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'nobody-left' };

export const callField = (call: ShownCall): readonly { readonly name: string; readonly value: Line }[] => [
  { name: 'Calls', value: callLine(call) },
];

function callLine(call: ShownCall): Line {
  switch (call.kind) {
    case 'next':
      return [...call.whom, ` at ${formatTime(call.at)} unless somebody acts`];
    case 'taken':
      return [`nobody: ${call.by} is on it`];
    case 'acknowledged':
      return ['nobody: it is acknowledged or silenced where it comes from'];
    case 'nobody-left':
      return ['nobody else, all were called'];
  }
}
