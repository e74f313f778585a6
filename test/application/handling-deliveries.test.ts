import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createHandleDeliveries } from '#application/handle-deliveries.ts';
import { createTestCore } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

describeOnBothEngines('a delivery that takes long to handle', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  /** When somebody else may take what is in hand, as the database writes it. */
  const heldUntil = async (): Promise<string | undefined> => {
    const rows = await inWorkspace(db.open.database, db.workspace, (executor) =>
      readRows<{ until: string }>(
        executor,
        sql`select due_at::text as until from inbox where state = 'received'`,
      ),
    );
    return rows[0]?.until;
  };

  it('is held on to until it is done, and is handled once', async () => {
    const core = await createTestCore(db);
    const handled: string[] = [];
    const handling = createHandleDeliveries(
      {
        ...core,
        deliveriesWaiting: () => undefined,
        dispatch: async ({ kind }) => {
          const until = await heldUntil();
          await expect.poll(heldUntil).not.toBe(until);
          handled.push(kind);
        },
      },
      20,
    );
    const { workspace, unitOfWork } = db;
    await unitOfWork.within(workspace, ({ inbox }) =>
      inbox.add('slow', {
        kind: 'message-posted',
        place: { workspace, channel: 'incidents', thread: null },
        speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
        id: 'slow',
        text: 'nginx answers 502',
        mentionsBot: false,
        at: 1,
      }),
    );
    await handling.turn(workspace);
    await handling.settle();
    expect(await handling.turn(workspace)).toBe(false);
    expect(handled).toEqual(['message-posted']);
    expect(await heldUntil()).toBeUndefined();
  });
});
