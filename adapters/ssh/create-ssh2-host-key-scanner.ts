import ssh2 from 'ssh2';
import { Fault } from '#domain/fault.ts';
import type { HostKeyScanner } from '#ports/host-key-scanner.ts';
import { fingerprintOf, formatHostKey, hostKeyAlgorithms } from './host-key.ts';

/** HostKeyScanner over ssh2: takes the key of the handshake and hangs up before any login. */
export function createSsh2HostKeyScanner(options: { readonly timeoutMs?: number } = {}): HostKeyScanner {
  const { timeoutMs = 10_000 } = options;
  return { scan: (address, port) => scan(address, port, timeoutMs) };
}

function scan(address: string, port: number, timeoutMs: number) {
  const client = new ssh2.Client();
  return new Promise<{ readonly hostKey: string; readonly fingerprint: string }>((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      client.destroy();
      const advice = 'Check address and port, and that an SSH server listens there.';
      reject(
        new Fault(
          'unavailable',
          'host-key-scan',
          `${address}:${port} shows no host key: ${why}`,
          advice,
          cause,
        ),
      );
    };
    client.on('error', (error) => fail(error.message, error));
    client.once('close', () => fail('it closed the connection'));
    client.connect({
      host: address,
      port,
      username: 'recourse',
      readyTimeout: timeoutMs,
      algorithms: { serverHostKey: hostKeyAlgorithms(undefined) },
      hostVerifier: (key: Buffer): boolean => {
        resolve({ hostKey: formatHostKey(key), fingerprint: fingerprintOf(key) });
        return false;
      },
    });
  });
}
