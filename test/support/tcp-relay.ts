import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TcpRelay = {
  readonly port: number;
  /** From now on every byte is swallowed in both directions, and no connection is closed: a half-open network. */
  readonly freeze: () => void;
  /** Breaks all connections and ends the relay. */
  readonly cut: () => Promise<void>;
};

/** A wire to 127.0.0.1:`target` that a test can break without the server's help. */
export const startTcpRelay = async (target: number): Promise<TcpRelay> => {
  const sockets = new Set<Socket>();
  let frozen = false;
  const carry = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (chunk) => {
      if (!frozen) to.write(chunk);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      if (!frozen) to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      frozen = true;
    },
    cut: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
