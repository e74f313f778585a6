import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '#domain/fault.ts';
import type { ConnectionOptions, ConnectionStatus, KeptConnection } from '#ports/keeping.ts';

/** A connection that stood this long was good: what follows is a new trouble. */
const settledMs = 10_000;
const pauses = { unavailable: { first: 1000, most: 60_000 }, refused: { first: 10_000, most: 300_000 } };

/** See `Keeping.connected`. */
export function keepConnected({ name, connect, faultOf, logger }: ConnectionOptions): KeptConnection {
  const stopping = new AbortController();
  const attempted = Promise.withResolvers<void>();
  const stopped = new Promise<undefined>((resolve) =>
    stopping.signal.addEventListener('abort', () => resolve(undefined)),
  );
  let status: ConnectionStatus = { connected: false, detail: 'not connected yet' };
  let told: string | undefined;

  const lost = (fault: Fault | undefined): void => {
    const detail = fault ? `${fault.message} ${fault.advice}` : `The connection to ${name} was lost.`;
    status = { connected: false, detail };
    if (stopping.signal.aborted || told === detail) return;
    told = detail;
    if (fault)
      logger.error({ code: fault.code, advice: fault.advice }, `${name} is not connected: ${fault.message}`);
    else logger.info({}, `the connection to ${name} was lost and is made anew`);
  };
  /** One connection from its opening to its end; tells why it ended. */
  const attempt = async (): Promise<Fault | undefined> => {
    const connection = await connect(stopping.signal).catch(faultOf);
    if (!('close' in connection)) return connection;
    status = { connected: true, detail: 'connected' };
    told = undefined;
    logger.info({}, `${name} is connected`);
    attempted.resolve();
    const fault = await Promise.race([connection.ended, stopped]);
    await connection.close();
    return fault;
  };
  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const began = Date.now();
      const fault = await attempt();
      attempted.resolve();
      lost(fault);
      failures = Date.now() - began > settledMs ? 0 : failures + 1;
      await sleep(pauseAfter(fault, failures), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    attempted: attempted.promise,
    status: () => status,
    close: () => {
      stopping.abort();
      return ended;
    },
  };
}

function pauseAfter(fault: Fault | undefined, failures: number): number {
  const { first, most } = fault?.kind === 'configuration' ? pauses.refused : pauses.unavailable;
  if (failures === 0) return fault ? first : 0;
  return Math.max(Math.min(first * 2 ** (failures - 1), most), retryAfter(fault));
}

/** A peer that only an operator can reconcile names a pause for what is sent, not for the connection. */
function retryAfter(fault: Fault | undefined): number {
  return fault?.kind === 'unavailable' ? (fault.retryAfterMs ?? 0) : 0;
}
