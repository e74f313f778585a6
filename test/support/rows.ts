import { one } from '#adapters/postgres/rows.ts';
import type { HostEntry } from '#domain/host.ts';
import type {
  PersonId,
  PostId,
  RecommendationId,
  RunId,
  SolutionId,
  StepId,
  VersionId,
} from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { Speaker } from '#domain/intent.ts';
import type { Person, Role } from '#domain/person.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Reply } from '#domain/reply.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepResult } from '#domain/run/step.ts';
import { nothingGiven } from '#domain/runbook/given.ts';
import type { Case } from '#domain/solution.ts';
import type { Ids } from '#ports/ids.ts';
import type { NewStep } from '#ports/stores/run-store.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Rows as plain as can be, for tests of what is done with them. */

export const someHost = (changes: Partial<HostEntry> = {}): HostEntry => ({
  name: 'web-01',
  address: '192.0.2.7',
  port: 22,
  user: 'ops',
  login: { kind: 'key-file', path: '/keys/ops' },
  hostKey: null,
  jump: null,
  context: { os: 'linux' },
  tags: [],
  parameters: {},
  ...changes,
});

export const someCase = (title = 'A worker hung'): Case => ({
  title,
  symptoms: 'Requests hang.',
  rootCause: 'A lock.',
  resolution: 'Restarted the worker.',
  validation: 'Requests end.',
  tags: [],
  owner: '@sre',
  appliesTo: {},
});

export const someVersion = (slug: string, text = 'text', title = slug): NewVersion => ({
  slug,
  content: { kind: 'case', case: someCase(title) },
  text,
  origin: `cases/${slug}.md`,
  author: '@sre',
  source: 'human',
});

export const someReply = (text = 'hello'): Reply => ({
  summary: text,
  tone: 'plain',
  blocks: [{ kind: 'text', line: [text] }],
});

export const someResult = (changes: Partial<StepResult> = {}): StepResult => ({
  state: 'succeeded',
  exitCode: 0,
  signal: null,
  stdout: 'ok\n',
  stderr: '',
  stdoutBytes: 3,
  stderrBytes: 0,
  why: 'Exit 0.',
  ...changes,
});

/** What a run hangs on: somebody, a host, a solution, an incident, a recommendation and the run. */
export interface Story {
  readonly person: Person;
  readonly solutionId: SolutionId;
  readonly versionId: VersionId;
  readonly incident: Incident;
  readonly recommendation: Recommendation;
  readonly run: Run;
}

/** Puts one story into the transaction's workspace; each `name` makes its own thread and solution. */
export async function addStory(transaction: Transaction, ids: Ids, name = 'story'): Promise<Story> {
  const person = await withRole(transaction, 'rae', 'responder');
  if ((await transaction.hosts.named('web-01')) === undefined) await transaction.hosts.sync([someHost()]);
  const { id: solutionId } = one(await transaction.solutions.putAll([someVersion(name)]));
  const versionId = (await transaction.solutions.find(solutionId))?.versionId as VersionId;
  const { isNew: _, ...incident } = await transaction.incidents.open({
    channel: 'incidents',
    thread: name,
    problem: 'it hangs',
    context: {},
    openedBy: person.id,
  });
  const recommendation = someRecommendation(ids, { incidentId: incident.id, solutionId, versionId });
  await transaction.recommendations.add([recommendation]);
  const run = someRun(ids, recommendation, person.id);
  await transaction.runs.add(run);
  return { person, solutionId, versionId, incident, recommendation, run };
}

export const someRecommendation = (
  ids: Ids,
  parts: Pick<Recommendation, 'incidentId' | 'solutionId' | 'versionId'> & Partial<Recommendation>,
): Recommendation => ({
  id: ids.next<RecommendationId>(),
  rank: 1,
  confidence: 0.75,
  similarity: 0.5,
  success: 0.5,
  context: 0.25,
  why: ['words'],
  state: 'shown',
  postId: ids.next<PostId>(),
  verdictPostId: null,
  ...parts,
});

export const someRun = (ids: Ids, recommendation: Recommendation, requestedBy: PersonId): Run => ({
  id: ids.next<RunId>(),
  incidentId: recommendation.incidentId,
  recommendationId: recommendation.id,
  solutionId: recommendation.solutionId,
  versionId: recommendation.versionId,
  requestedBy,
  startedBy: requestedBy,
  parameters: { host: 'web-01' },
  state: 'active',
  direction: 'forward',
});

/** Proposes a step of the run; it expires `lifeMs` from now on the database's clock. */
export async function proposeSome(
  { runs, hosts, now }: Transaction,
  ids: Ids,
  run: Run,
  changes: Partial<Step> & { readonly lifeMs?: number } = {},
): Promise<NewStep> {
  const { lifeMs = 60_000, ...rest } = changes;
  const host = await hosts.named('web-01');
  if (!host) throw new Error('no host web-01');
  const step: NewStep = {
    id: ids.next<StepId>(),
    runId: run.id,
    position: 0,
    attempt: 1,
    round: 0,
    kind: 'diagnostic',
    title: 'Look',
    hostId: host.id,
    fanOut: null,
    partOf: null,
    command: 'df -h',
    given: nothingGiven,
    risk: 'read-only',
    riskWhy: 'df only reads',
    timeoutMs: 1000,
    expect: null,
    exitCodes: [0],
    retry: null,
    nonce: ids.nonce(),
    binding: 'bound',
    expiresAt: (await now()) + lifeMs,
    postId: ids.next<PostId>(),
    ...rest,
  };
  await runs.propose(step);
  return step;
}

/** A full member; `changes` make another of them. */
export const someSpeaker = (name: string, changes: Partial<Speaker> = {}): Speaker => ({
  externalId: name,
  name,
  standing: 'member',
  groups: [],
  ...changes,
});

export const withRole = async ({ people }: Transaction, name: string, role: Role): Promise<Person> => {
  await people.setRole(name, name, role);
  return people.meet(someSpeaker(name), 'incidents');
};
