import type { InputBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { readFormValues } from '#adapters/slack/render/read-form-values.ts';
import { renderForm } from '#adapters/slack/render/render-form.ts';
import { readAction } from '#domain/action.ts';
import type { Host } from '#domain/host.ts';
import type { FormField } from '#domain/reply.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { parameterForm as domainForm } from '#domain/wording/parameter-form.ts';
import { parameterForm } from '#test/fixtures/playground-replies.ts';
import { someHost } from '#test/support/rows.ts';
import { textsIn } from '#test/support/slack-blocks.ts';
import { viewFaults } from '#test/support/slack-limits.ts';
import { someRunbook } from '#test/support/solutions.ts';

const inputs = ({ blocks }: ModalView) =>
  blocks.flatMap((block) => (block.type === 'input' ? [block as InputBlock] : []));
const formWith = (...fields: FormField[]) => renderForm({ ...parameterForm, fields }, '');
const choice = (options: readonly string[]): FormField => ({
  kind: 'choice',
  name: 'host',
  label: 'Host',
  hint: '',
  initial: 'web-7',
  required: true,
  options,
});

describe('a form', () => {
  it('of a runbook looks like this, and Slack takes it', () => {
    const parameter = { description: 'Where logs are.', default: '/var/log' };
    const runbook = someRunbook('Disk full on a web host', {
      parameters: [
        { ...parameter, name: 'host', type: 'host', default: undefined },
        { ...parameter, name: 'log_path', type: 'path' },
      ] as Runbook['parameters'],
    });
    if (runbook.kind !== 'runbook') throw new Error('no runbook');
    const hosts = [{ ...someHost(), id: 'host' } as Host];
    const form = domainForm({ verb: 'parameters', id: 'r1' }, runbook.runbook, {
      hosts,
      mentioned: ['web-01'],
    });
    const view = renderForm(form, '{"channel":"C1"}');
    expect(viewFaults(view)).toEqual([]);
    expect(view).toMatchSnapshot();
  });

  it('carries its action and what belongs to it, and is keyed by field', () => {
    const view = renderForm(parameterForm, '{"channel":"C1"}');
    expect(readAction(view.callback_id ?? '')).toEqual(parameterForm.action);
    expect(view.private_metadata).toBe('{"channel":"C1"}');
    expect(view.title.text).toBe('Disk full on a web host');
    expect(inputs(view).map(({ block_id, optional }) => [block_id, optional])).toEqual([
      ['host', false],
      ['path', false],
      ['keep', true],
    ]);
    expect(inputs(view).map(({ element }) => element)).toMatchObject([
      { type: 'static_select', initial_option: { value: 'demo-web-01' } },
      { type: 'plain_text_input', initial_value: '/var/log' },
      { type: 'plain_text_input' },
    ]);
  });

  it('repeats a title that is too long for its place', () => {
    const title = 'Connections of the database are exhausted';
    const view = renderForm({ ...parameterForm, title }, '');
    expect(view.title.text).toBe('Connections of the data…');
    expect(textsIn(view.blocks[0])).toEqual([title]);
  });

  it('offers hundreds of hosts in groups', () => {
    const [host] = inputs(formWith(choice(Array.from({ length: 250 }, (_, index) => `web-${index}`))));
    expect(host?.element).toMatchObject({
      type: 'static_select',
      option_groups: [{}, {}, { label: { text: 'web-200 – web-249' } }],
      initial_option: { value: 'web-7' },
    });
  });

  it.each([[['x'.repeat(76)]], [['a & b']], [[]]])(
    'lets people type what a menu cannot hold: %j',
    (options) => {
      const [host] = inputs(formWith(choice(options)));
      expect(host?.element).toMatchObject({ type: 'plain_text_input', initial_value: 'web-7' });
    },
  );

  it('refuses more than Slack takes instead of leaving something out', () => {
    const fields = Array.from({ length: 99 }, (_, index) => ({ ...choice(['a']), name: `field_${index}` }));
    const tooLarge = expect.objectContaining({ kind: 'rejected', code: 'slack-form-too-large' });
    expect(() => renderForm(parameterForm, 'x'.repeat(3001))).toThrow(tooLarge);
    expect(() => formWith(...fields)).toThrow(tooLarge);
  });

  it('is read back by field name', () => {
    const values = readFormValues({
      values: {
        host: { value: { selected_option: { value: 'demo-db-01' } } },
        path: { value: { value: '/srv <a&b>' } },
        keep: { value: { value: null } },
      },
    });
    expect(values).toEqual({ host: 'demo-db-01', path: '/srv <a&b>', keep: '' });
  });
});
