import type { Alert } from '../alert/alert.ts';
import type { Line } from '../reply.ts';
import { formatTime, oneLine } from './format.ts';

const longestName = 60;
const longestComment = 120;

/** Whether nobody is told of it where it comes from. */
export const isSilenced = ({ state, silence }: Alert): boolean =>
  state === 'acknowledged' && silence !== undefined;

/** What a card of alerts tells of the first silence of those that are told one by one. */
export function silenceField(
  alerts: readonly Alert[],
): readonly { readonly name: string; readonly value: Line }[] {
  const silenced = alerts.filter(isSilenced);
  const [{ silence, source } = {}] = silenced;
  if (!silence) return [];
  const isAll = silenced.length === alerts.filter(({ state }) => state !== 'resolved').length;
  const by = oneLine(silence.by, longestName) || 'somebody';
  const why = silence.comment === '' ? '' : `: ${oneLine(silence.comment, longestComment)}`;
  const value = `in ${source} until ${formatTime(silence.until)}, by ${by}${isAll ? '' : ', not all of them'}${why}`;
  return [{ name: 'Silenced', value: [value] }];
}
