import type { SecretName } from '../secret-store.ts';

/** A secret in its envelope, as it is stored: one version, never changed. All but names and numbers is base64. */
export interface SecretRow {
  readonly name: SecretName;
  /** 1 is the first; the highest counts. */
  readonly version: number;
  readonly id: string;
  /** Which key-encryption key wraps the data key. */
  readonly kekId: string;
  readonly wrappedKey: string;
  readonly sealed: string;
}

/** The envelopes of a workspace. What is inside is the business of `ports/secret-store.ts`. */
export interface SecretRows {
  /** False when this version of the name is there already. */
  add(row: SecretRow): Promise<boolean>;
  newest(name: SecretName): Promise<SecretRow | undefined>;
  /** Every version, by name and age. */
  list(): Promise<readonly Pick<SecretRow, 'name' | 'version' | 'kekId'>[]>;
  /** Takes every version of a name away; false when there was none. */
  remove(name: SecretName): Promise<boolean>;
}
