import type { ConnectionStatus } from '#ports/keeping.ts';
import type { Logger } from '#ports/logger.ts';
import type { TeamConnection } from './connect-team.ts';
import type { Installations, Team } from './options.ts';

export interface FollowOptions {
  readonly installations: Pick<Installations, 'all'>;
  /** Never rejects: a connection that cannot be made says so in its status. */
  readonly connect: (team: Team) => Promise<TeamConnection>;
  /** The team's connection is closed and no other follows. */
  readonly leave: (team: string) => void;
  readonly logger: Logger;
}

/** The connections of all teams that have the app. */
export interface Teams {
  /** Looks at once what changed; when it resolves, what is installed now is open or has tried to. */
  refresh(): Promise<void>;
  /** The team's connection; undefined for a team that does not have the app. */
  find(team: string): Promise<TeamConnection | undefined>;
  status(): ConnectionStatus;
  close(): Promise<void>;
}

/** How soon an installation on another replica is known here; a request of a new team makes it known at once. */
const everyMs = 5000;

interface OpenTeam {
  readonly team: Team;
  readonly at: number;
  readonly connecting: Promise<TeamConnection>;
  connection?: TeamConnection;
}

/** Opens the teams that have installed the app, those that install it later, and closes those that no longer have it. */
export function followInstallations(options: FollowOptions): Teams {
  const open = new Map<string, OpenTeam>();
  const refresh = inTurn(() => bringUpToDate(open, options));
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => options.logger.debug({ error }, 'installations could not be read'));
  }, everyMs);
  return {
    refresh: async () => {
      await refresh();
      await Promise.all([...open.values()].map(({ connecting }) => connecting));
    },
    find: async (team) => {
      if (!open.has(team)) await refresh();
      return open.get(team)?.connecting;
    },
    status: () => summarise([...open.values()]),
    close: async () => {
      clearInterval(timer);
      // One that has begun may still open a team.
      await refresh().catch(() => undefined);
      await Promise.all([...open.values()].map(async ({ connecting }) => (await connecting).close()));
    },
  };
}

async function bringUpToDate(
  open: Map<string, OpenTeam>,
  { installations, connect, leave }: FollowOptions,
): Promise<void> {
  const installed = await installations.all();
  const stands = ({ team, at }: OpenTeam) =>
    installed.some((one) => one.team.id === team.id && one.at === at);
  const ended = [...open.values()].filter((one) => !stands(one));
  for (const { team } of ended) open.delete(team.id);
  for (const one of installed) if (!open.has(one.team.id)) open.set(one.team.id, begin(one, connect));
  for (const { team, connecting } of ended) {
    await (await connecting).close();
    if (!open.has(team.id)) leave(team.id);
  }
}

function begin({ team, at }: Pick<OpenTeam, 'team' | 'at'>, connect: FollowOptions['connect']): OpenTeam {
  const one: OpenTeam = {
    team,
    at,
    connecting: connect(team).then((connection) => {
      one.connection = connection;
      return connection;
    }),
  };
  return one;
}

/** One run at a time; who asks while one runs gets the next, which sees what was there when they asked. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const run = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    running = next ?? running;
    next = undefined;
    await work();
  };
  return () => {
    next ??= run(running);
    return next;
  };
}

/** One team without a connection must not take the door for all others, and for its own next installation, away. */
function summarise(teams: readonly OpenTeam[]): ConnectionStatus {
  const states = teams.map(({ team, connection }) => ({ team, ...connection?.status() }));
  const away = states.filter(({ connected }) => connected !== true);
  const details = away.map(
    ({ team, detail }) => `${team.name} (${team.id}): ${detail ?? 'not connected yet'}`,
  );
  const count = `${teams.length - away.length} of ${teams.length} teams are connected`;
  return { connected: true, detail: [count, ...details].join('; ') };
}
