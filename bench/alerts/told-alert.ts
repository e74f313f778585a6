/** One alert as the table in `open-alert-bench.ts` reads it. Times are milliseconds since the epoch. */
export interface ToldAlert {
  readonly channel: string;
  readonly fingerprint: string;
  readonly name: string;
  readonly state: 'firing' | 'resolved';
  readonly began: number;
  readonly changed: number;
}
