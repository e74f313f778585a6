import type { Host } from '../host.ts';

/** A host with its login and where it is reached, as a card names it. */
export const hostText = ({ name, user, address, port }: Host): string =>
  `${name} (${user}@${address}:${port})`;
