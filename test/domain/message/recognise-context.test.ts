import { describe, expect, it } from 'vitest';
import { recogniseContext } from '#domain/message/recognise-context.ts';

const hosts = [
  { name: 'demo-web-01', context: { os: 'linux', application: 'nginx', environment: ['demo'] } },
  { name: 'web-01', context: { os: 'linux', application: 'nginx', environment: ['prod'] } },
  {
    name: 'db-01',
    context: { os: 'linux', application: 'postgres', environment: ['prod'], hostGroup: 'core db' },
  },
  { name: 'win-7', context: { os: 'windows' } },
];
const recognise = (text: string) => recogniseContext(text, hosts);

describe('recogniseContext', () => {
  it('takes the labels of the host that the text names', () => {
    expect(recognise('disk is filling up on demo-web-01, nginx returns 500')).toEqual({
      context: { os: 'linux', application: 'nginx', environment: ['demo'] },
      hosts: ['demo-web-01'],
    });
  });

  it.each([
    ['DEMO-WEB-01 is down', ['demo-web-01']],
    ['web-01.example.com: refused', ['web-01']],
    ['web-01:443 refused', ['web-01']],
    ['demo-web-012 is down', []],
    ['my-demo-web-01-old is down', []],
    ['(db-01) and `web-01`.', ['web-01', 'db-01']],
  ])('finds whole host names only: %s', (text, expected) => {
    expect(recognise(text).hosts).toEqual(expected);
  });

  it('knows labels by name without a host', () => {
    expect(recognise('postgres is slow in production').context).toEqual({
      application: 'postgres',
      environment: ['prod'],
    });
    expect(recognise('the core db is slow').context).toEqual({ hostGroup: 'core db' });
  });

  it('believes the text more than the host', () => {
    expect(recognise('postgres on demo-web-01 is slow').context.application).toBe('postgres');
  });

  it('does not guess between two applications, but takes two environments', () => {
    expect(recognise('nginx cannot reach postgres on demo and prod').context).toEqual({
      environment: ['demo', 'prod'],
    });
    expect(recognise('web-01 cannot reach db-01').context).toEqual({
      os: 'linux',
      environment: ['prod'],
      hostGroup: 'core db',
    });
  });

  it('does not find labels inside words', () => {
    expect(recognise('the product demonstration is late').context).toEqual({});
  });

  it('knows the labels of solutions too', () => {
    expect(recogniseContext('redis is full', [], [{ application: 'redis' }]).context).toEqual({
      application: 'redis',
    });
  });
});
