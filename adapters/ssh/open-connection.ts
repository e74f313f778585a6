import type { Duplex } from 'node:stream';
import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { hostKeyAlgorithms, type PinnedKey } from './host-key.ts';
import type { LoginMethod } from './read-login.ts';
import { cancelledBeforeLogin, judgeHostKey, refusalFromError, unreachableHost } from './refusal.ts';
import { settleHostKey } from './settle-host-key.ts';
import { teachCertificates } from './teach-certificates.ts';

export interface OpenOptions {
  /** Makes the byte stream to speak over; undefined where a TCP connection of our own will do. */
  readonly dial: () => Promise<
    { readonly kind: 'dialled'; readonly stream: Duplex | undefined } | HostRefusal
  >;
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
export async function openConnection(host: Host, login: LoginMethod, options: OpenOptions): Promise<Opened> {
  if (options.signal.aborted) return cancelledBeforeLogin(host);
  const settled = await settleHostKey(host, options);
  if (settled.kind === 'refused') return settled;
  const dialled = await options.dial();
  if (dialled.kind === 'refused') return dialled;
  return logIn(host, login, { pin: settled.pin, stream: dialled.stream }, options);
}

interface Reached {
  readonly pin: PinnedKey | undefined;
  readonly stream: Duplex | undefined;
}

function logIn(
  host: Host,
  login: LoginMethod,
  { pin, stream }: Reached,
  options: OpenOptions,
): Promise<Opened> {
  const client = new ssh2.Client();
  let refusedKey: HostRefusal | undefined;
  const settings = connectConfig(host, login, { ...options, pin }, (refusal) => {
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
    client.on('error', (error) => settle(refusedKey ?? refusalFromError(host, error, login.hint)));
    client.once('close', () => settle(refusedKey ?? unreachableHost(host, 'it closed the connection')));
    // Small packets answer each other all the time: gathering them costs 40 ms each.
    client.once('connect', () => client.setNoDelay(true));
    client.once('ready', () => settle({ kind: 'connected', link: { client, closed } }));
    try {
      client.connect(stream === undefined ? settings : { ...settings, sock: stream });
      teachCertificates(client, login.certificates);
    } catch (error) {
      settle(refusalFromError(host, error as Error, login.hint));
    }
  });
}

function connectConfig(
  host: Host,
  login: LoginMethod,
  options: OpenOptions & Pick<Reached, 'pin'>,
  onRefusedKey: (refusal: HostRefusal) => void,
): ConnectConfig {
  const { pin } = options;
  return {
    host: host.address,
    port: host.port,
    username: host.user,
    authHandler: [...login.methods],
    readyTimeout: options.connectTimeoutMs,
    keepaliveInterval: options.keepaliveMs,
    // ssh2 breaks off one interval after so many have gone unanswered: the third silent one ends it.
    keepaliveCountMax: 2,
    algorithms: { serverHostKey: hostKeyAlgorithms(pin) },
    hostVerifier: (key: Buffer): boolean => {
      const refusal = judgeHostKey(host, pin, key);
      if (refusal !== undefined) onRefusedKey(refusal);
      return refusal === undefined;
    },
  };
}
