import { describe, expect, it } from 'vitest';
import { readPlace, writePlace } from '#domain/wording/place-text.ts';

describe('where a case applies, as a line', () => {
  it('comes back as it was', () => {
    const context = { os: 'linux', environment: ['prod', 'staging'], hostGroup: 'web' };
    expect(writePlace(context)).toBe('os=linux, environment=prod|staging, host_group=web');
    expect(readPlace(writePlace(context))).toEqual({ kind: 'read', context });
    expect(readPlace(' ')).toEqual({ kind: 'read', context: {} });
    expect(readPlace('Host Group: web,OS = linux')).toEqual({
      kind: 'read',
      context: { os: 'linux', hostGroup: 'web' },
    });
  });

  it.each(['linux', 'system=linux', 'os='])('says what is wrong with %s', (text) => {
    expect(readPlace(text)).toMatchObject({ kind: 'wrong', why: expect.stringContaining(text) });
  });
});
