import { createServer } from 'node:net';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { describe, expect, it } from 'vitest';
import { createHealthRoutes, type HealthCheck } from '#adapters/http/create-health-routes.ts';
import { createHttpListener } from '#adapters/http/create-http-listener.ts';
import { createMetricsRoute } from '#adapters/http/create-metrics-route.ts';
import { silentLogger } from '#test/support/playground.ts';

const listenOn = (address: string, routes = new Hono()) =>
  createHttpListener({ address, routes, logger: silentLogger, variable: 'RECOURSE_LOCAL_ADDRESS' });

describe('the HTTP listener', () => {
  it('serves on a free port and says which', async () => {
    const listener = await listenOn(
      '127.0.0.1:0',
      new Hono().get('/', (c) => c.text('here')),
    );
    expect(listener.address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect(await (await fetch(`http://${listener.address}/`)).text()).toBe('here');
    await listener.close();
  });

  it('says who is in the way when the port is taken', async () => {
    const first = await listenOn('127.0.0.1:0');
    await expect(listenOn(first.address)).rejects.toMatchObject({
      kind: 'in-use',
      code: 'port-in-use',
      message: `The address ${first.address} is in use by another program.`,
      advice: expect.stringContaining('Stop the other program or set RECOURSE_LOCAL_ADDRESS'),
    });
    await first.close();
  });

  it.each(['3000', 'localhost', '127.0.0.1:', '127.0.0.1:99999', '::1:3000', ''])(
    'refuses %j as an address, naming the variable',
    async (address) => {
      const refused = listenOn(address);
      await expect(refused).rejects.toMatchObject({ kind: 'configuration', code: 'bad-address' });
      await expect(refused).rejects.toThrow('RECOURSE_LOCAL_ADDRESS');
    },
  );

  it('refuses an address of another machine as a matter of configuration', async () => {
    await expect(listenOn('192.0.2.1:0')).rejects.toMatchObject({
      kind: 'configuration',
      code: 'cannot-listen',
    });
  });

  it('closes although a live stream is open, and frees the port', async () => {
    const routes = new Hono().get('/', (c) =>
      streamSSE(c, async (stream) => {
        await stream.writeSSE({ data: 'first' });
        await new Promise(() => {});
      }),
    );
    const listener = await listenOn('127.0.0.1:0', routes);
    const response = await fetch(`http://${listener.address}/`);
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('first');
    const ended = expect(reader?.read()).rejects.toThrow();
    await listener.close();
    await ended;
    const next = createServer().listen(Number(listener.address.split(':')[1]), '127.0.0.1');
    await new Promise((resolve) => next.once('listening', resolve));
    next.close();
  });
});

describe('the health routes', () => {
  const ask = async (path: string, checks: () => Promise<readonly HealthCheck[]>) => {
    const response = await createHealthRoutes({ checks }).request(path);
    return { status: response.status, body: await response.json() };
  };
  const good = { name: 'database', ok: true, detail: 'answers' };
  const bad = { name: 'migrations', ok: false, detail: 'two are missing' };

  it('is healthy while it serves, whatever the checks say', async () => {
    expect(await ask('/healthz', async () => [bad])).toEqual({ status: 200, body: { ok: true } });
  });

  it('is ready when every check is good', async () => {
    expect(await ask('/readyz', async () => [good])).toEqual({
      status: 200,
      body: { ok: true, failing: [] },
    });
  });

  it('names what fails', async () => {
    expect(await ask('/readyz', async () => [good, bad])).toEqual({
      status: 503,
      body: { ok: false, failing: [bad] },
    });
  });

  it('is not ready when a check breaks', async () => {
    const broken = async () => Promise.reject(new Error('no connection'));
    expect(await ask('/readyz', broken)).toEqual({
      status: 503,
      body: { ok: false, failing: [{ name: 'checks', ok: false, detail: 'no connection' }] },
    });
  });
});

describe('the metrics route', () => {
  it('hands out the metrics in their own content type', async () => {
    const contentType = 'text/plain; version=0.0.4; charset=utf-8';
    const route = createMetricsRoute({ metrics: async () => 'up 1\n', contentType });
    const response = await route.request('/metrics');
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(await response.text()).toBe('up 1\n');
  });
});
