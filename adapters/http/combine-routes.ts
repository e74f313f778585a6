import { Hono } from 'hono';

/** Several sets of routes behind one listener. */
export function combineRoutes(...all: readonly Hono[]): Hono {
  const combined = new Hono();
  for (const routes of all) combined.route('/', routes);
  return combined;
}
