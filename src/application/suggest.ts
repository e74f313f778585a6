import { mayGive } from '#domain/command.ts';
import type { Inbound, Inquiry, Suggestion } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** As many as every platform shows. */
const most = 25;

type Look = (transaction: Transaction, typed: string) => Promise<readonly Suggestion[]>;

const looks = {
  runbook: async ({ overview }, typed) =>
    (await overview.runbooksNamed(typed, most)).map(({ title, slug }) => ({ label: title, value: slug })),
  host: async ({ hosts }, typed) =>
    (await hosts.namesLike(typed, most)).map((name) => ({ label: name, value: name })),
} as const satisfies Record<Inquiry['about'], Look>;

/** Names of runbooks and hosts while somebody types them, for those who may start a runbook. */
export function createSuggest({ unitOfWork }: Pick<Core, 'unitOfWork'>): Inbound['suggest'] {
  return ({ place, speaker, about, typed }) =>
    unitOfWork.within(place.workspace, async (transaction) => {
      const role = await transaction.people.roleOf(speaker, place.channel);
      if (!mayGive('run', { role, standing: speaker.standing })) return [];
      return looks[about](transaction, typed.trim());
    });
}
