import { Hono } from 'hono';

/** `/metrics` in the exposition format that `contentType` names. */
export function createMetricsRoute(options: {
  readonly metrics: () => Promise<string>;
  readonly contentType: string;
}): Hono {
  const routes = new Hono();
  routes.get('/metrics', async (c) =>
    c.body(await options.metrics(), 200, { 'Content-Type': options.contentType }),
  );
  return routes;
}
