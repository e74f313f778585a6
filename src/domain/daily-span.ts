/** A span of every day. Times are `HH:MM` of the zone; a span may cross midnight. */
export interface DailySpan {
  readonly from: string;
  readonly to: string;
  /** A name of the IANA time zone database. */
  readonly zone: string;
}

/** Reads `22:00-07:00 Europe/Berlin`; without a zone UTC is meant. Undefined for anything else, also an empty span. */
export function readDailySpan(text: string): DailySpan | undefined {
  const [, fromHour, fromMinute, toHour, toMinute, zone = 'UTC'] = form.exec(text.trim()) ?? [];
  if (fromHour === undefined || toHour === undefined) return undefined;
  const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
  const to = `${toHour.padStart(2, '0')}:${toMinute}`;
  return from !== to && isZone(zone) ? { from, to, zone } : undefined;
}

const form = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)(?:\s+(\S+))?$/u;

/** Whether a moment, in milliseconds since the epoch, falls into the span. The end itself does not. */
export function isWithinSpan({ from, to, zone }: DailySpan, at: number): boolean {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  // Texts of this form are in the order of time.
  return from < to ? from <= clock && clock < to : from <= clock || clock < to;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
