import { mayGive } from '#domain/command.ts';
import { maySee } from '#domain/policy/may-see.ts';
import type { Inbound, Inquiry, Suggestion } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** As many as every platform shows. */
const most = 25;

type Look = (
  transaction: Transaction,
  typed: string,
  sees: (slug: string) => boolean,
) => Promise<readonly Suggestion[]>;

const looks = {
  runbook: async ({ overview }, typed, sees) =>
    (await overview.runbooksNamed(typed, most)).flatMap(({ title, slug }) =>
      sees(slug) ? { label: title, value: slug } : [],
    ),
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
      return looks[about](transaction, typed.trim(), (slug) => maySee(policy, role, { channel, slug }));
    });
}
