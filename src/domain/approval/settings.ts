import type { Risk } from '../risk/risk.ts';

/** How long a proposed step may wait, in milliseconds. */
export interface ApprovalSettings {
  readonly expiryMs: number;
  readonly destructiveExpiryMs: number;
}

export function expiryFor(risk: Risk, settings: ApprovalSettings): number {
  return risk === 'destructive' ? settings.destructiveExpiryMs : settings.expiryMs;
}
