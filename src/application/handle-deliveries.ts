import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import { faultNotice } from '#domain/wording/fault-notice.ts';
import type { Delivery } from '#ports/stores/inbox.ts';
import type { Core } from './core.ts';

/** A handler that takes longer than this is believed dead and the delivery is taken again. */
const leaseMs = 60_000;
const batch = 8;
const attemptsBeforeDead = 5;

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'logger' | 'postsWaiting'> & {
  readonly dispatch: (intent: ChatIntent) => Promise<void>;
};

/** Handles what is due in a workspace's inbox, oldest first; tells whether there was anything. */
export function createHandleDeliveries(needs: Needs) {
  return async (workspace: WorkspaceId): Promise<boolean> => {
    const deliveries = await needs.unitOfWork.within(workspace, ({ inbox }) => inbox.take(batch, leaseMs));
    for (const delivery of deliveries) await handle(needs, workspace, delivery);
    return deliveries.length > 0;
  };
}

async function handle(needs: Needs, workspace: WorkspaceId, delivery: Delivery): Promise<void> {
  try {
    await needs.dispatch(delivery.intent);
    await needs.unitOfWork.within(workspace, ({ inbox }) => inbox.done(delivery.delivery));
  } catch (error) {
    await putOff(needs, workspace, delivery, error);
  }
  needs.postsWaiting();
}

async function putOff(
  needs: Needs,
  workspace: WorkspaceId,
  delivery: Delivery,
  error: unknown,
): Promise<void> {
  const attempts = delivery.attempts + 1;
  const dead = attempts >= attemptsBeforeDead;
  needs.logger.error(
    { error, delivery: delivery.delivery, attempts, dead },
    'an intent could not be handled',
  );
  const { place, speaker } = delivery.intent;
  await needs.unitOfWork.within(workspace, async ({ inbox, outbox }) => {
    await inbox.failed(delivery.delivery, String(error), 250 * 2 ** attempts, dead);
    if (dead) await outbox.notify(needs.ids.next(), place, speaker.externalId, faultNotice(error));
  });
}
