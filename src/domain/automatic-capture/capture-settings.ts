export interface CaptureSettings {
  /** How long nobody has to say anything after a problem is over before a case is drafted of it. */
  readonly quietMs: number;
  /** The same where nothing but the silence speaks for its being over. */
  readonly silenceMs: number;
  /** A draft that nobody decided on for so long lapses. */
  readonly lapseMs: number;
}

export const defaultCaptureSettings: CaptureSettings = {
  quietMs: 15 * 60_000,
  silenceMs: 60 * 60_000,
  lapseMs: 7 * 24 * 60 * 60_000,
};
