import type { Host } from '../host.ts';
import type { FanOut } from './fan-out.ts';
import type { Step } from './step.ts';

/** A host of a fan-out as its card shows it; `part` is null while it has not begun there. */
export interface FanOutTargetView {
  readonly host: Host;
  /** The hosts to go through, outermost first; null when one of them left the inventory. */
  readonly jumps: readonly Host[] | null;
  readonly command: string;
  readonly part: Step | null;
}

/** A fan-out with its hosts, the canary first. */
export interface FanOutView extends Omit<FanOut, 'targets'> {
  readonly targets: readonly FanOutTargetView[];
}
