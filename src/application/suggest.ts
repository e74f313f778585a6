import { mayGive } from '#domain/command.ts';
import type { SolutionId } from '#domain/ids.ts';
import type { Inbound, Inquiry, Suggestion } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { hiddenFrom } from './hidden-from.ts';

/** As many as every platform shows. */
const most = 25;

type Look = (
  transaction: Transaction,
  typed: string,
  hidden: () => Promise<readonly SolutionId[]>,
) => Promise<readonly Suggestion[]>;

const looks = {
  runbook: async ({ overview }, typed, hidden) =>
    (await overview.runbooksNamed(typed, most, await hidden())).map(({ title, slug }) => ({
      label: title,
      value: slug,
    })),
  host: async ({ hosts }, typed) =>
    (await hosts.namesLike(typed, most)).map((name) => ({ label: name, value: name })),
} as const satisfies Record<Inquiry['about'], Look>;

/** Names of runbooks and hosts while somebody types them, for those who may start a runbook. */
export function createSuggest({
  unitOfWork,
  settings: { policy },
}: Pick<Core, 'unitOfWork' | 'settings'>): Inbound['suggest'] {
  return ({ place, speaker, about, typed }) =>
    unitOfWork.within(place.workspace, async (transaction) => {
      const role = await transaction.people.roleOf(speaker, place.channel);
      if (!mayGive('run', { role, standing: speaker.standing })) return [];
      const { channel } = place;
      return looks[about](transaction, typed.trim(), () =>
        hiddenFrom(policy, transaction, { role, channel }),
      );
    });
}
