import { z } from 'zod';

const id = z.string().min(1).optional().catch(undefined);
const payload = z.object({
  authorizations: z.array(z.object({ team_id: id })).catch([]),
  view: z.object({ app_installed_team_id: id }).optional().catch(undefined),
  team: z.object({ id }).optional().catch(undefined),
  team_id: id,
});

/**
 * The team whose installation a delivery is for. In a channel that two teams share, the person and the channel may be of
 * the other one, and Slack says apart which installation is meant.
 */
export function readTeam(body: unknown): string | undefined {
  const { authorizations, view, team, team_id } = payload.safeParse(body).data ?? {};
  return authorizations?.[0]?.team_id ?? view?.app_installed_team_id ?? team?.id ?? team_id;
}

const farewell = z.object({
  type: z.literal('event_callback'),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_uninstalled') }),
    // Tokens of persons may be revoked too; the bot has none.
    z.object({ type: z.literal('tokens_revoked'), tokens: z.object({ bot: z.array(z.string()).min(1) }) }),
  ]),
});

/** The name of the event when it tells that the team no longer has the app. */
export function readFarewell(body: unknown): string | undefined {
  return farewell.safeParse(body).data?.event.type;
}
