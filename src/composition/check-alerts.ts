import { loadAlertsFile } from '#adapters/alerts/load-alerts-file.ts';
import type { Config } from '#adapters/config/config.ts';
import type { Core } from '#application/core.ts';
import type { Finding } from '#commands/command.ts';
import { Fault } from '#domain/fault.ts';
import { formatTime } from '#domain/wording/format.ts';
import type { RefusedPayload } from '#ports/stores/alert-store.ts';

interface Open {
  readonly core: Pick<Core, 'workspaces' | 'unitOfWork'>;
}

const shown = 3;

/** Senders that are listened to, routes that lead nowhere, people who cannot be called, and payloads that did not fit. */
export async function checkAlerts(config: Config['alerts'], open: Open): Promise<readonly Finding[]> {
  return [
    ...(await checkRoutes(config, open)),
    ...(await checkEscalations(config, open)),
    ...(await checkRefusals(open)),
  ];
}

async function checkRoutes(
  { file, secrets, topics }: Config['alerts'],
  { core }: Open,
): Promise<readonly Finding[]> {
  const listening = Object.entries({ ...secrets, cloudwatch: topics[0] }).flatMap(([name, set]) =>
    set ? [name] : [],
  );
  const read = await loadAlertsFile(file).catch((error: unknown) => error);
  if (read instanceof Fault)
    return [{ name: 'alerts', status: 'failed', message: read.message, advice: read.advice }];
  const { routes } = read as Awaited<ReturnType<typeof loadAlertsFile>>;
  if (listening.length === 0 && routes.length === 0) return [];
  const all = await core.workspaces.all();
  const lost = routes.filter(
    ({ to }) =>
      !all.some(({ platform, externalId }) => platform === to.platform && externalId === to.workspace),
  );
  if (lost.length > 0)
    return [
      {
        name: 'alerts',
        status: 'warning',
        message: `routes to workspaces that are not connected: ${lost.map(({ name }) => name).join(', ')}`,
        advice: 'Connect the workspace, or correct `to` in the alerts file; their alerts go nowhere.',
      },
    ];
  if (listening.length === 0 || routes.length === 0)
    return [
      {
        name: 'alerts',
        status: 'warning',
        message:
          listening.length === 0
            ? 'there are routes, and no sender is listened to'
            : `${listening.join(', ')} may send, and there are no routes`,
        advice: 'docs/alerts.md says how to set up a sender and where its alerts go.',
      },
    ];
  return [
    {
      name: 'alerts',
      status: 'ok',
      message: `${routes.length} routes; listening to ${listening.join(', ')}`,
      advice: null,
    },
  ];
}

/** Whoever was never met may be a slip in the file, which nobody should find out in an incident. */
async function checkEscalations({ file }: Config['alerts'], { core }: Open): Promise<readonly Finding[]> {
  const read = await loadAlertsFile(file).catch(() => undefined);
  const lost: string[] = [];
  for (const workspace of read ? await core.workspaces.all() : []) {
    const named = read?.routes.flatMap(({ to, escalation }) =>
      to.platform === workspace.platform && to.workspace === workspace.externalId
        ? (escalation?.levels ?? []).flatMap(({ people }) => people)
        : [],
    );
    const ids = [...new Set(named)];
    const met = await core.unitOfWork.within(workspace.id, ({ people }) => people.met(ids));
    lost.push(
      ...ids
        .filter((id) => (met.get(id)?.standing ?? 'deactivated') === 'deactivated')
        .map((id) => `${workspace.platform}:${workspace.externalId}/${id}`),
    );
  }
  if (lost.length === 0) return [];
  return [
    {
      name: 'escalations',
      status: 'warning',
      message: `call people who have never written here, or whose account is closed: ${lost.join(', ')}`,
      advice: 'Correct the ids in the alerts file, or let them write to the bot once.',
    },
  ];
}

/** What does not fit belongs to no workspace and is kept in the oldest; what could not be folded is kept in its own. */
async function checkRefusals({ core }: Open): Promise<readonly Finding[]> {
  const all: RefusedPayload[] = [];
  for (const { id } of await core.workspaces.all())
    all.push(...(await core.unitOfWork.within(id, ({ alerts }) => alerts.refused(shown))));
  if (all.length === 0) return [];
  const refused = all.toSorted((one, other) => other.at - one.at).slice(0, shown);
  const lines = refused.map(
    ({ sender, field, message, payload, at }) =>
      `${formatTime(at)}, ${sender}: ${field || 'the payload'} ${message}: ${payload.slice(0, 120)}`,
  );
  return [
    {
      name: 'payloads of alerts',
      status: 'warning',
      message: ['refused in the last seven days because they did not fit; the newest:', ...lines].join('\n'),
      advice: 'Correct what the sender posts; `recourse alerts route --dry-run` reads a payload by hand.',
    },
  ];
}
