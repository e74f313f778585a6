import type { Core } from '#application/core.ts';
import type { Finding } from '#commands/command.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { formatAge, formatTime } from '#domain/wording/format.ts';

interface Open {
  readonly core: Pick<Core, 'workspaces' | 'unitOfWork'>;
}

const tooLongSeconds = 300;

/** Messages of every workspace that did not reach a chat. */
export async function checkDeliveries(open: Open): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { id, name } of await open.core.workspaces.all()) {
    findings.push(...(await checkRefused(open, id, name)), ...(await checkLag(open, id, name)));
  }
  return findings;
}

async function checkRefused({ core }: Open, id: WorkspaceId, name: string): Promise<readonly Finding[]> {
  const { posts, count } = await core.unitOfWork.within(id, async ({ outbox, operations }) => ({
    posts: await outbox.refused(3),
    count: (await operations.read()).outboxDead,
  }));
  if (count === 0) return [];
  const lines = posts.map(
    ({ channel, summary, error, at }) => `${formatTime(at)}, channel ${channel}: ${summary} (${error})`,
  );
  return [
    {
      name: `messages of ${name}`,
      status: 'warning',
      message: [`given up because the chat refused them: ${count}; the newest:`, ...lines].join('\n'),
      advice:
        'Mend what the reason names, for most by inviting the bot into the channel; then ask again there.',
    },
  ];
}

async function checkLag({ core }: Open, id: WorkspaceId, name: string): Promise<readonly Finding[]> {
  const { outboxWaiting, outboxLag } = await core.unitOfWork.within(id, ({ operations }) =>
    operations.read(),
  );
  if (outboxLag === null || outboxLag < tooLongSeconds) return [];
  return [
    {
      name: `outbox of ${name}`,
      status: 'warning',
      message: `${outboxWaiting} messages wait, the oldest for ${formatAge(outboxLag * 1000)}`,
      advice: 'Is the bot running, and does the chat answer? Its log says what the chat said.',
    },
  ];
}
