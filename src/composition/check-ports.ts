import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Address, Config } from '#adapters/config/config.ts';
import { writeListenAddress } from '#adapters/http/listen-address.ts';
import type { Finding } from '#commands/command.ts';

const patienceMs = 2_000;

/** Whether each listener's address is free, or held by a Recourse that answers there. */
export function checkPorts({ localAddress, publicAddress }: Config): Promise<readonly Finding[]> {
  return Promise.all([
    checkPort('RECOURSE_LOCAL_ADDRESS', localAddress),
    checkPort('RECOURSE_PUBLIC_ADDRESS', publicAddress),
  ]);
}

async function checkPort(variable: string, address: Address): Promise<Finding> {
  const name = `port ${writeListenAddress(address)}`;
  if (await isFree(address)) return { name, status: 'ok', message: 'free', advice: null };
  if (await recourseAnswers(address))
    return { name, status: 'ok', message: 'Recourse answers', advice: null };
  const advice = `Stop the other program or set ${variable} to another address.`;
  return { name, status: 'failed', message: 'another program has it, or it may not be used', advice };
}

async function isFree({ host, port }: Address): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    return true;
  } catch {
    return false;
  }
}

async function recourseAnswers(address: Address): Promise<boolean> {
  const url = `http://${writeListenAddress(address)}/healthz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    return ((await response.json()) as { ok?: unknown }).ok === true;
  } catch {
    return false;
  }
}
