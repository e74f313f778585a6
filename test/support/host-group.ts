import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '#application/core.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createInquireStep } from '#application/inquire-step.ts';
import type { HostEntry } from '#domain/host.ts';
import type { Job } from '#domain/job.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';
import type { TestDatabase } from './databases.ts';
import { startSshd, type TestSshd } from './sshd.ts';

/** Real servers on ports of their own as the hosts web-1 … web-N of the group `web`. */
export async function openHostGroup(count: number) {
  const servers: TestSshd[] = [];
  for (let number = 1; number <= count; number += 1) servers.push(await startSshd());
  const entries = servers.map(
    (sshd, index): HostEntry => ({
      name: `web-${index + 1}`,
      address: '127.0.0.1',
      port: sshd.port,
      user: sshd.login,
      login: { kind: 'key-file', path: sshd.clientKeyPath },
      hostKey: sshd.hostKeyPublic,
      jump: null,
      context: { os: 'linux', hostGroup: 'web', environment: ['staging'] },
      tags: [],
      parameters: {},
    }),
  );
  const dirOf = (number: number): string => servers[number - 1]?.dir ?? '';
  return {
    entries,
    dirOf,
    /** What each host has of a file in its home, as lines; none where the file is not. */
    lines: (file: string): readonly (readonly string[])[] =>
      servers.map(({ dir }) => {
        const path = join(dir, file);
        return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
      }),
    close: async (): Promise<void> => {
      for (const server of servers) await server.stop();
    },
  };
}

/** Works on jobs as the queue does, several at a time, until none is left and none is being worked on. */
export async function workTogether(db: TestDatabase, own: Core): Promise<void> {
  const open = { transactions: 0 };
  const core = { ...own, unitOfWork: counting(own.unitOfWork, open) };
  const execute = createExecuteStep(core);
  const inquire = createInquireStep(core);
  const signal = new AbortController().signal;
  const running = new Set<Promise<void>>();
  const begin = async (job: Job): Promise<void> => {
    if (job.kind === 'execute-step') await execute(job.workspace, job.stepId, signal);
    // A further look comes after a pause, so it is not due.
    if (job.kind === 'inquire-step' && !job.look) await inquire(job.workspace, job.stepId, signal);
  };
  while (db.jobs.length > 0 || running.size > 0) {
    // A job is there for a worker once its transaction is committed, and not before.
    const due = open.transactions === 0 ? db.jobs.splice(0) : [];
    for (const job of due) {
      const ended = begin(job).finally(() => running.delete(ended));
      running.add(ended);
    }
    await Promise.race([...running, new Promise((resume) => setTimeout(resume, 5))]);
  }
}

function counting(unitOfWork: UnitOfWork, open: { transactions: number }): UnitOfWork {
  return {
    ...unitOfWork,
    within: async (workspace, work) => {
      open.transactions += 1;
      try {
        return await unitOfWork.within(workspace, work);
      } finally {
        open.transactions -= 1;
      }
    },
  };
}
