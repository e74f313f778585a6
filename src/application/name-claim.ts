import type { Core } from './core.ts';

/** Names one claim of one step, also among those of the same process. */
export const nameClaim = ({ instance, ids }: Pick<Core, 'instance' | 'ids'>): string =>
  `${instance}/${ids.nonce()}`;
