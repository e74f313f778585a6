import { type DailySpan, readDailySpan } from '../daily-span.ts';
import { type ChannelMode, channelModes } from './channel-mode.ts';

/** What somebody asked for with `mode …`. An absent member stays as it is; null goes back to the default. */
export type ModeRequest =
  | { readonly kind: 'show' }
  | { readonly kind: 'set'; readonly mode?: ChannelMode | null; readonly quiet?: DailySpan | null }
  | { readonly kind: 'wrong'; readonly why: string };

/** The right form of the request, for whoever missed it. */
export const modeForm = `mode [${channelModes.join('|')}|default] [quiet 22:00-07:00 Europe/Berlin|quiet off]`;

/** Reads `suggest`, `quiet 22:00-07:00 Europe/Berlin`, `mention quiet off`, `default`; nothing shows. */
export function readModeRequest(text: string): ModeRequest {
  const [, first = '', quiet] = /^\s*(?:(?!quiet\b)(\S+))?\s*(?:quiet\b(.*))?$/isu.exec(text) ?? ['', text];
  if (first === '' && quiet === undefined) return { kind: 'show' };
  const mode = first === '' ? {} : readMode(first.toLowerCase());
  const hours = quiet === undefined ? {} : readQuiet(quiet.trim());
  if (mode === undefined || hours === undefined) return { kind: 'wrong', why: `Write it as: ${modeForm}` };
  return { kind: 'set', ...mode, ...hours };
}

function readMode(word: string): { readonly mode: ChannelMode | null } | undefined {
  if (word === 'default') return { mode: null };
  const mode = channelModes.find((known) => known === word);
  return mode && { mode };
}

function readQuiet(text: string): { readonly quiet: DailySpan | null } | undefined {
  if (text.toLowerCase() === 'off') return { quiet: null };
  const quiet = readDailySpan(text);
  return quiet && { quiet };
}
