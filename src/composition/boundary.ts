import type { Config } from '#adapters/config/config.ts';
import { createLogger } from '#adapters/system/create-logger.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import type { Logger } from '#ports/logger.ts';

/** What stands at every way out of the process: the redactor with the known secrets, and the log behind it. */
export interface Boundary {
  readonly redact: (text: string) => string;
  readonly logger: Logger;
}

export function createBoundary(
  config: Pick<Config, 'secrets' | 'logLevel'>,
  destination?: { write(line: string): void },
): Boundary {
  const redact = createRedactor(config.secrets);
  return {
    redact,
    logger: createLogger({ level: config.logLevel, redact, ...(destination && { destination }) }),
  };
}
