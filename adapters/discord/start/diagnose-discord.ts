import { type APIApplication, type APIUser, type REST, Routes } from 'discord.js';
import type { Listening } from '#domain/hearing/listening.ts';
import { hasContentIntent, hasMembersIntent } from '../intents.ts';
import { checkGuild } from './check-guild.ts';
import { type DiscordFinding, failed, ok, warning } from './finding.ts';
import { inviteLink } from './invite-link.ts';
import type { DiscordSettings } from './options.ts';
import { readApplication } from './read-application.ts';
import { areRegistered } from './register-commands.ts';
import { createPromptRest } from './rest-clients.ts';

export interface DiagnosisOptions {
  readonly settings: DiscordSettings;
  /** The guilds that the operator lets in. */
  readonly admitted: readonly string[];
  readonly listening: Listening;
}

/** Tries what a connection needs, without making one, and changes nothing. */
export async function diagnoseDiscord(options: DiagnosisOptions): Promise<readonly DiscordFinding[]> {
  const { settings } = options;
  const rest = createPromptRest(settings);
  try {
    const application = await readApplication(rest, settings.applicationId);
    const self = (await rest.get(Routes.user())) as APIUser;
    return [
      ok('discord token', `works, as @${self.username}`),
      ...checkSettings(application),
      await checkCommands(rest, settings),
      ...(await checkGuilds(options, rest, self.id)),
    ];
  } catch (error) {
    return [failed('discord token', error)];
  }
}

function checkSettings({ id, flags, interactions_endpoint_url: endpoint }: APIApplication) {
  const page = `https://discord.com/developers/applications/${id}`;
  return [
    hasContentIntent(flags ?? 0)
      ? ok('discord intents', `Message Content is on; ${describeMembers(flags ?? 0)}`)
      : warning(
          'discord intents',
          'Message Content is off, so Discord refuses the connection',
          `Turn on Message Content Intent: ${page}/bot`,
        ),
    ...(endpoint
      ? [
          warning(
            'discord interactions',
            `an Interactions Endpoint URL is set (${endpoint}): clicks, forms and commands go there instead of to the bot`,
            `Empty it: ${page}/information`,
          ),
        ]
      : []),
  ];
}

const describeMembers = (flags: number): string =>
  hasMembersIntent(flags)
    ? 'Server Members is on'
    : 'Server Members is off: that somebody left or lost a role counts from the next thing they do';

async function checkCommands(rest: REST, settings: DiscordSettings): Promise<DiscordFinding> {
  const name = 'discord commands';
  try {
    if (await areRegistered(rest, settings)) return ok(name, 'are registered');
    return warning(
      name,
      'are not registered, or are those of another version',
      'Start the bot: it does that.',
    );
  } catch (error) {
    return failed(name, error);
  }
}

async function checkGuilds(
  { settings, admitted, listening }: DiagnosisOptions,
  rest: REST,
  self: string,
): Promise<readonly DiscordFinding[]> {
  const invite = inviteLink(settings.applicationId);
  const findings = [ok('discord invitation', `the link to let the bot into a guild: ${invite}`)];
  for (const guild of admitted) findings.push(await checkGuild({ rest, self, listening, invite }, guild));
  return findings;
}
