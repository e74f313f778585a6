import type { Alert } from '#domain/alert/alert.ts';
import type { AlertRoute } from '#domain/alert/alert-route.ts';

export interface RoutedAlert {
  readonly alert: Alert;
  readonly route: AlertRoute | undefined;
}

/** How many alerts are new, were told before, and go nowhere: no route fits, or its workspace is not connected. */
export interface ReceivedAlerts {
  readonly accepted: number;
  readonly repeated: number;
  readonly unrouted: number;
}

/**
 * The door through which senders of alerts hand in what they tell. When it resolves, the alerts are durable and the
 * sender may be told so; when it throws a Fault, it must be told to come again.
 */
export interface AlertInbound {
  receive(alerts: readonly RoutedAlert[]): Promise<ReceivedAlerts>;
  /** Keeps a payload that did not fit, redacted and cut, for whoever sets up the sender. */
  refuse(refused: {
    readonly sender: string;
    readonly field: string;
    readonly message: string;
    readonly payload: string;
  }): Promise<void>;
}
