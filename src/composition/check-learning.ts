import type { Core } from '#application/core.ts';
import type { Finding } from '#commands/command.ts';

const days = 7;
const advice =
  'Ask the team to press 👍, 🤔 or 👎 on "Did this solve it?", or to react so; without votes rates stop learning.';

/** Whether anybody said lately how solutions did, in each workspace in which any was shown. */
export async function checkLearning({
  core,
}: {
  readonly core: Pick<Core, 'workspaces' | 'unitOfWork'>;
}): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { id, name } of await core.workspaces.all()) {
    const { shown, votes } = await core.unitOfWork.within(id, ({ overview }) => overview.fed(days));
    if (shown === 0) continue;
    const about = { name: `votes of ${name}` };
    findings.push(
      votes === 0
        ? { ...about, status: 'warning', message: `no vote came for ${days} days`, advice }
        : { ...about, status: 'ok', message: `${votes} votes in ${days} days`, advice: null },
    );
  }
  return findings;
}
