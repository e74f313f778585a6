import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeer } from '#test/support/peers.ts';

export interface Monitoring {
  /** From now on the disks of these machines are full, and of no others. */
  readonly fill: (...instances: readonly string[]) => void;
  readonly stop: () => Promise<void>;
}

export interface MonitoringOptions {
  /** The address of the webhook, and the secret that is shown there. */
  readonly webhook: string;
  readonly secret: string;
}

const rules = `groups:
  - name: disks
    rules:
      - alert: DiskFull
        expr: disk_full == 1
        labels: { severity: critical, service: web }
        annotations:
          summary: 'Disk full on {{ $labels.machine }}'
          description: 'nothing can be written on {{ $labels.machine }}'
`;

/** A real Prometheus with a rule, and a real Alertmanager that sends what it tells. Both listen on loopback alone. */
export async function startMonitoring({ webhook, secret }: MonitoringOptions): Promise<Monitoring> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-monitoring-'));
  const machines = new Set<string>();
  const exporter = createServer((_, response) => {
    response.end(
      ['web-01', 'web-02']
        .map((name) => `disk_full{machine="${name}"} ${machines.has(name) ? 1 : 0}\n`)
        .join(''),
    );
  }).listen(0, '127.0.0.1');
  await once(exporter, 'listening');
  const manager = await startAlertmanager({ webhook, secret });
  writeFileSync(join(dir, 'rules.yml'), rules);
  writeFileSync(
    join(dir, 'prometheus.yml'),
    prometheusConfig((exporter.address() as AddressInfo).port, manager.port),
  );
  mkdirSync(join(dir, 'data'));
  const prometheus = await startProgram(requirePeer('prometheus'), [
    `--config.file=${dir}/prometheus.yml`,
    `--storage.tsdb.path=${dir}/data`,
    '--web.listen-address=127.0.0.1:0',
  ]);
  return {
    fill: (...instances) => {
      machines.clear();
      for (const name of instances) machines.add(name);
    },
    stop: async () => {
      await Promise.all([endOf(prometheus), manager.stop()]);
      exporter.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A real Alertmanager alone, on loopback. */
export async function startAlertmanager({ webhook, secret }: MonitoringOptions): Promise<{
  readonly port: number;
  readonly stop: () => Promise<void>;
}> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-alertmanager-'));
  const port = await freePort();
  writeFileSync(join(dir, 'alertmanager.yml'), managerConfig(webhook, secret), { mode: 0o600 });
  const manager = await startProgram(requirePeer('alertmanager'), [
    `--config.file=${dir}/alertmanager.yml`,
    `--storage.path=${dir}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]);
  return {
    port,
    stop: async () => {
      await endOf(manager);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const managerConfig = (webhook: string, secret: string): string => `route:
  receiver: recourse
  group_by: [alertname]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 2s
receivers:
  - name: recourse
    webhook_configs:
      - url: ${webhook}
        http_config: { authorization: { credentials: ${secret} } }
`;

const prometheusConfig = (
  exporter: number,
  manager: number,
): string => `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:${manager}'] }] }] }
scrape_configs: [{ job_name: disks, static_configs: [{ targets: ['127.0.0.1:${exporter}'] }] }]
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when it listens. */
async function startProgram(program: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (/Listening on|Server is ready/i.test(said)) resolve();
  });
  child.once('exit', () => reject(new Error(`${program} ended:\n${said}`)));
  await promise;
  return child;
}

async function endOf(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  // Nothing of theirs is kept, so nothing has to be written down first.
  child.kill('SIGKILL');
  await ended;
}
