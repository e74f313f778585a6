import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, Registry } from 'prom-client';
import type { Operations } from '#ports/stores/operations-store.ts';
import { operationsGauges } from './gauges.ts';

export interface MetricsOptions {
  /** The numbers summed over all workspaces; asked anew at every read. */
  readonly operations: () => Promise<Operations>;
  readonly chats: () => readonly { readonly platform: string; readonly connected: boolean }[];
}

export interface Metrics {
  /** The exposition text. Rejects when the operators' numbers cannot be read. */
  read(): Promise<string>;
  readonly contentType: string;
  close(): void;
}

/** Every metric of this process, under `recourse_…`, in a registry of its own. */
export function createMetrics({ operations, chats }: MetricsOptions): Metrics {
  const registry = new Registry();
  const writeOperations = registerOperations(registry);
  const writeChats = registerChats(registry);
  const loop = watchEventLoop(registry);
  return {
    read: async () => {
      writeOperations(await operations());
      writeChats(chats());
      loop.write();
      return registry.metrics();
    },
    contentType: registry.contentType,
    close: loop.close,
  };
}

function gaugeIn<Label extends string>(registry: Registry, name: string, help: string, labelNames: Label[]) {
  return new Gauge<Label>({ name, help, labelNames, registers: [registry] });
}

function registerOperations(registry: Registry): (operations: Operations) => void {
  const gauges = operationsGauges.map((one) => ({
    ...one,
    gauge: gaugeIn(registry, one.name, one.help, []),
  }));
  const runs = gaugeIn(registry, 'recourse_runs', 'Runs by state.', ['state']);
  return (now) => {
    for (const { gauge, read } of gauges) {
      const value = read(now);
      // Without labels a gauge starts at 0, so an absent value has to be taken out.
      if (value === null) gauge.remove({});
      else gauge.set(value);
    }
    runs.reset();
    for (const [state, count] of Object.entries(now.runsByState)) runs.set({ state }, count);
  };
}

function registerChats(registry: Registry): (chats: ReturnType<MetricsOptions['chats']>) => void {
  const connected = gaugeIn(registry, 'recourse_chat_connected', '1 while the chat platform is connected.', [
    'platform',
  ]);
  return (chats) => {
    connected.reset();
    for (const { platform, connected: isUp } of chats) connected.set({ platform }, Number(isUp));
  };
}

/** The 99th percentile since the last read, so that a bad minute shows and then goes. */
function watchEventLoop(registry: Registry) {
  const name = 'recourse_event_loop_p99_seconds';
  const gauge = gaugeIn(registry, name, 'Delay of the event loop, 99th percentile since the last read.', []);
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  return {
    write: () => {
      const nanoseconds = histogram.percentile(99);
      gauge.set(Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
      histogram.reset();
    },
    close: () => void histogram.disable(),
  };
}
