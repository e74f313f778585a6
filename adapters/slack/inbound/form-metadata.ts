import { z } from 'zod';
import type { Place } from '#domain/intent.ts';

const metadata = z.object({ channel: z.string(), thread: z.string().nullable() });

/** Where a form was opened, to come back with its values: a modal belongs to no channel. */
export function writeMetadata({ channel, thread }: Place): string {
  return JSON.stringify({ channel, thread });
}

/** Undefined when it is not what `writeMetadata` wrote. */
export function readMetadata(text: string): z.infer<typeof metadata> | undefined {
  try {
    return metadata.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
