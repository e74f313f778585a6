import { Fault } from '#domain/fault.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` (an IPv6 host in brackets); throws a `configuration` Fault that names `variable`. */
export function readListenAddress(address: string, variable: string): ListenAddress {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:[\]]+)):(\d{1,5})$/i.exec(address);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new Fault(
      'configuration',
      'bad-address',
      `${variable} is "${address}", which is not host:port.`,
      `Set ${variable} to something like 127.0.0.1:3000.`,
    );
  }
  return { host: match[1] ?? match[2] ?? '', port };
}

/** The opposite of `readListenAddress`. */
export function writeListenAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
