import { readDemoCases } from '#adapters/markdown/read-demo-cases.ts';
import type { PlaygroundChannel, PlaygroundPerson } from '#adapters/playground/options.ts';
import { type Playground, startPlayground } from '#adapters/playground/start/start-playground.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { ConversationLog, LoggedMessage } from '#ports/conversation-log.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { OpenCore } from './open-core.ts';

export const playgroundPeople: readonly [PlaygroundPerson, ...PlaygroundPerson[]] = [
  { externalId: 'rae', name: 'Rae', role: 'responder' },
  { externalId: 'vic', name: 'Vic', role: 'viewer' },
  { externalId: 'ada', name: 'Ada', role: 'approver' },
  { externalId: 'ben', name: 'Ben', role: 'approver' },
  { externalId: 'max', name: 'Max', role: 'admin' },
];

const channels: readonly [PlaygroundChannel, ...PlaygroundChannel[]] = [
  {
    name: 'incidents',
    topic: 'Something is wrong: describe it here',
    hint: 'Type what is wrong, for example: disk is filling up on demo-web-01, nginx returns 500',
  },
  {
    name: 'general',
    topic: 'Everything else',
    hint: 'Recourse reads along here too, and answers problems in a thread.',
  },
];

/** The playground's tenant with its people in their roles and a few past cases, so that both kinds of answer show. */
export async function preparePlaygroundWorkspace(open: OpenCore): Promise<void> {
  const { core } = open;
  const workspace = await ensurePlaygroundWorkspace(open);
  await core.unitOfWork.within(workspace.id, async ({ people }) => {
    for (const { externalId, name, role } of playgroundPeople) await people.setRole(externalId, name, role);
  });
  await createLoadSolutions(core)(workspace.id, await readDemoCases());
}

export function ensurePlaygroundWorkspace({ core }: OpenCore): Promise<Workspace> {
  return core.workspaces.ensure('playground', 'playground', 'Playground');
}

export interface OpenPlayground extends Playground {
  /** Where a person opens the page; carries the token. */
  readonly url: string;
}

/** `address` is the real host:port of the listener that will serve the page. */
export async function openPlayground(
  { core, conversationLog }: OpenCore,
  workspace: Workspace,
  inbound: Inbound,
  { address, token }: { readonly address: string; readonly token: string },
): Promise<OpenPlayground> {
  const port = address.slice(address.lastIndexOf(':') + 1);
  const playground = await startPlayground({
    workspace: workspace.id,
    inbound,
    log: withoutSecrets(conversationLog, core.redact),
    clock: core.clock,
    ids: core.ids,
    logger: core.logger,
    token,
    allowedHosts: [address, `localhost:${port}`, `127.0.0.1:${port}`],
    channels,
    people: playgroundPeople,
  });
  return { ...playground, url: `http://${address}/?token=${token}` };
}

/** What people write is kept without secrets, however it is written; the bot's replies were made without any. */
function withoutSecrets(log: ConversationLog, redact: (text: string) => string): ConversationLog {
  const safe = (body: LoggedMessage['body']): LoggedMessage['body'] =>
    body.kind === 'text' ? { ...body, text: redact(body.text) } : body;
  return {
    ...log,
    add: (workspace, message) => log.add(workspace, { ...message, body: safe(message.body) }),
    edit: (workspace, id, body, at) => log.edit(workspace, id, safe(body), at),
  };
}
