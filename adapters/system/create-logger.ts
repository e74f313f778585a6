import { pino } from 'pino';
import type { LogFields, Logger } from '#ports/logger.ts';
import { redactValue } from './redact-value.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Masks the secrets of a text; called for every string that leaves. */
  readonly redact: (text: string) => string;
  /** Where the lines go; standard output when absent. */
  readonly destination?: { write(line: string): void };
}

const levels = ['debug', 'info', 'warn', 'error'] as const;

/**
 * One JSON object a line: level, time (ISO 8601), pid, hostname, the fields, `msg`. Nothing leaves unredacted,
 * and no value, however odd, makes a call throw.
 */
export function createLogger({ level, redact, destination }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Fields arrive here as plain data already; pino's own treatment of `err` would undo that.
      serializers: { err: (plain: unknown) => plain },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  const write = (name: (typeof levels)[number]) => (fields: LogFields, message: string) => {
    if (logger.isLevelEnabled(name)) logger[name](redactFields(fields, redact), redact(message));
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function redactFields(fields: LogFields, redact: (text: string) => string): object {
  try {
    return redactValue({ ...fields }, redact) as object;
  } catch {
    // A getter that throws, a proxy: the line matters more than the field.
    return { fields: '[unreadable]' };
  }
}
