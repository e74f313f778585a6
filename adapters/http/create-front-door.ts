import { Hono } from 'hono';

/**
 * Routes that are decided later: the port is taken first, so that a taken one is told before anything is opened,
 * and until the bot is ready every request is told to come back.
 */
export function createFrontDoor(): { readonly routes: Hono; open(inner: Hono): void } {
  let inner: Hono | undefined;
  const routes = new Hono();
  routes.all(
    '*',
    (c) => inner?.fetch(c.req.raw, c.env) ?? c.text('Recourse is starting.', 503, { 'Retry-After': '1' }),
  );
  return {
    routes,
    open: (decided) => {
      inner = decided;
    },
  };
}
