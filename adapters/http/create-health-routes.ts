import { Hono } from 'hono';

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * `/healthz` answers 200 while the process serves at all. `/readyz` answers 200 when every check is good, else
 * 503; its JSON names the failing checks. A check that throws counts as failing: being asked must not end in a 500.
 */
export function createHealthRoutes(options: {
  readonly checks: () => Promise<readonly HealthCheck[]>;
}): Hono {
  const routes = new Hono();
  routes.get('/healthz', (c) => c.json({ ok: true }));
  routes.get('/readyz', async (c) => {
    const failing = (await runChecks(options.checks)).filter((check) => !check.ok);
    return c.json({ ok: failing.length === 0, failing }, failing.length === 0 ? 200 : 503);
  });
  return routes;
}

async function runChecks(checks: () => Promise<readonly HealthCheck[]>): Promise<readonly HealthCheck[]> {
  try {
    return await checks();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ name: 'checks', ok: false, detail }];
  }
}
