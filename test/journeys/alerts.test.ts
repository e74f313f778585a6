import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import { type BotProcess, startBotProcess } from '#test/support/bot-process.ts';
import { type Monitoring, startMonitoring } from '#test/support/monitoring.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { createPlaygroundClient, repliesOf, textOf } from '#test/support/playground-client.ts';

const routes = 'routes:\n  - name: all\n    to: playground:playground/incidents\n';

/** Stands between Alertmanager and the bot, because the bot's address changes when it is started again. */
async function startGate() {
  const gate = { target: '', busy: 0, answers: [] as number[] };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await pass(
      gate,
      request.url ?? '',
      request.headers.authorization ?? '',
      Buffer.concat(chunks),
    );
    gate.answers.push(answer);
    response.writeHead(answer).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(gate, { port: (server.address() as AddressInfo).port, close: () => server.close() });
}

async function pass(
  gate: { target: string; busy: number },
  path: string,
  authorization: string,
  body: Buffer,
): Promise<number> {
  if (gate.busy > 0) {
    gate.busy -= 1;
    return 503;
  }
  const sent = fetch(`http://${gate.target}${path}`, {
    method: 'POST',
    headers: { authorization },
    body: new Uint8Array(body),
  });
  return sent.then(
    ({ status }) => status,
    () => 503,
  );
}

describeWithPeer('prometheus', 'alerts of a real Prometheus and Alertmanager', () => {
  const secret = ['shown', 'by', 'alertmanager'].join('-');
  let directory: string;
  let environment: Readonly<Record<string, string>>;
  let gate: Awaited<ReturnType<typeof startGate>>;
  let bot: BotProcess;
  let monitoring: Monitoring;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'recourse-alerts-'));
    await writeFile(join(directory, 'alerts.yaml'), routes);
    gate = await startGate();
    const port = gate.port === 65_535 ? 1 : gate.port + 1;
    environment = {
      RECOURSE_DATA_DIR: directory,
      RECOURSE_ALERTS: join(directory, 'alerts.yaml'),
      ALERTMANAGER_WEBHOOK_SECRET: secret,
      RECOURSE_PUBLIC_ADDRESS: `127.0.0.1:${port}`,
    };
    gate.target = `127.0.0.1:${port}`;
    bot = await startBotProcess(environment);
    monitoring = await startMonitoring({
      webhook: `http://127.0.0.1:${gate.port}/webhooks/alertmanager`,
      secret,
    });
  });
  afterAll(async () => {
    await monitoring.stop();
    await bot.kill('SIGTERM');
    gate.close();
    await rm(directory, { recursive: true, force: true });
  });

  interface Root {
    readonly message: LoggedMessage;
  }
  const cards = async () => {
    const { roots } = await createPlaygroundClient(bot.url).get<{ roots: Root[] }>(
      'channel?channel=incidents&person=max',
    );
    return repliesOf(roots.map(({ message }) => message));
  };
  const titles = async () => (await cards()).map(({ reply }) => reply.summary);
  const thread = async () => {
    const [card] = await cards();
    return repliesOf(
      await createPlaygroundClient(bot.url).messages('incidents', card?.id ?? '', 'max'),
    ).slice(1);
  };
  const patience = { timeout: 60_000, interval: 250 };

  it('are one thread with the ranked answer while they fire, and told when they are over', async () => {
    monitoring.fill('web-01');
    await expect.poll(titles, patience).toEqual(['Firing: DiskFull']);
    await expect.poll(async () => (await thread()).length, patience).toBe(1);
    expect(textOf((await thread())[0]?.reply ?? { summary: '', tone: 'plain', blocks: [] })).toContain(
      'Disk full',
    );
    monitoring.fill('web-01', 'web-02');
    await expect.poll(titles, patience).toEqual(['Firing: DiskFull and 1 more']);
    monitoring.fill();
    await expect.poll(titles, patience).toEqual(['Resolved: DiskFull and 1 more']);
    await expect
      .poll(async () => (await thread()).at(-1)?.reply.summary, patience)
      .toContain('All 2 alerts are resolved');
  });

  it('are there once when the bot was busy, and when it was killed, and nothing is repeated', async () => {
    gate.busy = 2;
    gate.answers.length = 0;
    monitoring.fill('web-01');
    await expect.poll(titles, patience).toEqual(['Firing: DiskFull and 1 more']);
    expect(gate.answers.slice(0, 3)).toEqual([503, 503, 200]);

    await bot.kill('SIGKILL');
    monitoring.fill('web-01', 'web-02');
    const missed = gate.answers.length;
    await expect.poll(() => gate.answers.slice(missed).includes(503), patience).toBe(true);
    bot = await startBotProcess(environment);
    await expect
      .poll(
        async () => textOf((await cards())[0]?.reply ?? { summary: '', tone: 'plain', blocks: [] }),
        patience,
      )
      .toContain('2 firing, 0 resolved');
    // Alertmanager repeats every few seconds what still fires.
    const told = gate.answers.length;
    await expect.poll(() => gate.answers.length, patience).toBeGreaterThan(told + 1);
    expect(await titles()).toHaveLength(1);
    expect(
      (await thread()).map(({ reply }) => reply.summary).filter((summary) => summary.includes('fires again')),
    ).toHaveLength(1);
  });
});
