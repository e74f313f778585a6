import { clipText } from '../shortening/clip-text.ts';
import { ownValue } from '../text/own-value.ts';
import { storableText } from '../text/storable-text.ts';

const noiseOpinions = ['noise', 'real', 'unclear'] as const;

/** What a model makes of alerts. Nobody has checked it, and it counts for nothing. */
export interface NoiseOpinion {
  readonly opinion: (typeof noiseOpinions)[number];
  /** One line, as the model wrote it: foreign text. */
  readonly reason: string;
}

/** Characters that are kept; a card shows fewer, and fewer are asked for. */
const longestReason = 300;

/** What a model is asked to answer with, as JSON schema. */
export const noiseOpinionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['opinion', 'reason'],
  properties: {
    opinion: { enum: noiseOpinions },
    reason: { type: 'string', maxLength: longestReason },
  },
} as const;

/**
 * What a model answered, where it is what it was asked for; undefined else. A reason that is too long is cut, after `redact` took
 * secrets out of it.
 */
export function readNoiseOpinion(value: unknown, redact: (text: string) => string): NoiseOpinion | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const opinion = noiseOpinions.find((known) => known === ownValue(given, 'opinion'));
  const reason = ownValue(given, 'reason');
  if (opinion === undefined || typeof reason !== 'string') return undefined;
  const line = redact(storableText(reason).replace(/\s+/gu, ' ').trim());
  return line === '' ? undefined : { opinion, reason: clipText(line, longestReason) };
}
