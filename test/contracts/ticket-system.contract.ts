import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { TicketRequestId } from '#domain/ids.ts';
import { type TicketAction, ticketActions } from '#domain/ticket/ticket.ts';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { type Answer, type Heard, type ScriptedApi, startScriptedApi } from '#test/support/scripted-api.ts';

export interface TicketSystemCase {
  readonly name: string;
  readonly create: (url: string) => TicketSystem;
  readonly ticket: TicketOrder['ticket'];
  /** What the documented API answers when all is well. */
  readonly usual: (heard: Heard) => Answer;
  /** A refusal as documented, and the part of it that a person is told. */
  readonly refusal: { readonly body: unknown; readonly told: string };
  /** What is sent for each action that it can be asked for: the last request. */
  readonly sent: Readonly<Partial<Record<TicketAction, Pick<Heard, 'method' | 'path' | 'body'>>>>;
  /** The header that the key is in, and what is in it. */
  readonly key: readonly [string, string];
  /** The header in which it says for how many seconds it has too much to do. */
  readonly wait: string;
}

export const orderId = '00000000-0000-7000-8000-0000000000aa' as TicketRequestId;
const patient = () => AbortSignal.timeout(10_000);

export function describeTicketSystem({
  name,
  create,
  ticket,
  usual,
  refusal,
  sent,
  key,
  wait,
}: TicketSystemCase) {
  describe(`tickets of ${name} (documented, not recorded)`, () => {
    let api: ScriptedApi;
    let system: TicketSystem;
    /** What the next changes are answered with, whatever is read before them. */
    const changes: (Answer | 'hang')[] = [];
    beforeAll(async () => {
      api = await startScriptedApi(
        (heard) => (heard.method === 'GET' ? undefined : changes.shift()) ?? usual(heard),
      );
      system = create(api.url);
    });
    beforeEach(() => {
      api.heard.length = 0;
      api.next.length = 0;
    });
    afterAll(() => api.stop());

    const order = (action: TicketAction): TicketOrder => ({
      id: orderId,
      ticket,
      action,
      note: 'rae: on it',
      forMs: 3_600_000,
      isRepeated: false,
    });
    const can = ticketActions.filter((action) => create('http://127.0.0.1:1').actions[action]);
    const [first = 'comment'] = can;
    const faultOf = async (asking: Promise<unknown>): Promise<Fault> => {
      const fault = await asking.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(fault instanceof Fault)) throw new Error(`no fault but ${String(fault)}`);
      return fault;
    };

    it('can be asked for what is documented here, with its key', async () => {
      expect(can).toEqual(ticketActions.filter((action) => sent[action]));
      for (const action of can) {
        await system.act(order(action), patient());
        const asked = api.heard.filter(({ method }) => method !== 'GET').at(-1);
        expect(asked).toMatchObject(sent[action] ?? {});
        expect(asked?.headers[key[0]]).toBe(key[1]);
      }
    });

    it('refuses in words that a person is told', async () => {
      api.next.push({ status: 400, body: refusal.body });
      const fault = await faultOf(system.act(order(first), patient()));
      expect(fault.kind).toBe('rejected');
      expect(fault.message).toContain(refusal.told);
    });

    it('that has too much to do is asked again after the time that it names, having done nothing', async () => {
      api.next.push({ status: 429, headers: { [wait]: '7' }, body: { message: 'slow down' } });
      const fault = await faultOf(system.act(order(first), patient()));
      expect(fault).toMatchObject({ kind: 'unavailable', retryAfterMs: 7_000, undone: true });
    });

    it('that fails or hangs may have done it or not', async () => {
      changes.push({ status: 503 }, 'hang');
      const failed = await faultOf(system.act(order(first), patient()));
      expect(failed).toMatchObject({ kind: 'unavailable', undone: false });
      const hung = await faultOf(system.act(order(first), AbortSignal.timeout(500)));
      expect(hung).toMatchObject({ kind: 'unavailable', undone: false });
    });

    it('that fails while it is only asked how things stand has done nothing', async () => {
      for (const action of can) {
        api.heard.length = 0;
        api.next.push({ status: 503 });
        const asked = await system.act(order(action), patient()).catch((error: unknown) => error);
        if (api.heard[0]?.method === 'GET')
          expect(asked).toMatchObject({ kind: 'unavailable', undone: true });
        expect(api.heard.slice(1).filter(({ method }) => method !== 'GET')).toEqual([]);
      }
    });

    it('that cannot be reached has done nothing', async () => {
      const gone = await startScriptedApi(usual);
      await gone.stop();
      const fault = await faultOf(create(gone.url).act(order(first), patient()));
      expect(fault).toMatchObject({ kind: 'unavailable', undone: true });
    });

    it('tells what it keeps quiet where it can be asked to, and changes nothing then', async () => {
      expect(system.silencing !== null).toBe(can.includes('silence'));
      expect((await system.silencing?.silences(patient())) ?? []).toEqual([]);
      expect([...((await system.silencing?.goingOn([ticket], patient())) ?? [])]).toEqual([]);
      expect(api.heard.filter(({ method }) => method !== 'GET')).toEqual([]);
    });

    it('says whether it takes the key, and changes nothing then', async () => {
      await system.check(patient());
      expect(api.heard.map(({ method }) => method)).toEqual(['GET']);
      api.next.push({ status: 401, body: { message: 'who are you' } });
      const fault = await faultOf(system.check(patient()));
      expect(fault).toMatchObject({ kind: 'rejected', message: expect.stringContaining('who are you') });
    });
  });
}
