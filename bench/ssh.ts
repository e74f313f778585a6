import { randomUUID } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { connected, hostAt, never } from '#test/support/remote-host.ts';
import { isMet, median, printTable, type Row, rounded } from './report.ts';
import { hardOutputs, measureOutput } from './ssh/measure-output.ts';
import { openSshBench, type SshBench } from './ssh/open-ssh-bench.ts';

/** `npm run bench:ssh -- [--json]`: steps over SSH beside the OpenSSH client. docs/benchmarks.md explains it. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const rounds = 100;
const warmUp = 10;
const fanOut = 20;
const overheadBar = 1.2;
const outputBytes = 1_000_000_000;

const rows: Row[] = [];
const add = (what: string, measured: number, unit: Row['unit'], bar: number | null = null): void => {
  rows.push({ what, measured: rounded(measured), unit, bar });
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** A whole step as it is run: leased, sent, recorded on the host, its end seen, given back. */
async function runStep({ shell, host }: Pick<SshBench, 'shell' | 'host'>, command = 'true'): Promise<void> {
  const session = await connected(shell, host);
  const step = { command, timeoutMs: 60_000, environment: {}, attempt: randomUUID() };
  const result = await session.run(step, () => undefined, never);
  await session.close();
  if (result.kind !== 'exited' || result.exitCode !== 0) throw new Error(`the step ended as ${result.kind}`);
}

/** In turn, so that whatever else the machine does weighs on both alike. */
async function measureOverhead(bench: SshBench): Promise<void> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    ours.push(await timed(() => runStep(bench)));
    theirs.push(await timed(() => bench.openSsh('true')));
  }
  const [step, client] = [median(ours.slice(warmUp)), median(theirs.slice(warmUp))];
  add('a step of `true`, p50', step, 'ms');
  add('OpenSSH client with ControlMaster, `true`, p50', client, 'ms');
  add('the step as a multiple of the client', step / client, '', overheadBar);
}

async function measureFirst({ sshd }: SshBench): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const shell = createSsh2RemoteShell();
    times.push(await timed(() => runStep({ shell, host: hostAt(sshd) })));
    await shell.close();
  }
  add('first step on a host, with handshake, login and probe, p50', median(times), 'ms');
}

async function measureFanOut({ sshd, shell }: SshBench): Promise<void> {
  const hosts = Array.from({ length: fanOut }, (_, n) => hostAt(sshd, { name: `web-${n}` }));
  const all = () => Promise.all(hosts.map((host) => runStep({ shell, host })));
  add(`one step on ${fanOut} hosts at a time, first time`, await timed(all), 'ms');
  add(`one step on ${fanOut} hosts at a time, connected`, await timed(all), 'ms');
}

async function measureOutputs({ host }: SshBench): Promise<void> {
  for (const [what, command] of Object.entries(hardOutputs)) {
    const figures = await measureOutput(host, command(outputBytes));
    if (figures.bytes !== outputBytes) throw new Error(`${what}: ${figures.bytes} bytes came`);
    add(`1 GB of ${what}: memory over idle`, figures.overIdleMB, 'MB', 64);
    add(`1 GB of ${what}: event loop delay, p99`, figures.eventLoopP99Ms, 'ms', 100);
    add(`1 GB of ${what}: until its end`, figures.seconds, 's');
  }
}

const loadBefore = loadavg()[0] ?? Number.NaN;
{
  await using bench = await openSshBench();
  await measureOverhead(bench);
  await measureFirst(bench);
  await measureFanOut(bench);
  await measureOutputs(bench);
}
const load = [loadBefore, loadavg()[0] ?? Number.NaN].map(rounded);
const cores = availableParallelism();

if (values.json)
  console.log(JSON.stringify({ cores, load, rows: rows.map((row) => ({ ...row, met: isMet(row) })) }));
else {
  printTable(rows);
  console.log(`Load average of the machine (${cores} cores): ${load[0]} before, ${load[1]} after.`);
}
