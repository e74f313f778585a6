import type { Logger } from '#ports/logger.ts';
import { createHearAction } from './hear-action.ts';
import { createHearCommand } from './hear-command.ts';
import { createHearEvent } from './hear-event.ts';
import { createHearShortcut } from './hear-shortcut.ts';
import { createHearView } from './hear-view.ts';
import type { Ack, Hearing } from './hearing.ts';
import { blockActions, eventCallback, messageShortcut, slashCommand, viewSubmission } from './payloads.ts';

/**
 * Takes one delivery of Slack, whatever way it came. When it resolves, the delivery is durable or answered and must be
 * acknowledged with what it resolves to; when it throws, it must not be acknowledged.
 */
export type HearBody = (body: unknown) => Promise<Ack>;

export function createHearBody(hearing: Hearing, logger: Logger): HearBody {
  const event = createHearEvent(hearing);
  const action = createHearAction(hearing);
  const view = createHearView(hearing);
  const shortcut = createHearShortcut(hearing);
  const command = createHearCommand(hearing);
  return async (body) => {
    const type = typeOf(body);
    switch (type) {
      case 'event_callback':
        return heardOrPassed(eventCallback.safeParse(body), event, type, logger);
      case 'block_actions':
        return heardOrPassed(blockActions.safeParse(body), action, type, logger);
      case 'view_submission':
        return heardOrPassed(viewSubmission.safeParse(body), view, type, logger);
      case 'message_action':
        return heardOrPassed(messageShortcut.safeParse(body), shortcut, type, logger);
      case 'command':
        return heardOrPassed(slashCommand.safeParse(body), command, type, logger);
      default:
        return undefined;
    }
  };
}

/** Slash commands are the only deliveries without a type. */
function typeOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  if ('type' in body) return String(body.type);
  return 'command' in body ? 'command' : '';
}

type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: unknown };

/**
 * What is not understood is acknowledged: delivered again it would not be understood either. Events of kinds that are
 * not heard are many; anything else in a shape that is not known is lost, and an operator should know.
 */
async function heardOrPassed<T>(
  parsed: Parsed<T>,
  hear: (payload: T) => Promise<Ack>,
  type: string,
  logger: Logger,
): Promise<Ack> {
  if (parsed.success) return hear(parsed.data);
  if (type === 'event_callback') logger.debug({ error: parsed.error }, 'an event of Slack was passed over');
  else logger.warn({ error: parsed.error, type }, 'a delivery of Slack has an unknown shape and was lost');
  return undefined;
}
