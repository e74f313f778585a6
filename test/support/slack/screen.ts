import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A view as the bot sent it: a modal or an App Home. */
export interface View {
  readonly id: string;
  readonly title?: { readonly text: string };
  readonly blocks: readonly {
    readonly type: string;
    readonly block_id?: string;
    readonly element?: {
      readonly type: string;
      readonly action_id: string;
      readonly initial_value?: string;
      readonly initial_option?: { readonly value: string };
    };
  }[];
}

/** What people see besides messages, over the server's own web socket for its page. */
export interface Screen {
  /** The modal on top; waits until there is one. */
  modal(): Promise<View>;
  readonly openModals: () => number;
  /** Messages beside fields after the last submit, by block id. */
  readonly errors: () => Readonly<Record<string, string>>;
  /** How often a submit was answered: closed, or with what is wrong. */
  readonly answers: () => number;
  home(user: string): Promise<View>;
  /** Submits the modal on top. `values` are by block id and action id, as the server wants them. */
  submit(user: string, values: Readonly<Record<string, unknown>>): void;
  close(): void;
}

type Frame = { readonly t: string } & Readonly<Record<string, unknown>>;

export async function openScreen(url: string): Promise<Screen> {
  const socket = new WebSocket(url);
  let stack: readonly View[] = [];
  let errors: Readonly<Record<string, string>> = {};
  let answers = 0;
  const homes = new Map<string, View>();
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as Frame;
    if (frame.t === 'view' || frame.t === 'view_errors') answers += 1;
    if (frame.t === 'view') {
      stack = frame.stack as readonly View[];
      errors = {};
    }
    if (frame.t === 'view_errors') errors = frame.errors as Readonly<Record<string, string>>;
    if (frame.t === 'home') homes.set(String(frame.user), frame.view as View);
  });
  await once(socket, 'open');
  return {
    modal: () => present(() => stack.at(-1), 'a modal'),
    openModals: () => stack.length,
    errors: () => errors,
    answers: () => answers,
    home: (user) => present(() => homes.get(user), 'an App Home'),
    submit: (user, values) => socket.send(JSON.stringify({ t: 'view_submit', user, values })),
    close: () => socket.close(),
  };
}

async function present<T>(look: () => T | undefined, what: string): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(25);
  }
  throw new Error(`Waited for ${what}, and none came`);
}
