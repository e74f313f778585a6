import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createOwnBot, openSandbox, type TestBot } from '#test/support/application.ts';
import type { OpenTestDatabase, TestDatabase } from '#test/support/databases.ts';

interface OwnBot {
  readonly db: TestDatabase;
  readonly sandbox: Sandbox;
  readonly bot: TestBot;
}

/**
 * One database and one demo host for a suite, and before each test a bot in a tenant of its own, given to `take`. No job of an
 * earlier test waits then.
 */
export function useOwnBot(open: OpenTestDatabase, take: (made: OwnBot) => void): void {
  let db: TestDatabase;
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());
  beforeEach(async () => {
    if (!sandbox) throw new Error('the demo host did not start');
    const bot = await createOwnBot(db, { sandbox });
    db.jobs.length = 0;
    take({ db, sandbox, bot });
  });
}
