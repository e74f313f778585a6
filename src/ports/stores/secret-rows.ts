import type { SecretName, SecretVersion } from '../secret-store.ts';

/** A secret in its envelope, as it is stored: one version, whose value never changes. All but names and numbers is base64. */
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
  list(): Promise<readonly SecretVersion[]>;
  /** Takes every version of a name away; false when there was none. */
  remove(name: SecretName): Promise<boolean>;
  /** Takes the versions of a name below this one away. */
  removeBefore(name: SecretName, version: number): Promise<void>;
  /** How many versions are under another key than this one. */
  countNotUnder(kekId: string): Promise<number>;
  /** At most `limit` versions under another key than this one. */
  notUnder(kekId: string, limit: number): Promise<readonly SecretRow[]>;
  /** Another envelope around the same version; false when it is gone, or not under the key `from` any more. */
  rewrap(row: SecretRow, from: string): Promise<boolean>;
}
