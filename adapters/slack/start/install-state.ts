import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Installations, SharedAppSettings } from './options.ts';

const minutes = 10;
const cookie = 'recourse-install';

export interface InstallState {
  /** A new word that only this browser may come back with. */
  issue(c: Context): Promise<string>;
  /** True once, within ten minutes, for the browser that the word was issued to. */
  redeem(c: Context, word: string): Promise<boolean>;
}

/**
 * Ties the way back from Slack to the browser that began it: nobody can make another one finish an installation that
 * they began. The word is random and lies in a signed cookie, so that any replica can check it; the database remembers
 * the used ones.
 */
export function createInstallState(
  { clientSecret, publicUrl }: SharedAppSettings,
  claim: Installations['claim'],
): InstallState {
  const key = createHmac('sha256', clientSecret).update('state of an installation').digest('base64url');
  const isSecure = publicUrl.startsWith('https:');
  // A prefixed cookie can be set by no other host; browsers take it over TLS alone.
  const prefix = isSecure ? { prefix: 'host' as const } : {};
  const options = { ...prefix, path: '/', secure: isSecure, httpOnly: true, sameSite: 'Lax' } as const;
  return {
    issue: async (c) => {
      const word = randomBytes(32).toString('base64url');
      const value = `${word}.${Date.now() + minutes * 60_000}`;
      await setSignedCookie(c, cookie, value, key, { ...options, maxAge: minutes * 60 });
      return word;
    },
    redeem: async (c, word) => {
      const value = await getSignedCookie(c, key, cookie, isSecure ? 'host' : undefined);
      deleteCookie(c, cookie, options);
      const [own = '', until = ''] = (value || '').split('.');
      if (!isSame(own, word) || Number(until) < Date.now()) return false;
      return claim(word, minutes * 60_000);
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
