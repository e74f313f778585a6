import type { Queue, QueuePolicy } from 'pg-boss';
import type { Job } from '#domain/job.ts';
import { mostParallel } from '#domain/run/fan-out.ts';

interface QueueSettings {
  /** Fixed when the queue is made; the rest is brought up to date at every start. */
  readonly policy: QueuePolicy;
  readonly changeable: Pick<Queue, 'notify' | 'expireInSeconds' | 'heartbeatSeconds' | 'retryLimit'> & {
    readonly retryDelay: number;
  };
  /** How many jobs of this kind one process does at a time. */
  readonly concurrency: number;
}

const hour = 3600;

/**
 * How jobs of each kind are carried. A job whose process died is noticed by its missing heartbeat and delivered
 * again, as one whose handler threw; the handler bears that (a step is claimed in the database before it runs).
 */
export const queues: Readonly<Record<Job['kind'], QueueSettings>> = {
  'execute-step': {
    // As much as pg-boss allows, and above any step's own time-outs: the queue never decides how long a step may take.
    policy: 'standard',
    changeable: {
      notify: true,
      expireInSeconds: 24 * hour,
      heartbeatSeconds: 30,
      retryLimit: 3,
      retryDelay: 1,
    },
    // As many as a step over a group may ask for, and some for the steps of other threads meanwhile.
    concurrency: mostParallel + 4,
  },
  'inquire-step': {
    // Each look at a host is a job of its own; one that fails here could not reach the database.
    policy: 'standard',
    changeable: { notify: true, expireInSeconds: hour, heartbeatSeconds: 30, retryLimit: 20, retryDelay: 15 },
    concurrency: 4,
  },
  'consult-model': {
    // A model that is away for a while is asked again; nothing waits for what it says.
    policy: 'standard',
    changeable: { notify: true, expireInSeconds: 600, heartbeatSeconds: 30, retryLimit: 5, retryDelay: 120 },
    concurrency: 1,
  },
  'consult-noise': {
    // As above, and apart from it: many alerts must not keep a runbook waiting.
    policy: 'standard',
    changeable: { notify: true, expireInSeconds: 600, heartbeatSeconds: 30, retryLimit: 5, retryDelay: 120 },
    concurrency: 1,
  },
  fold: {
    // One waiting and one running a workspace: the fold recomputes from rows, so a second one waiting adds nothing.
    policy: 'stately',
    changeable: { notify: true, expireInSeconds: hour, heartbeatSeconds: 30, retryLimit: 2, retryDelay: 1 },
    concurrency: 1,
  },
};
