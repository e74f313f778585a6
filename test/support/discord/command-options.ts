import { channels } from './guild.ts';
import { isJson, type Json } from './world.ts';

/** Types of options (discord.com/developers/docs/interactions/application-commands). */
const subcommand = 1;
const group = 2;
const integerOption = 4;
const userOption = 6;
const channelOption = 7;
const roleOption = 8;

/**
 * The options of a slash command as Discord's client would send them: `path` names the subcommand (and group), `values`
 * are what the person fills in. Refuses what the client would not let them send.
 */
export function commandOptions(
  command: Json,
  path: readonly string[],
  values: Readonly<Record<string, string>>,
  focused?: string,
): readonly Json[] {
  const [name, ...rest] = path;
  const options = listOf(command.options);
  if (name === undefined) return leaves(options, values, focused);
  const found = options.find((option) => option.name === name && isBranch(option));
  if (!found) throw new Error(`/${command.name} has no ${name}`);
  return [{ type: found.type, name, options: commandOptions(found, rest, values, focused) }];
}

const isBranch = ({ type }: Json): boolean => type === subcommand || type === group;

function leaves(
  options: readonly Json[],
  values: Readonly<Record<string, string>>,
  focused: string | undefined,
): readonly Json[] {
  const unknown = Object.keys(values).filter((name) => !options.some((option) => option.name === name));
  if (unknown.length > 0) throw new Error(`no such option: ${unknown.join(', ')}`);
  return options.flatMap((option) => {
    const name = String(option.name);
    const value = values[name];
    if (value === undefined) {
      if (option.required === true && focused === undefined) throw new Error(`${name} has to be filled in`);
      return [];
    }
    if (focused === undefined) refuseWrong(option, value);
    return [
      {
        type: option.type,
        name,
        value: sentValue(option, value),
        ...(name === focused ? { focused: true } : {}),
      },
    ];
  });
}

const sentValue = ({ type }: Json, value: string): string | number =>
  type === integerOption ? Number(value) : value;

function refuseWrong({ name, type, choices, max_length, min_value, max_value }: Json, value: string): void {
  if (type === integerOption && !isIntegerWithin(value, min_value, max_value))
    throw new Error(`${name} cannot be ${value}`);
  const allowed = listOf(choices);
  if (allowed.length > 0 && !allowed.some((choice) => choice.value === value))
    throw new Error(`${name} cannot be ${value}`);
  if (typeof max_length === 'number' && value.length > max_length) throw new Error(`${name} is too long`);
}

function isIntegerWithin(value: string, least: unknown, most: unknown): boolean {
  const isLarge = typeof least !== 'number' || Number(value) >= least;
  const isSmall = typeof most !== 'number' || Number(value) <= most;
  return /^-?\d+$/.test(value) && isLarge && isSmall;
}

/** People, channels and roles that options name, as Discord sends them along. */
export function resolvedOf(options: readonly Json[]): Json {
  const all = options.flatMap(flat);
  const ids = (type: number) =>
    all.filter((option) => option.type === type).map(({ value }) => String(value));
  return {
    users: Object.fromEntries(ids(userOption).map((id) => [id, { id, username: id, discriminator: '0' }])),
    members: Object.fromEntries(ids(userOption).map((id) => [id, { roles: [], permissions: '0' }])),
    channels: Object.fromEntries(
      ids(channelOption).map((id) => [id, { id, name: nameOf(id), type: 0, permissions: '0' }]),
    ),
    roles: Object.fromEntries(ids(roleOption).map((id) => [id, { id, name: id, permissions: '0' }])),
  };
}

/** The SDK believes what comes along. */
const nameOf = (id: string): string =>
  Object.entries(channels).find(([, channel]) => channel === id)?.[0] ?? id;

const flat = (option: Json): readonly Json[] => [option, ...listOf(option.options).flatMap(flat)];
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
