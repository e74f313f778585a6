import { type APIApplication, type REST, Routes } from 'discord.js';
import { Fault } from '#domain/fault.ts';
import { discordFault } from '../errors.ts';

/** What Discord says of the application that the token belongs to. Throws a Fault when that is another one than configured. */
export async function readApplication(rest: REST, applicationId: string): Promise<APIApplication> {
  const application = (await rest.get(Routes.currentApplication()).catch((error: unknown) => {
    throw discordFault(error);
  })) as APIApplication;
  if (application.id === applicationId) return application;
  throw new Fault(
    'configuration',
    'discord-other-application',
    `The token belongs to the application ${application.id}, and DISCORD_APPLICATION_ID is ${applicationId}.`,
    'Copy both from the same application at https://discord.com/developers/applications.',
  );
}
