import { isDeepStrictEqual } from 'node:util';
import { type REST, type RESTGetAPIApplicationCommandsResult, Routes } from 'discord.js';
import { defineCommands } from '../commands.ts';
import type { DiscordSettings } from './options.ts';

type Settings = Pick<DiscordSettings, 'applicationId' | 'directMessages'>;

/** What of a command decides how it works; Discord adds ids, versions and translations. */
const told: readonly string[] = [
  'type',
  'name',
  'description',
  'default_member_permissions',
  'contexts',
  'integration_types',
  'options',
  'required',
  'autocomplete',
  'choices',
  'value',
  'channel_types',
  'max_length',
];

/** Makes the commands at Discord those of this program; writes nothing when they are. Returns whether it did. */
export async function registerCommands(rest: REST, settings: Settings): Promise<boolean> {
  if (await areRegistered(rest, settings)) return false;
  await rest.put(Routes.applicationCommands(settings.applicationId), { body: wanted(settings) });
  return true;
}

export async function areRegistered(rest: REST, settings: Settings): Promise<boolean> {
  const route = Routes.applicationCommands(settings.applicationId);
  const there = (await rest.get(route)) as RESTGetAPIApplicationCommandsResult;
  return isDeepStrictEqual(byName(there), byName(wanted(settings)));
}

const wanted = ({ directMessages }: Settings) => defineCommands({ directMessages: directMessages !== null });

/** The same form for what we send and what Discord sends back, which leaves out or spells out defaults. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.every(isKind) ? value.toSorted(ascending) : value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, one]) => told.includes(key) && !isDefault(one));
  return Object.fromEntries(entries.map(([key, one]) => [key, essence(one)]));
}

/** Lists of kinds are sets. */
const isKind = (value: unknown): value is number => typeof value === 'number';
const ascending = (one: number, other: number): number => one - other;

const isDefault = (value: unknown): boolean =>
  value === undefined || value === null || value === false || value === '' || isDeepStrictEqual(value, []);

/** Their order says nothing; names are unique within a type. */
function byName(commands: readonly { readonly type?: unknown; readonly name: string }[]): unknown {
  return Object.fromEntries(commands.map((one) => [`${one.type} ${one.name}`, essence(one)]));
}
