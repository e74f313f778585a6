import type { Db } from 'pg-boss';
import type { Sql } from 'postgres';

/**
 * The pool as pg-boss takes it. Its statements with parameters go to any connection; the others may be several
 * with a transaction around them, which drizzle and a shared connection both refuse, so they get one of their own.
 * `client` must have been given to drizzle before, which makes JSON and dates pass as the text they are.
 */
export function createServerJobs(client: Sql): Db {
  return {
    executeSql: async (text, values = []) => ({
      rows:
        values.length === 0 ? await runScript(client, text) : await client.unsafe(text, values.map(asText)),
    }),
    listen: async (channel, onNotification, onReconnect) => {
      const { unlisten } = await client.listen(channel, onNotification, onReconnect);
      return { close: unlisten };
    },
  };
}

type Parameter = NonNullable<Parameters<Sql['unsafe']>[1]>[number];

/** pg-boss leaves the encoding of objects and dates to the driver. */
function asText(value: unknown): Parameter {
  if (value instanceof Date) return value.toISOString();
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain && !ArrayBuffer.isView(value) ? JSON.stringify(value) : (value as Parameter);
}

async function runScript(client: Sql, text: string): Promise<object[]> {
  const connection = await client.reserve();
  try {
    const results: unknown[] = await connection.unsafe(text).simple();
    return results.flat() as object[];
  } catch (error) {
    // A script that broke inside its own transaction must not leave it open for the next user.
    await connection.unsafe('rollback').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}
