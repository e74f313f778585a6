import { z } from 'zod';
import type { AlertTicket } from '#domain/alert/alert.ts';
import type { Silencing } from '#domain/alert/silenced-alert.ts';
import type { SilencingView } from '#ports/ticket-system.ts';
import { type Asked, askSystem, refuse } from './ask-system.ts';

const silences = z.array(
  z.looseObject({
    id: z.string(),
    createdBy: z.string().default(''),
    comment: z.string().default(''),
    startsAt: z.string(),
    endsAt: z.string(),
    status: z.looseObject({ state: z.string() }),
  }),
);
const alerts = z.array(
  z.looseObject({
    fingerprint: z.string(),
    status: z.looseObject({ silencedBy: z.array(z.string()).default([]) }),
  }),
);

/**
 * What Alertmanager keeps quiet. Its API lists silences that are over for days, and an alert that is silenced as suppressed; one that
 * has ended it does not list. Source: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml.
 */
export const createSilencingView = (asked: Asked): SilencingView => ({
  silences: async (signal) => {
    const answer = await askSystem(asked, { method: 'GET', path: '/api/v2/silences' }, signal);
    const read = silences.safeParse(answer);
    if (!read.success) throw refuse(asked, 'answers with something that is no list of silences');
    const active = read.data.filter(({ status }) => status.state === 'active');
    if (active.length === 0) return [];
    const suppressed = await readAlerts(asked, '?active=false&silenced=true&inhibited=true', signal);
    return active.map((one) => toSilencing(one, suppressed));
  },
  goingOn: async (wanted, signal) => {
    const found = new Set<string>();
    for (const filter of new Set(wanted.map(filterFor)))
      for (const { fingerprint } of await readAlerts(asked, filter, signal)) found.add(fingerprint);
    return found;
  },
});

/** All of one name; all there are where it has none. */
function filterFor({ labels = {} }: AlertTicket): string {
  const { alertname } = labels;
  return alertname === undefined
    ? ''
    : `?filter=${encodeURIComponent(`alertname=${JSON.stringify(alertname)}`)}`;
}

async function readAlerts(asked: Asked, query: string, signal: AbortSignal) {
  const answer = await askSystem(asked, { method: 'GET', path: `/api/v2/alerts${query}` }, signal);
  const read = alerts.safeParse(answer);
  if (!read.success) throw refuse(asked, 'answers with something that is no list of alerts');
  return read.data;
}

function toSilencing(
  { id, createdBy, comment, startsAt, endsAt }: z.output<typeof silences>[number],
  suppressed: z.output<typeof alerts>,
): Silencing {
  return {
    id,
    by: createdBy,
    // The mark by which a silence of ours is found again says nothing to people.
    comment: comment.replace(/\s*\[recourse [\w-]+\]$/u, ''),
    since: Date.parse(startsAt),
    until: Date.parse(endsAt),
    fingerprints: suppressed
      .filter(({ status }) => status.silencedBy.includes(id))
      .map(({ fingerprint }) => fingerprint),
  };
}
