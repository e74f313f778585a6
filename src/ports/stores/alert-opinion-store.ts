import type { NoiseOpinion } from '#domain/alert/noise-opinion.ts';
import type { AlertIncidentId } from '#domain/ids.ts';

export interface KeptOpinion extends NoiseOpinion {
  /** The name of the model. */
  readonly model: string;
  /** How many alerts the incident had when it was asked. */
  readonly of: number;
}

/** What a model makes of incidents of alerts: one opinion each, shown and not counted anywhere. */
export interface AlertOpinionStore {
  find(incident: AlertIncidentId): Promise<KeptOpinion | undefined>;
  /**
   * Keeps it, with the alerts of the incident held until the transaction ends, so that no card is drawn beside it; false when
   * there was one or the incident is gone, and nothing is changed.
   */
  keep(incident: AlertIncidentId, opinion: KeptOpinion): Promise<boolean>;
}
