import type { Alert } from './alert.ts';
import type { AlertRoute } from './alert-route.ts';

/** What a payload tells and where it goes, before anything is kept. */
export type RoutedPayload =
  | {
      readonly kind: 'routed';
      /** The end of the webhook's address. */
      readonly sender: string;
      readonly alerts: readonly { readonly alert: Alert; readonly route: AlertRoute | undefined }[];
    }
  /** `field` is where in the payload it is wrong; empty for the whole. */
  | { readonly kind: 'wrong'; readonly sender: string; readonly field: string; readonly message: string }
  /** It looks like no sender's, or there is no sender of that name. */
  | { readonly kind: 'unknown-sender'; readonly known: readonly string[] };
