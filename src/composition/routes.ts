import { Hono } from 'hono';
import { createHealthRoutes, type HealthCheck } from '#adapters/http/create-health-routes.ts';
import { createMetricsRoute } from '#adapters/http/create-metrics-route.ts';
import type { Metrics } from '#adapters/metrics/create-metrics.ts';
import type { OpenPlayground } from './open-playground.ts';

type Checks = () => Promise<readonly HealthCheck[]>;

/** What the outside may reach: webhooks to come, and whether the process lives. */
export function createPublicRoutes(checks: Checks): Hono {
  return new Hono().route('/', createHealthRoutes({ checks }));
}

/** What this machine may reach besides: numbers for operators, and the playground when it is on. */
export function createLocalRoutes(checks: Checks, metrics: Metrics, playground: OpenPlayground | null): Hono {
  const routes = createPublicRoutes(checks);
  routes.route('/', createMetricsRoute({ metrics: metrics.read, contentType: metrics.contentType }));
  return playground === null ? routes : routes.route('/', playground.routes);
}
