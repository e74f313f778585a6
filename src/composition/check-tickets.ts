import type { Core } from '#application/core.ts';
import type { Finding } from '#commands/command.ts';
import { guarded, ok } from './finding.ts';

const patienceMs = 5_000;

/** Which of the systems that alerts come from can be asked for something, and whether they answer. */
export function checkTickets({
  core,
}: {
  readonly core: Pick<Core, 'tickets'>;
}): Promise<readonly Finding[]> {
  return Promise.all(
    core.tickets.map((system) => {
      const name = `tickets of ${system.name}`;
      return guarded(name, async () => {
        await system.check(AbortSignal.timeout(patienceMs));
        return ok(name, `answers; can be asked to ${Object.keys(system.actions).join(', ')}`);
      });
    }),
  );
}
