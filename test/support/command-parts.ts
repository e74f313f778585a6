import type { CommandContext, CommandIo, CommandParts } from '#commands/command.ts';
import { runProgram } from '#commands/run-program.ts';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import { noReasons } from '#domain/ranking/match-reasons.ts';
import { createCommandTools } from '#src/composition/create-command-tools.ts';
import { someRate } from '#test/support/solutions.ts';

/** A secret that the tools of these parts know. */
export const knownSecret = ['known', 'secret', '4711'].join('-');

const now = Date.UTC(2026, 10, 20);
const day = 86_400_000;

/** The fullest answer: one solution, tried and successful. */
export const answer: Awaited<ReturnType<CommandContext['ask']>> = {
  context: { application: 'nginx' },
  ranked: [
    {
      solution: {
        id: 'a' as SolutionId,
        slug: 'disk-full',
        versionId: 'b' as VersionId,
        version: 3,
        content: {
          kind: 'case',
          case: {
            title: 'Disk full\u001b[31m on web',
            symptoms: '',
            rootCause: '',
            resolution: '',
            validation: '',
            tags: [],
            owner: '@sre',
            appliesTo: {},
          },
        },
        origin: 'cases/disk-full.md',
        updatedAt: now - 3 * day,
      },
      confidence: 0.82,
      precedence: 0.85,
      similarity: 0.91,
      success: 0.86,
      context: 0.5,
      match: { matching: [], differing: [], score: 0.5 },
      bonus: 0,
      reasons: { ...noReasons, words: ['disk', 'full'] },
      parts: [{ name: 'coverage', value: 0.8 }],
      why: ['disk, full'],
      alternativeOf: null,
      check: null,
      rate: someRate({ worked: 18, tried: 20, success: 0.86, lastWorkedAt: now - day }),
      staleSince: null,
    },
  ],
  closest: [],
};

/** An application in which all is well; a test replaces what it is about. */
export const quietContext: CommandContext = {
  foldNow: async () => [
    {
      workspace: 'playground',
      result: { signals: 12, solutions: 5, deprecated: [], suggested: [], declined: [], unused: [] },
    },
  ],
  ask: async () => answer,
  explainPolicy: async () => {
    throw new Error('nobody asks about the policy here');
  },
  diagnose: async () => [{ name: 'database', status: 'ok', message: 'PostgreSQL 18', advice: null }],
  backup: async () => new Blob(['archive']),
  hosts: async () => [],
  scanHostKey: async () => ({ hostKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:abc', pinned: null }),
  pinHostKey: async () => undefined,
  verifyAudit: async () => [
    { workspace: 'playground (w)', chain: { kind: 'fits', head: { sequence: 0, hash: '' } }, anchors: 0 },
  ],
  exportAudit: async function* () {},
  secrets: {
    set: async () => 1,
    list: async () => [],
    remove: async () => true,
    renew: async () => [],
    rotateKey: async () => ({ key: 'made', rewrapped: 0, remaining: 0 }),
  },
  reviews: {
    draft: async () => undefined,
    propose: async () => ({ slug: 'x' }),
    list: async () => [],
    show: async () => undefined,
    decide: async () => undefined,
  },
  cases: {
    duplicates: async () => [],
    merge: async () => ({ kind: 'refused', why: 'gone' }),
    unmerge: async () => ({ kind: 'refused', why: 'not-merged' }),
  },
  insights: async () => {
    throw new Error('nobody asks for insights here');
  },
  deprecated: async () => [],
  revive: async () => false,
  retire: async () => false,
  unused: async () => [],
  keep: async () => false,
  knowledge: {
    export: async function* () {},
    import: async () => ({ files: [], problems: [] }),
    textOf: () => null,
  },
  ingest: async () => ({ added: 1, changed: 2, unchanged: 3, warnings: [], problems: [] }),
};

export interface RunOptions {
  readonly context?: Partial<CommandContext>;
  readonly stdin?: string;
  readonly cwd?: string;
  readonly parts?: Partial<CommandParts>;
}

/** Everything a command needs, and what it has written. */
export function createParts({ context, stdin = '', cwd = '/', parts }: RunOptions = {}) {
  const written = { out: '', err: '' };
  const io: CommandIo = {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    stdin: async () => stdin,
    secret: async () => stdin,
    flushed: async () => undefined,
    cwd,
  };
  const all: CommandParts = {
    io,
    tools: createCommandTools(() => ({ secrets: [knownSecret] })),
    withApplication: (use) => use({ ...quietContext, ...context }),
    shell: null,
    now: () => now,
    ...parts,
  };
  return { parts: all, written };
}

/** Runs one command line and returns what it wrote and its exit code. */
export async function run(argv: readonly string[], options: RunOptions = {}) {
  const { parts, written } = createParts(options);
  return { code: await runProgram(argv, parts), ...written };
}
