import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffLines } from '#adapters/diff/diff-lines.ts';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createPlaygroundChat } from '#adapters/playground/chat/create-playground-chat.ts';
import { createLiveFeed } from '#adapters/playground/chat/live-feed.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { drawPicture } from '#adapters/resvg/draw-picture.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { createSandbox, type Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createClock } from '#adapters/system/create-clock.ts';
import { matchPattern, matchWhole } from '#adapters/system/match-pattern.ts';
import type { Core } from '#application/core.ts';
import { createDeliverPosts } from '#application/deliver-posts.ts';
import { createDispatch } from '#application/dispatch.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createHandleDeliveries } from '#application/handle-deliveries.ts';
import { createInquireStep } from '#application/inquire-step.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import { meetSpeaker } from '#application/meet-speaker.ts';
import { createReceiveIntent } from '#application/receive-intent.ts';
import { setMode } from '#application/set-mode.ts';
import { setRole } from '#application/set-role.ts';
import type { Action, ActionVerb } from '#domain/action.ts';
import { defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import { defaultCaptureSettings } from '#domain/automatic-capture/capture-settings.ts';
import type { HostEntry } from '#domain/host.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent, Speaker } from '#domain/intent.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { defaultOwnersSettings } from '#domain/learning/owners-settings.ts';
import { defaultUseSettings } from '#domain/learning/use.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import type { Button, FormValues, Reply } from '#domain/reply.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Inquiry, Received } from '#ports/inbound.ts';
import type { Logger } from '#ports/logger.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { TestDatabase } from './databases.ts';
import { someSpeaker } from './rows.ts';

const people = { vic: 'viewer', rae: 'responder', ada: 'approver', ben: 'approver', max: 'admin' } as const;
export type Who = keyof typeof people;

/** A sandbox host in a folder of its own. */
export async function openSandbox(): Promise<Sandbox> {
  const directory = mkdtempSync(join(tmpdir(), 'recourse-app-'));
  const sandbox = await createSandbox({ directory });
  return {
    ...sandbox,
    close: async () => {
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A known secret value, made at run time so that no scanner takes it for one. */
export const knownSecret = ['open', 'sesame', '4711'].join('-');

const redact = createRedactor([knownSecret]);

export async function createTestCore(db: TestDatabase): Promise<Core> {
  return {
    ...db,
    search: createSolutionSearch({ database: db.open.database }),
    shell: createSsh2RemoteShell({ redact }),
    secrets: { get: async () => undefined },
    commandParser: await createBashCommandParser(),
    runbookParser: createRunbookParser(matchWhole),
    askModel: null,
    lineDiff: diffLines,
    matchPattern,
    matchWhole,
    drawPicture,
    tickets: [],
    clock: createClock(),
    logger: silent,
    redact,
    readThread: () => Promise.reject(new Error('no chat is open')),
    mayRead: () => Promise.resolve(true),
    isBehind: () => false,
    postsWaiting: () => undefined,
    settings: {
      ranking: defaultRankingSettings,
      fold: defaultFoldSettings,
      alerts: defaultAlertSettings,
      owners: defaultOwnersSettings,
      capture: defaultCaptureSettings,
      uses: defaultUseSettings,
      approval: { expiryMs: 1_800_000, destructiveExpiryMs: 600_000 },
      policy: defaultPolicy,
      listening: 'invited',
      consults: false,
      longestCommand: () => 2000,
    },
    instance: 'test',
  };
}

/** The application over real parts, driven as a chat drives it. Jobs wait in `db.jobs` until `work` is called. */
export async function createTestBot(
  db: TestDatabase,
  sandbox: Sandbox | undefined,
  parts: Partial<Core> & { readonly in?: WorkspaceId } = {},
) {
  const given: Core = { ...(await createTestCore(db)), ...parts };
  const workspace = parts.in ?? db.workspace;
  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    given.unitOfWork.within(workspace, work);
  await within(async (transaction) => {
    for (const [name, role] of Object.entries(people)) await transaction.people.setRole(name, name, role);
    if (sandbox) await transaction.hosts.sync([sandbox.host]);
  });
  const chat = openChat(db, given, workspace);
  const core: Core = { ...given, readThread: parts.readThread ?? chat.read };
  const inbound = createReceiveIntent({ ...core, deliveriesWaiting: () => undefined });
  const dispatch = createDispatch(core);
  const handling = createHandleDeliveries({ ...core, dispatch, deliveriesWaiting: () => undefined });
  const delivery = createDeliverPosts({ ...core, deliveriesWaiting: () => undefined });
  const execute = createExecuteStep(core);
  const inquire = createInquireStep(core);
  const settle = async () => {
    // What was sent may have opened a thread in which something goes on.
    for (let sent = true; sent; ) {
      while (await handling.turn(workspace)) await handling.settle();
      sent = await delivery.turn(workspace, chat);
      await delivery.settle();
    }
  };
  /** Hands an intent in and waits until it was handled and what it says was sent. */
  const hand = async (intent: ChatIntent, delivery: string = db.ids.nonce()): Promise<Received> => {
    const received = await inbound.receive(intent, delivery);
    await settle();
    return received;
  };
  const place = (thread: string | null) => ({ workspace, channel: 'incidents', thread });
  const seenAs = new Map<string, Partial<Speaker>>();
  const speaker = (who: string): Speaker => someSpeaker(who, seenAs.get(who));
  const thread = (id: string) => db.conversationLog.thread(workspace, id, 500);
  return {
    core,
    workspace,
    within,
    settle,
    /** Handles an intent past the inbox, as a replica does that took it. */
    dispatch,
    hand,
    suggest: (who: string, about: Inquiry['about'], typed: string, channel = 'incidents') =>
      inbound.suggest({ place: { ...place(null), channel }, speaker: speaker(who), about, typed }),
    thread,
    /** From now on the platform tells this of somebody. */
    seeAs: (who: string, changes: Partial<Speaker>): void => void seenAs.set(who, changes),
    /** Somebody in the channel, outside threads. */
    asking: (who: string) => ({ place: place(null), speaker: speaker(who) }),
    /** What somebody is shown who gives `role …` or `mode …` in the channel. */
    command: (who: string, verb: 'role' | 'mode', text: string): Promise<Reply> =>
      within(async (transaction) => {
        const asked = { place: place(null), speaker: speaker(who) };
        const asking = { ...asked, person: await meetSpeaker(transaction, asked) };
        return verb === 'role'
          ? setRole(transaction, asking, text)
          : setMode(core.settings, transaction, asking, text);
      }),
    /** Posts a message; the result is its id, which is the thread's id for a message of its own. */
    say: async (
      who: string,
      text: string,
      at: { thread?: string; mentionsBot?: boolean } = {},
    ): Promise<string> => {
      const id = db.ids.nonce();
      const { thread: inThread = null, mentionsBot = false } = at;
      await hand({
        kind: 'message-posted',
        place: place(inThread),
        speaker: speaker(who),
        id,
        text,
        mentionsBot,
        at: 1,
      });
      return id;
    },
    press: (who: string, inThread: string | null, action: Action): Promise<Received> =>
      hand({ kind: 'button-pressed', place: place(inThread), speaker: speaker(who), action }),
    submit: (
      who: string,
      inThread: string | null,
      action: string | Action,
      values: FormValues,
    ): Promise<Received> =>
      hand({
        kind: 'form-submitted',
        place: place(inThread),
        speaker: speaker(who),
        action: typeof action === 'string' ? { verb: 'parameters', id: action } : action,
        values,
      }),
    slash: (who: string, text: string, at: { thread?: string; delivery?: string } = {}): Promise<Received> =>
      hand(
        { kind: 'command-given', place: place(at.thread ?? null), speaker: speaker(who), text },
        at.delivery,
      ),
    home: (who: string): Promise<Received> =>
      hand({ kind: 'home-opened', place: { workspace, channel: '', thread: null }, speaker: speaker(who) }),
    react: (
      who: string,
      inThread: string,
      messageId: string,
      emoji: string,
      change: 'added' | 'removed',
      at?: number,
    ) =>
      hand({
        kind: 'reaction-changed',
        place: place(inThread),
        speaker: speaker(who),
        messageId,
        emoji,
        change,
        at,
      }),
    /** Runs the jobs that wait, those of this workspace. */
    work: async (signal: AbortSignal = new AbortController().signal): Promise<void> => {
      for (const job of db.jobs.splice(0)) {
        if (job.kind === 'execute-step') await execute(job.workspace, job.stepId, signal);
        if (job.kind === 'inquire-step') await inquire(job.workspace, job.stepId, signal, job.look);
      }
      await settle();
    },
    execute: async (stepId: StepId): Promise<void> => {
      await execute(workspace, stepId, new AbortController().signal);
      await settle();
    },
    /** The newest root message of the channel that the bot wrote. */
    opened: async (): Promise<string> => {
      const roots = await db.conversationLog.channel(workspace, 'incidents', 100);
      const root = roots.findLast(({ message }) => message.author.isBot && message.onlyFor === null);
      if (!root) throw new Error('the bot opened no thread');
      return root.message.id;
    },
    /** What everybody sees in the thread, oldest first. */
    replies: async (id: string): Promise<readonly Reply[]> => (await thread(id)).flatMap(publicReply),
    /** What this person alone was told in the thread, as one line each. */
    told: async (who: string, id: string): Promise<readonly string[]> =>
      (await thread(id)).flatMap((message) =>
        message.onlyFor === who && message.body.kind === 'reply' ? [message.body.reply.summary] : [],
      ),
    /** What this person alone was told in a channel, outside threads. */
    toldIn: async (channel: string, who: string): Promise<readonly string[]> =>
      (await db.conversationLog.channel(workspace, channel, 500)).flatMap(({ message: { onlyFor, body } }) =>
        onlyFor === who && body.kind === 'reply' ? [body.reply.summary] : [],
      ),
    /** What everybody sees in a channel outside threads, oldest first. */
    toldEverybodyIn: async (channel: string): Promise<readonly Reply[]> =>
      (await db.conversationLog.channel(workspace, channel, 500)).flatMap(({ message }) =>
        publicReply(message),
      ),
    load: (...sources: readonly { slug: string; text: string }[]) =>
      createLoadSolutions(core)(workspace, sources.map(readSource)),
  };
}

export type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** What a bot of its own begins with. */
interface Furnishing {
  readonly sandbox?: Sandbox;
  readonly hosts?: readonly HostEntry[];
  readonly runbooks?: readonly { slug: string; text: string }[];
}

/** A bot in a tenant of its own: what one test leaves must not meet another. */
export async function createOwnBot(
  db: TestDatabase,
  { sandbox, hosts = [], runbooks = [] }: Furnishing = {},
  parts: Partial<Core> = {},
): Promise<TestBot> {
  const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
  const bot = await createTestBot(db, sandbox, { ...parts, in: id });
  if (hosts.length > 0) await bot.within((transaction) => transaction.hosts.sync(hosts));
  await bot.load(...runbooks);
  return bot;
}

function openChat(db: TestDatabase, core: Core, workspace: WorkspaceId) {
  const log = db.conversationLog;
  const channels = [{ name: 'incidents', topic: '', hint: '' }] as const;
  const feed = createLiveFeed({ workspace, log, logger: silent });
  const options = {
    workspace,
    log,
    clock: core.clock,
    ids: core.ids,
    logger: silent,
    token: '',
    allowedHosts: [],
    channels,
  };
  const nobody = { externalId: 'rae', name: 'Rae', role: 'responder' } as const;
  const nothing = () => Promise.reject(new Error('nobody speaks through this chat'));
  const inbound = { receive: nothing, suggest: nothing };
  return createPlaygroundChat({ ...options, inbound, people: [nobody] }, feed);
}

const publicReply = ({ onlyFor, body }: LoggedMessage): readonly Reply[] =>
  onlyFor === null && body.kind === 'reply' ? [body.reply] : [];

function readSource({ slug, text }: { slug: string; text: string }) {
  const parsed = createRunbookParser(matchWhole).parse(text, `${slug}.md`);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  const content = { kind: 'runbook', runbook: parsed.runbook } as const;
  return { slug, content, text, origin: `runbooks/${slug}.md`, author: '@sre', source: 'import' } as const;
}

export const buttonsOf = (reply: Reply | undefined): readonly Button[] =>
  reply?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? [];

/** The action of a reply's first button with this verb; throws when there is none. */
export function actionOf(reply: Reply | undefined, verb: ActionVerb) {
  const button = buttonsOf(reply).find(({ action }) => action.verb === verb);
  if (!button) throw new Error(`no button ${verb} in: ${JSON.stringify(reply)}`);
  return button.action;
}

/** A runbook for the sandbox host from its commands: `kind` names the section, the rest are the fence's attributes. */
export function runbookSource(
  title: string,
  steps: readonly { readonly section: string; readonly command: string; readonly attributes?: object }[],
  parameters = '  host: { type: host }',
): string {
  const sections = steps.map(
    ({ section, command, attributes = {} }, index) =>
      `## ${section}\n\nDo part ${index + 1}.\n\n\`\`\`sh ${JSON.stringify({ id: `s${index + 1}`, ...attributes })}\n${command}\n\`\`\`\n`,
  );
  return `---\ntitle: ${title}\nowner: "@sre"\nparameters:\n${parameters}\n---\n\n# ${title}\n\n${sections.join('\n')}`;
}
