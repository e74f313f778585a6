import type { Incident } from '#domain/incident.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { type ComparedCheck, differenceCard, differenceFile } from '#domain/wording/difference-card.ts';
import { wholeOutput } from '#domain/wording/output-file.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { readChecksAgain } from './read-checks-again.ts';

type Needs = Pick<Core, 'ids' | 'lineDiff' | 'redact'>;

/** Says in the thread what the changes of a run made of what its checks see; nothing when no check was run again. */
export async function postDifference(
  needs: Needs,
  transaction: Transaction,
  run: Run,
  { channel, thread }: Incident,
): Promise<void> {
  const { runs, outbox } = transaction;
  const again = (await runs.steps(run.id)).filter(({ round, result }) => round === 1 && result !== null);
  if (again.length === 0) return;
  const all = await runs.parts(run.id);
  const checks: ComparedCheck[] = [];
  for (const before of await readChecksAgain(transaction, run.id)) {
    const after = again.findLast(({ position }) => position === before.position);
    const [parts, partsAfter] = [before, after].map((step) => partsOf(all, step));
    if (before.fanOut === null) checks.push(await compare(needs, transaction, before, after));
    for (const part of parts ?? []) {
      const same = partsAfter?.find(({ hostId }) => hostId === part.hostId);
      checks.push(await compare(needs, transaction, part, same));
    }
  }
  const place = { channel, thread };
  await outbox.post(needs.ids.next(), place, differenceCard(checks), 'answer');
  const file = differenceFile(checks);
  if (file) await outbox.post(needs.ids.next(), place, file, 'progress');
}

/** What became of a step over a group on each host; an attempt that left out who had succeeded does not hide them. */
function partsOf(parts: readonly Step[], whole: Step | undefined): readonly Step[] {
  if (!whole?.fanOut) return [];
  const own = parts.filter(
    ({ position, round, attempt, startedAt }) =>
      position === whole.position && round === whole.round && attempt <= whole.attempt && startedAt !== null,
  );
  const inOrder = own.toSorted((one, other) => one.attempt - other.attempt);
  return [...new Map(inOrder.map((part) => [part.hostId, part])).values()];
}

/** Only the same command on the same host can be compared: values may have been edited between the two. */
async function compare(
  { lineDiff, redact }: Needs,
  { hosts }: Transaction,
  before: Step,
  found: Step | undefined,
): Promise<ComparedCheck> {
  const isSame = found?.command === before.command && found.hostId === before.hostId;
  const after = isSame && found.startedAt !== null ? found : null;
  const texts = [before, after].map((step) => (step?.result ? wholeOutput(step.result) : ''));
  const diff = lineDiff(texts[0] ?? '', texts[1] ?? '');
  return {
    title: before.title,
    host: (await hosts.find(before.hostId))?.name ?? 'a host that is gone',
    before,
    after,
    diff: diff && storableText(redact(diff)),
  };
}
