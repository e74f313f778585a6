/** Asks a host for its key without logging in, so that a person can compare and pin it. */
export interface HostKeyScanner {
  /** Returns the public key as in a known_hosts line and its SHA256 fingerprint; throws a Fault when it does not answer. */
  scan(address: string, port: number): Promise<{ readonly hostKey: string; readonly fingerprint: string }>;
}
