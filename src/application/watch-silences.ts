import type { Alert } from '#domain/alert/alert.ts';
import { keyOfAlert } from '#domain/alert/alert-event.ts';
import type { KnownAlert } from '#domain/alert/known-alert.ts';
import { endedAlert, heardAlert, type Silencing, silencedAlert } from '#domain/alert/silenced-alert.ts';
import { Fault } from '#domain/fault.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { storableText } from '#domain/text/storable-text.ts';
import type { TicketAccess } from '#ports/ticket-system.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'tickets' | 'settings' | 'redact' | 'logger' | 'clock'> & {
  /** Wakes the worker that puts alerts into incidents. */
  readonly alertsWaiting: () => void;
};

const patienceMs = 10_000;
/** Silences keep few alerts of open incidents quiet; the rest comes with a later look. */
const mostAtOnce = 1_000;
/** A system that was just started knows no alerts until they are told to it again. */
const endedAfterMs = 5 * 60_000;
const kept = { by: 100, comment: 300 } as const;

/**
 * Looks which alerts their sender keeps quiet, and which no more: nobody tells of that, as who is silent sends nothing. What it
 * finds is taken in as if the sender had told it, so it is kept once, whoever looks at the same time.
 */
export function createWatchSilences(needs: Needs): (workspace: Workspace) => Promise<void> {
  const away = new Set<string>();
  const absences = new Map<string, Absence>();
  const watch = async (workspace: Workspace, system: TicketAccess): Promise<void> => {
    const name = `${system.source} ${workspace.id}`;
    try {
      const absence = absences.get(name) ?? new Map();
      absences.set(name, absence);
      await watchOne(needs, workspace, system, absence);
      away.delete(name);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // Once, and not at every look while it stays away.
      if (!away.has(name))
        needs.logger.warn({ error, system: system.name }, 'its silences could not be read');
      away.add(name);
    }
  };
  const silencing = needs.tickets.filter(({ actions }) => actions.silence !== undefined);
  return async (workspace) => {
    for (const system of silencing) await watch(workspace, system);
  };
}

async function watchOne(
  needs: Needs,
  workspace: Workspace,
  system: TicketAccess,
  absence: Absence,
): Promise<void> {
  const { source } = system;
  const signal = AbortSignal.timeout(patienceMs);
  const { silencing } = await system.open(workspace.id, signal);
  if (!silencing) return;
  const silences = (await silencing.silences(signal)).map((one) => cleanSilence(needs, one));
  const silenced = await needs.unitOfWork.within(workspace.id, ({ alerts }) =>
    alerts.acknowledged(source, mostAtOnce),
  );
  const quiet = new Set(silences.flatMap(({ fingerprints }) => fingerprints));
  const others = silenced.filter(({ alert }) => !quiet.has(alert.fingerprint));
  const tickets = others.map(({ alert }) => alert.ticket ?? { key: alert.fingerprint, name: alert.name });
  const goingOn = tickets.length > 0 ? await silencing.goingOn(tickets, signal) : new Set<string>();
  const fingerprints = [...[...quiet].slice(0, mostAtOnce), ...others.map(({ alert }) => alert.fingerprint)];
  const added = await needs.unitOfWork.within(workspace.id, async ({ alerts }) => {
    // As they are by now, with what has come in meanwhile.
    const known = await alerts.known(
      fingerprints.map((fingerprint) => ({ source, fingerprint })),
      channelsOf(needs, workspace),
      0,
    );
    const found = { silences, goingOn, now: needs.clock.now(), absence };
    return alerts.add(known.flatMap((one) => eventOf(one, becameOf(one.alert, found))));
  });
  if (added > 0) needs.alertsWaiting();
}

const channelsOf = ({ settings }: Needs, { platform, externalId }: Workspace): readonly string[] => {
  const inside = settings.alerts.leadsTo.filter(
    (to) => to.platform === platform && to.workspace === externalId,
  );
  return [...new Set(inside.map(({ id }) => id))];
};

/** Since when alerts that were silenced are not there any more, by fingerprint; milliseconds since the epoch. */
type Absence = Map<string, number>;

interface Found {
  readonly silences: readonly Silencing[];
  readonly goingOn: ReadonlySet<string>;
  readonly now: number;
  readonly absence: Absence;
}

/** What became of an alert; undefined where nothing did. Of several silences the one that lasts longest counts. */
function becameOf(alert: Alert, found: Found): Alert | undefined {
  const { state, silence, fingerprint } = alert;
  const [longest] = found.silences
    .filter(({ fingerprints }) => fingerprints.includes(fingerprint))
    .toSorted((one, other) => other.until - one.until);
  if (state === 'firing') return longest && silencedAlert(alert, longest);
  if (!silence) return undefined;
  if (!longest) return afterSilence(alert, found);
  found.absence.delete(fingerprint);
  return found.silences.some(({ id }) => id === silence.id) ? undefined : silencedAlert(alert, longest);
}

/** Nothing keeps it quiet any more: it goes on, or has ended, as what is not there for a while has. */
function afterSilence(alert: Alert, { goingOn, now, absence }: Found): Alert | undefined {
  const { fingerprint } = alert;
  const since = absence.get(fingerprint) ?? now;
  absence.delete(fingerprint);
  if (goingOn.has(fingerprint)) return heardAlert(alert, now);
  if (now - since >= endedAfterMs) return endedAlert(alert, since);
  absence.set(fingerprint, since);
  return undefined;
}

const eventOf = ({ channel, route }: KnownAlert, alert: Alert | undefined) =>
  alert ? [{ key: keyOfAlert(alert), channel, route, alert }] : [];

/** What people write there is foreign text. */
function cleanSilence({ redact }: Needs, silence: Silencing): Silencing {
  const clean = (text: string, most: number) => clipText(redact(storableText(text)), most);
  return {
    ...silence,
    by: clean(silence.by, kept.by),
    comment: clean(silence.comment, kept.comment),
  };
}
