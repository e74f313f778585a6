import { defaultPauseMs, longestPauseMs, mostRetries, type Retry } from '#domain/run/retry.ts';
import { parseDuration } from '#domain/runbook/parse-duration.ts';

/** `"retry"`: how often more a step is tried, and the pause before each time. */
export function readRetry(value: unknown, tell: (message: string) => void): { readonly retry?: Retry } {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { times, pause, ...others } = isMap ? (value as Readonly<Record<string, unknown>>) : {};
  const pauseMs = readPause(pause);
  if (isTimes(times) && pauseMs !== null && Object.keys(others).length === 0)
    return { retry: { times, pauseMs } };
  tell(
    `"retry" must say how often more, 1 to ${mostRetries}, and may say the pause, at most "1m": {"times":2,"pause":"5s"}`,
  );
  return {};
}

const isTimes = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostRetries;

function readPause(value: unknown): number | null {
  if (value === undefined) return defaultPauseMs;
  const pauseMs = typeof value === 'string' ? parseDuration(value) : null;
  return pauseMs !== null && pauseMs <= longestPauseMs ? pauseMs : null;
}
