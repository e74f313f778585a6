import { expect, it } from 'vitest';
import { linkedSlug } from '#domain/alert/linked-slug.ts';

const slugs = ['disk-full', 'target-down', 'nginx-5xx'];

it.each([
  ['https://runbooks.example.com/runbooks/kubernetes/TargetDown', 'target-down'],
  ['https://github.com/acme/ops/blob/main/runbooks/disk_full.md', 'disk-full'],
  ['https://wiki.example.com/ops/Nginx%205xx/', 'nginx-5xx'],
  ['https://wiki.example.com/ops/alerts.html#disk-full', 'disk-full'],
  ['https://wiki.example.com/ops/alerts#', undefined],
  ['https://wiki.example.com/', undefined],
  ['https://wiki.example.com/disk-full-2', undefined],
  ['https://wiki.example.com/%E0%A4%A', undefined],
  ['see the wiki', undefined],
])('%s is %s', (url, slug) => {
  expect(linkedSlug(url, slugs)).toBe(slug);
});
