import { join } from 'node:path';

/** Where the server of a data directory listens for commands. */
export function socketPathIn(dataDirectory: string): string {
  return join(dataDirectory, 'recourse.sock');
}
