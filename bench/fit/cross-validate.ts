import type { SearchSettings } from '#adapters/postgres/search/search-settings.ts';
import { understandMessage } from '#domain/message/understand-message.ts';
import type { Asked } from '../measure-retrieval.ts';
import { fitSettings, judge, type Labelled, type Without } from './labelled.ts';

/** What was asked, with the text for people. */
export interface AskedText extends Asked {
  readonly text: string;
}

const folds = 5;

/** Each question as answered by settings that were fitted on questions with no right document in common. */
export function crossValidate(
  labelled: readonly Labelled[],
  settings: SearchSettings,
  without: Without = null,
): readonly AskedText[] {
  const order = [...new Set(labelled.map(({ group }) => group))].sort();
  const foldOf = ({ group }: Labelled): number => order.indexOf(group) % folds;
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const fitted = fitSettings(
      labelled.filter((one) => foldOf(one) !== fold),
      settings,
      without,
    );
    return labelled.flatMap((one) => (foldOf(one) === fold ? [toAsked(one, fitted)] : []));
  });
}

export function toAsked(one: Labelled, settings: SearchSettings): AskedText {
  const found = judge(one, settings).map(({ candidate, similarity }) => ({
    id: one.isRight(candidate.id) ? 'right' : 'wrong',
    similarity,
  }));
  const { query: text, kind } = one.query;
  const smallTalk = understandMessage(text).kind === 'small-talk';
  return { text, query: { kind, relevant: ['right'] }, found, smallTalk, ms: 0 };
}
