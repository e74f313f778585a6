import { describe, expect, it } from 'vitest';
import { splitWords } from '#domain/text/split-words.ts';
import { fc } from '#test/support/properties.ts';

describe('splitWords', () => {
  it.each([
    ['KubePodCrashLooping', ['kube', 'pod', 'crash', 'looping'], 'kubepodcrashlooping'],
    ['OOMKilled', ['oom', 'killed'], 'oomkilled'],
    ['KubeAPIErrorBudgetBurn', ['kube', 'api', 'error', 'budget', 'burn'], 'kubeapierrorbudgetburn'],
    ['Ingress5xxErrors', ['ingress', '5xx', 'errors'], 'ingress5xxerrors'],
    ['etcdNoLeader', ['etcd', 'no', 'leader'], 'etcdnoleader'],
    ['PostgreSQL', ['postgre', 'sql'], 'postgresql'],
    ['snake_case_name', ['snake', 'case', 'name'], 'snake_case_name'],
    ['out-of-memory', ['out', 'of', 'memory'], null],
    ['pingdom.yml', ['pingdom', 'yml'], 'pingdom.yml'],
    ['k8s', ['k8s'], null],
    ['x509', ['x509'], null],
    ['502', ['502'], null],
    ['ENOSPC', ['enospc'], null],
    ['VMs', ['vms'], null],
    ['Größe', ['größe'], null],
  ])('%s', (text, parts, whole) => {
    const [word, ...rest] = splitWords(text);
    expect(rest).toEqual([]);
    expect(word).toMatchObject({ parts, whole, kind: 'plain' });
  });

  it.each([
    'demo-web-01',
    '10.0.3.21',
    '10.0.3.21:9100',
    '64.22%',
    '100%',
    '15m',
    '2.3.1',
    'node-7.prod.example.com',
    'web-12-sv-prod',
    'db-03-primary.c.shop.internal',
    'checkout-api-7d9f8b6c5-x2k4q',
    'pvc-8c1f2d',
    '8f14e45f-ceea-467f-a0e6-1fbb2c0d4b3e',
    'deadbeef01',
    'us-east-1',
  ])('%s says where or how much, not what', (text) => {
    expect(splitWords(text).map((word) => word.kind)).toEqual(['instance']);
  });

  it('parts what a slash joins, for one half may say what and the other where', () => {
    expect(splitWords('node-exporter/10.0.12.7:9100 /var/log').map(({ text, kind }) => [text, kind])).toEqual(
      [
        ['node-exporter', 'plain'],
        ['10.0.12.7:9100', 'instance'],
        ['var', 'plain'],
        ['log', 'plain'],
      ],
    );
  });

  it('keeps each word as it was written', () => {
    expect(splitWords('Disk full: HostOutOfDiskSpace!').map((word) => word.text)).toEqual([
      'Disk',
      'full',
      'HostOutOfDiskSpace',
    ]);
  });

  it('takes any text, and its parts are lower case and at least two characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const part of splitWords(text).flatMap((word) => word.parts)) {
          expect(part).toBe(part.toLowerCase());
          expect(part.length).toBeGreaterThan(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('reads 40,000 characters without a break', () => {
    expect(splitWords('aA1.'.repeat(10_000)).length).toBe(1);
    expect(splitWords(`${'a'.repeat(40_000)} disk`).flatMap((word) => word.parts)).toEqual(['disk']);
  });
});
