/** What a solution applies to, and what is known of an incident; the same five labels on both sides. */
export interface Context {
  readonly os?: string | undefined;
  readonly application?: string | undefined;
  readonly environment?: readonly string[] | undefined;
  readonly service?: string | undefined;
  readonly hostGroup?: string | undefined;
}

export const contextLabels = ['os', 'application', 'environment', 'service', 'hostGroup'] as const;
export type ContextLabel = (typeof contextLabels)[number];
