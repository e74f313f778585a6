import type { Host } from '../host.ts';

/** A host with its login and where it is reached, as a card names it. */
export const hostText = (host: Host): string => `${host.name} (${loginText(host)})`;

/** The same where its name stands beside it. */
export const loginText = ({ user, address, port }: Host): string => `${user}@${address}:${port}`;
