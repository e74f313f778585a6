import type { Core } from '#application/core.ts';
import type { RemoteResult, RemoteSession, RemoteShell } from '#ports/remote-shell.ts';
import type { Transaction, UnitOfWork } from '#ports/unit-of-work.ts';

/** Where the way of one step can be cut, in the order in which it comes to them. */
export const moments = [
  'approved', // the approval is committed
  'claiming', // the job was taken, its claim is not committed
  'claimed', // the claim is committed
  'connected', // logged in, nothing else
  'begun', // the intent row is committed
  'tried-again', // one try has failed, and the intent of the next is committed
  'sending', // its command is on its way
  'output', // it has said something
  'exited', // its exit was received
  'judging', // its output is being compared with what is expected
  'settled', // its result is committed
  'posting', // a message was taken out of the outbox
  'posted', // a message was sent, and is not noted as sent
  'cancelling', // somebody stopped it, and the runner knows
] as const;
export type Moment = (typeof moments)[number];

/** Called at every moment; it may end the process or stop it. */
export type Reach = (moment: Moment) => void;

/** The parts of a bot, each with the moments that it comes to told. */
export function withMoments(core: Core, reach: Reach): Core {
  return {
    ...core,
    unitOfWork: watchedUnitOfWork(core.unitOfWork, reach),
    shell: watchedShell(core.shell, reach),
  };
}

function watchedUnitOfWork(unitOfWork: UnitOfWork, reach: Reach): UnitOfWork {
  return {
    ...unitOfWork,
    within: async (workspace, work) => {
      let passed: Moment[] = [];
      const result = await unitOfWork.within(workspace, (transaction) => {
        passed = [];
        return work(watchedTransaction(transaction, (moment) => passed.push(moment), reach));
      });
      for (const moment of passed) reach(moment);
      return result;
    },
  };
}

/** `commit` notes a moment that comes with the commit. */
function watchedTransaction(
  transaction: Transaction,
  commit: (moment: Moment) => void,
  reach: Reach,
): Transaction {
  const { runs, outbox } = transaction;
  return {
    ...transaction,
    runs: {
      ...runs,
      decide: async (id, to) => {
        const step = await runs.decide(id, to);
        if (step && to === 'approved') commit('approved');
        return step;
      },
      claim: async (...asked) => {
        const step = await runs.claim(...asked);
        if (step) reach('claiming');
        if (step) commit('claimed');
        return step;
      },
      begin: async (...asked) => {
        const begun = await runs.begin(...asked);
        if (begun) commit('begun');
        return begun;
      },
      tryAgain: async (...asked) => {
        const step = await runs.tryAgain(...asked);
        if (step) commit('tried-again');
        return step;
      },
      end: async (...asked) => {
        const ended = await runs.end(...asked);
        if (ended) commit('settled');
        return ended;
      },
    },
    outbox: {
      ...outbox,
      next: async (...asked) => {
        const post = await outbox.next(...asked);
        if (post) commit('posting');
        return post;
      },
      sent: (...asked) => {
        reach('posted');
        return outbox.sent(...asked);
      },
    },
  };
}

function watchedShell(shell: RemoteShell, reach: Reach): RemoteShell {
  return {
    ...shell,
    connect: async (...asked) => {
      const connection = await shell.connect(...asked);
      if (connection.kind === 'refused') return connection;
      reach('connected');
      return { ...connection, session: watchedSession(connection.session, reach) };
    },
  };
}

function watchedSession(session: RemoteSession, reach: Reach): RemoteSession {
  return {
    ...session,
    run: async (command, onOutput, signal) => {
      signal.addEventListener('abort', () => reach('cancelling'), { once: true });
      const tell = (text: string): void => {
        reach('output');
        onOutput(text);
      };
      const running = session.run(command, tell, signal);
      reach('sending');
      const result = await running;
      reach('exited');
      return whileJudged(result, reach);
    },
  };
}

/** What a step said is read for the first time when it is judged. */
function whileJudged(result: RemoteResult, reach: Reach): RemoteResult {
  const { text } = result.stdout;
  const stdout = {
    ...result.stdout,
    get text() {
      reach('judging');
      return text;
    },
  };
  return { ...result, stdout };
}
