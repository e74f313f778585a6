export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log; what reaches it is redacted by the adapter, known secret values included. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
