import { OAuth2Routes, OAuth2Scopes } from 'discord.js';
import { permissionBits } from '../permissions.ts';

/** Where somebody who manages a guild lets the bot in, with no more permissions than it needs. */
export function inviteLink(applicationId: string): string {
  const link = new URL(OAuth2Routes.authorizationURL);
  link.searchParams.set('client_id', applicationId);
  link.searchParams.set('scope', [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '));
  link.searchParams.set('permissions', String(permissionBits));
  return link.href;
}
