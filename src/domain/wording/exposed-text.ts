import type { ExposedSecret } from '../exposure/exposed-secret.ts';

/** Why a step that is given a secret is not proposed, without the step, as the end of a sentence. */
export const exposedText = ({ program }: ExposedSecret): string =>
  `would hand a secret to ${program} as an argument, which every process list of its host shows; let it read the secret from its standard input, a file descriptor or its environment (docs/secrets.md)`;
