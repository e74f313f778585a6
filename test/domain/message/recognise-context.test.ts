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

  it.each<[string, object]>([
    ['ubuntu 24.04 box swaps', { os: 'ubuntu' }],
    ['our Red Hat servers reboot', { os: 'rhel' }],
    ['an ubuntu linux box swaps', { os: 'ubuntu' }],
    ['debian and windows both fail', {}],
    ['Windows Server is slow', { os: 'windows' }],
    ['it fails in maintenance windows', {}],
    ['PRD is down', { environment: ['prod'] }],
    ['staging and dev fail', { environment: ['staging', 'dev'] }],
    ['errors in qa', { environment: ['qa'] }],
    ['errors on test since noon', { environment: ['test'] }],
    ['the test cluster is down', { environment: ['test'] }],
    ['the load test is slow, testing again', {}],
    ['/dev/sda1 is full, see /srv/prod/app.log', {}],
    ['api.prod.example.com is down', { environment: ['prod'] }],
  ])('knows systems and environments by themselves: %s', (text, expected) => {
    expect(recogniseContext(text, []).context).toEqual(expected);
  });

  it('finds a host by its address, but not by the one that every machine has', () => {
    const two = [
      { name: 'a', address: '10.0.3.21', context: {} },
      { name: 'b', address: '127.0.0.1', context: {} },
    ];
    expect(recogniseContext('10.0.3.21:9100 and 127.0.0.1:80 refuse', two).hosts).toEqual(['a']);
    expect(recogniseContext('110.0.3.21 refuses', two).hosts).toEqual([]);
  });
});

describe('labels of an alert', () => {
  const read = (labels: Record<string, string>, text = 'it fails') =>
    recogniseContext(text, hosts, [{ hostGroup: 'edge' }], labels);

  it.each<[Record<string, string>, object]>([
    [
      { app: 'billing', env: 'production', os: 'Linux' },
      { application: 'billing', environment: ['prod'], os: 'linux' },
    ],
    [{ component: 'api', application: 'shop' }, { application: 'shop' }],
    [{ job: 'checkout' }, { service: 'checkout' }],
    [{ service: 'pay', job: 'checkout' }, { service: 'pay' }],
    [{ job: 'nginx' }, { service: 'nginx', application: 'nginx' }],
    [{ job: 'node-exporter', service: 'kube-state-metrics' }, {}],
    [
      { host_group: 'web', stage: 'eu-live' },
      { hostGroup: 'web', environment: ['eu-live'] },
    ],
    [
      { role: 'edge', cluster: 'prod' },
      { hostGroup: 'edge', environment: ['prod'] },
    ],
    [{ role: 'unknown', cluster: 'k8s-7', platform: 'linux/amd64' }, { os: 'linux' }],
    [{ app: ' ', severity: 'page', alertname: 'X' }, {}],
    [{ constructor: 'x', __proto__: 'y' } as Record<string, string>, {}],
  ])('%j', (labels, expected) => {
    expect(read(labels).context).toEqual(expected);
  });

  it.each([{ instance: 'web-01:9100' }, { host: 'WEB-01' }, { node: 'web-01.example.com' }])(
    'find the host of %j and its labels',
    (labels) => {
      expect(read(labels)).toEqual({
        context: { os: 'linux', application: 'nginx', environment: ['prod'] },
        hosts: ['web-01'],
      });
    },
  );

  it('count less than the text and more than the host', () => {
    const labels = { instance: 'web-01', app: 'postgres', env: 'staging' };
    expect(read(labels, 'nginx fails').context).toMatchObject({
      application: 'nginx',
      environment: ['staging'],
    });
    expect(read(labels).context).toMatchObject({ application: 'postgres', os: 'linux' });
  });
});
