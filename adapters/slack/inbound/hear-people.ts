import type { Hearing } from './hearing.ts';
import type { PeopleChange } from './payloads.ts';

/**
 * Slack tells that people are others than before. Who they are now is asked anew, because an event that comes late or
 * again tells of the past. Only what takes a right away is handed in: for the rest the next thing they do is soon enough.
 */
export async function hearPeople(
  { directory, inbound, workspace }: Hearing,
  event: PeopleChange,
  eventId: string,
): Promise<void> {
  if (event.type === 'user_change') directory.forget(event.user.id);
  else directory.forgetGroups();
  const place = { workspace, channel: '', thread: null };
  for (const user of whoLost(event)) {
    const speaker = await directory.speaker(user);
    await inbound.receive({ kind: 'person-changed', place, speaker }, `event:${eventId}:${user}`);
  }
}

function whoLost(event: PeopleChange): readonly string[] {
  if (event.type === 'subteam_members_changed') return event.removed_users;
  const { id, deleted, is_restricted, is_ultra_restricted } = event.user;
  return deleted || is_restricted || is_ultra_restricted ? [id] : [];
}
