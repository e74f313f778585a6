import { sql } from 'drizzle-orm';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { createSweep } from '#application/sweep.ts';
import type { AlertDueKind } from '#domain/alert/alert-due.ts';
import type { EscalationLevel } from '#domain/alert/escalation.ts';
import { createOwnBot, createTestCore, runbookSource, type TestBot } from './application.ts';
import type { TestDatabase } from './databases.ts';

const hourMs = 3_600_000;

export const level = (people: readonly string[], channel: string | null = null): EscalationLevel => ({
  afterMs: hourMs,
  people,
  channel,
});

/** A bot whose alerts call people: whoever handles alerts of the route `all` that nobody acts on for an hour. */
export async function createCallingBot(
  db: TestDatabase,
  levels: readonly EscalationLevel[],
  parts: Parameters<typeof createOwnBot>[1] = {},
) {
  const { settings } = await createTestCore(db);
  const escalations = { all: { name: 'on-call', levels } };
  const alerts = { ...settings.alerts, verifyMs: 1, quietMs: hourMs, escalations };
  const text = runbookSource('Disk full on a web host', [{ section: 'Check', command: 'df -h' }]);
  const bot = await createOwnBot(
    db,
    { runbooks: [{ slug: 'disk-full', text }], ...parts },
    { settings: { ...settings, alerts } },
  );
  return { bot, ...calling(db, bot) };
}

function calling(db: TestDatabase, bot: TestBot) {
  const sweep = async () => {
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
  };
  const incidentOf = (root: string) => bot.within(({ alerts }) => alerts.inThread('incidents', root));
  /** An hour passes for what is due of this kind. */
  const bringForward = (kind: AlertDueKind = 'escalate') =>
    inWorkspace(db.open.database, bot.workspace, async (executor) => {
      await executor.execute(sql`update alert_dues set due_at = now() where kind = ${kind}`);
      await executor.execute(sql`update alert_escalations set since_at = since_at - interval '1 hour'`);
    });
  return {
    sweep,
    incidentOf,
    /** The hour of the next level is over, if there is one. */
    pass: async () => {
      await bringForward();
      await sweep();
    },
    bringForward,
    endSnooze: async () => {
      await inWorkspace(db.open.database, bot.workspace, (executor) =>
        executor.execute(sql`update alert_snoozes set until = now()`),
      );
      await bringForward('unsnooze');
      await sweep();
    },
    /** Who was called in the thread, in order. */
    called: async (root: string) => (await bot.replies(root)).flatMap(({ calls }) => calls ?? []),
    said: async (root: string) => (await bot.replies(root)).map(({ summary }) => summary),
  };
}
