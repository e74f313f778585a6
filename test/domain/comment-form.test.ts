import { expect, it } from 'vitest';
import { readSaid } from '#domain/wording/comment-form.ts';

it('masks what became a secret after the form was taken, within what a field holds', () => {
  const clean = (text: string) => text.replaceAll('pw', '[redacted]');
  const said = readSaid({ comment: 'a pw', missing: `${'x'.repeat(998)}pw`, stars: '5' }, clean);
  expect(said).toMatchObject({ text: 'a [redacted]', report: { stars: '5' } });
  expect(said.report.missing).toHaveLength(1000);
  expect(JSON.stringify(said)).not.toContain('pw');
});
