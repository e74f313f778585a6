import type { Duplex } from 'node:stream';
import ssh2, { type AnyAuthMethod, type Client, type ConnectConfig } from 'ssh2';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { hostKeyAlgorithms, readPinnedKey } from './host-key.ts';
import { readLogin } from './read-login.ts';
import { cancelledBeforeLogin, judgeHostKey, refusalFromError, unreachableHost } from './refusal.ts';

export interface OpenOptions {
  /** The byte stream to speak over, when the host is behind another one; else a TCP connection is made. */
  readonly via: Duplex | undefined;
  readonly connectTimeoutMs: number;
  readonly keepaliveMs: number;
  readonly signal: AbortSignal;
}

/** A connection after its login; `closed` resolves when it has ended, for whatever reason. */
export interface Link {
  readonly client: Client;
  readonly closed: Promise<void>;
}

export type Opened = { readonly kind: 'connected'; readonly link: Link } | HostRefusal;

/** Connects to one host and logs in. Its key is checked before anything of the login is sent. Never throws. */
export async function openConnection(host: Host, options: OpenOptions): Promise<Opened> {
  const login = await readLogin(host);
  if ('kind' in login) return login;
  if (options.signal.aborted) return cancelledBeforeLogin(host);
  return logIn(host, login, options);
}

function logIn(host: Host, login: AnyAuthMethod, options: OpenOptions): Promise<Opened> {
  const client = new ssh2.Client();
  let refusedKey: HostRefusal | undefined;
  const settings = connectConfig(host, login, options, (refusal) => {
    refusedKey = refusal;
  });
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  return new Promise((resolve) => {
    const settle = (opened: Opened): void => {
      options.signal.removeEventListener('abort', cancel);
      if (opened.kind === 'refused') client.destroy();
      resolve(opened);
    };
    const cancel = (): void => settle(cancelledBeforeLogin(host));
    options.signal.addEventListener('abort', cancel, { once: true });
    // Stays attached: ssh2 also emits errors of an established connection, and an unheard one ends the process.
    client.on('error', (error) => settle(refusedKey ?? refusalFromError(host, error)));
    client.once('close', () => settle(refusedKey ?? unreachableHost(host, 'it closed the connection')));
    // Small packets answer each other all the time: gathering them costs 40 ms each.
    client.once('connect', () => client.setNoDelay(true));
    client.once('ready', () => settle({ kind: 'connected', link: { client, closed } }));
    client.connect(settings);
  });
}

function connectConfig(
  host: Host,
  login: AnyAuthMethod,
  options: OpenOptions,
  onRefusedKey: (refusal: HostRefusal) => void,
): ConnectConfig {
  const pin = host.hostKey === null ? undefined : readPinnedKey(host.hostKey);
  return {
    host: host.address,
    port: host.port,
    username: host.user,
    authHandler: [login],
    readyTimeout: options.connectTimeoutMs,
    keepaliveInterval: options.keepaliveMs,
    keepaliveCountMax: 3,
    algorithms: { serverHostKey: hostKeyAlgorithms(pin) },
    hostVerifier: (key: Buffer): boolean => {
      const refusal = judgeHostKey(host, pin, key);
      if (refusal !== undefined) onRefusedKey(refusal);
      return refusal === undefined;
    },
    ...(options.via === undefined ? {} : { sock: options.via }),
  };
}
