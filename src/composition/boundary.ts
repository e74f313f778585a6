import type { Config } from '#adapters/config/config.ts';
import { createLogger } from '#adapters/system/create-logger.ts';
import { createRedactor, type Redact } from '#domain/redaction/redact.ts';
import type { Logger } from '#ports/logger.ts';

/** What stands at every way out of the process: the redactor with the known secrets, and the log behind it. */
export interface Boundary {
  readonly redact: Redact;
  /** From now on this value is a known secret too. */
  readonly keepOut: (secret: string) => void;
  readonly logger: Logger;
}

export function createBoundary(
  config: Pick<Config, 'secrets' | 'logLevel'>,
  destination?: { write(line: string): void },
): Boundary {
  const secrets = new Set(config.secrets);
  let known: Redact | undefined;
  const redact: Redact = (text, part) => {
    known ??= createRedactor(secrets);
    return known(text, part);
  };
  return {
    redact,
    keepOut: (secret) => {
      if (secrets.has(secret)) return;
      secrets.add(secret);
      // Preparing all of them takes a while: once for many that come together.
      known = undefined;
    },
    logger: createLogger({ level: config.logLevel, redact, ...(destination && { destination }) }),
  };
}
