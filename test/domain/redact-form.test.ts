import { expect, it } from 'vitest';
import { createRedactor } from '#domain/redaction/redact.ts';
import { redactForm } from '#domain/redaction/redact-form.ts';
import type { Form } from '#domain/reply.ts';

const secret = ['open', 'sesame', '4711'].join('-');
const redact = createRedactor([secret]);

const text = { name: 'host', label: 'Host', hint: 'Where.', initial: 'web-01', required: true } as const;
const form: Form = {
  action: { verb: 'parameters', id: 'r' },
  title: 'Use',
  intro: 'Say where.',
  fields: [
    { ...text, kind: 'text', lines: 'one' },
    { ...text, kind: 'choice', options: ['web-01', 'web-02'] },
  ],
  submitLabel: 'Go',
};

it('a form without a secret stays as it is', () => {
  expect(redactForm(form, redact)).toEqual(form);
});

it('no secret is left in a form, and no mask is filled in as a value', () => {
  const planted = JSON.parse(
    JSON.stringify(form, (key, value) =>
      typeof value === 'string' && !['verb', 'id', 'kind', 'lines', 'name'].includes(key)
        ? `${value} ${secret}`
        : value,
    ),
  ) as Form;
  const clean = redactForm(planted, redact);
  expect(JSON.stringify(clean)).not.toContain(secret);
  expect(clean).toMatchObject({
    title: 'Use [redacted]',
    intro: 'Say where. [redacted]',
    action: form.action,
  });
  expect(clean.fields[0]).toMatchObject({ name: 'host', label: 'Host [redacted]', initial: '' });
  expect(clean.fields[1]).toMatchObject({ initial: '', options: ['web-01 [redacted]', 'web-02 [redacted]'] });
});
