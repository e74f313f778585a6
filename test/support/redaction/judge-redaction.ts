import type { MarkedText } from './marked-texts.ts';

/** How one text came out. */
export interface Judged {
  /** The secrets of which a readable part is left. */
  readonly missed: readonly string[];
  /** Whether exactly the secrets are masked, and every word around them is still there. */
  readonly exact: boolean;
}

/** A part of a secret that is this long can be told from chance. */
const tellingLength = 4;

/** Judges what a redactor made of a marked text: a secret is masked when neither it nor its halves can be read. */
export function judgeRedaction({ text, secrets, masked }: MarkedText, redacted: string): Judged {
  const around = secrets.reduce((rest, secret) => rest.replaceAll(secret, '\0'), text);
  const isLeft = (part: string) =>
    part.length >= tellingLength && redacted.includes(part) && !around.includes(part);
  return { missed: secrets.filter((secret) => partsOf(secret).some(isLeft)), exact: redacted === masked };
}

function partsOf(secret: string): readonly string[] {
  const size = Math.max(tellingLength, Math.ceil(secret.length / 3));
  const starts = Array.from({ length: Math.ceil(secret.length / size) }, (_, i) => i * size);
  return [secret, ...starts.map((start) => secret.slice(start, start + size))];
}
