import { LogLevel, type Logger as SdkLogger } from '@slack/web-api';
import type { Logger } from '#ports/logger.ts';

/**
 * Slack's SDK logs every failure that it also throws; what it says on top of that is for debugging. Its debug lines
 * hold whole payloads, which nobody has redacted, so they are dropped.
 */
export function createSdkLogger(logger: Logger): SdkLogger {
  const pass = (...parts: readonly unknown[]) =>
    logger.debug({ said: parts.map(String).join(' ') }, 'the SDK of Slack says');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: pass,
    error: pass,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
