import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import { faultNotice } from '#domain/wording/fault-notice.ts';
import type { Delivery } from '#ports/stores/inbox.ts';
import { continueThreads } from './continue-threads.ts';
import type { Core } from './core.ts';
import { repeat } from './repeat.ts';
import { createWorkPool } from './work-pool.ts';

/** A handler that is not heard of for so long is believed dead, and the delivery is taken again: nobody waits longer after a crash. */
const leaseMs = 15_000;
/** Often enough that one renewal may fail. */
const renewalMs = 5_000;
/** Threads of one workspace that are worked on side by side; a search waits for its embedding meanwhile. */
const threadsAtOnce = 4;
const attemptsBeforeDead = 5;

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'logger' | 'postsWaiting'> & {
  readonly dispatch: (intent: ChatIntent) => Promise<void>;
  /** Wakes the worker that calls `turn`. */
  readonly deliveriesWaiting: () => void;
};

export interface DeliveryHandling {
  /** Begins to handle what is due in a workspace's inbox, oldest first; tells whether there was anything. */
  readonly turn: (workspace: WorkspaceId) => Promise<boolean>;
  /** Resolves when nothing is in hand any more. */
  readonly settle: () => Promise<void>;
}

/** Handles what came in: threads side by side, the deliveries of one thread in the order they came. */
export function createHandleDeliveries(given: Needs, renewEveryMs = renewalMs): DeliveryHandling {
  const needs = { ...given, renewEveryMs };
  const pool = createWorkPool(threadsAtOnce, needs.logger, needs.deliveriesWaiting);
  return {
    turn: async (workspace) => {
      const room = pool.room(workspace);
      if (room <= 0) return false;
      const taken = await needs.unitOfWork.within(workspace, async (transaction) => {
        await continueThreads(transaction);
        return transaction.inbox.take(room, leaseMs);
      });
      for (const delivery of taken) pool.begin(workspace, () => handle(needs, workspace, delivery));
      return taken.length > 0;
    },
    settle: pool.settle,
  };
}

async function handle(
  needs: Needs & { readonly renewEveryMs: number },
  workspace: WorkspaceId,
  delivery: Delivery,
): Promise<void> {
  const renew = () =>
    needs.unitOfWork.within(workspace, ({ inbox }) => inbox.renew(delivery.delivery, leaseMs));
  const renewing = repeat(
    renew,
    needs.renewEveryMs,
    needs.logger,
    'a delivery in hand could not be held on to',
  );
  try {
    await needs.dispatch(delivery.intent).finally(renewing.stop);
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
