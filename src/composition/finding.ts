import type { Finding } from '#commands/command.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';

export const ok = (name: string, message: string): Finding => ({
  name,
  status: 'ok',
  message,
  advice: null,
});

export const warning = (name: string, message: string, advice: string): Finding => ({
  name,
  status: 'warning',
  message,
  advice,
});

/** What a look found, or why it could not be taken. */
export async function guarded(name: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const { what: message, advice } = describeFault(error);
    return { name, status: 'failed', message, advice };
  }
}
