import { join } from 'node:path';

/** Where the Slack server posts events to in HTTP mode; a port of its namespace, so it cannot be taken. */
export const botPort = 4000;

/** The two ways through the wall of the namespace. */
export const sockets = (folder: string) => ({
  toServer: join(folder, 'to-server.sock'),
  toBot: join(folder, 'to-bot.sock'),
});
