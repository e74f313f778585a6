import type { RunId } from '#domain/ids.ts';
import { checksAgain } from '#domain/run/checks-again.ts';
import type { Step } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** The checks that are run again at the end of a run, with what they found before its first change. */
export async function readChecksAgain(
  { runs }: Pick<Transaction, 'runs'>,
  id: RunId,
): Promise<readonly Step[]> {
  return checksAgain([...(await runs.steps(id)), ...(await runs.parts(id))]);
}
