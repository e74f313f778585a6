import type { APILabelComponent, APIModalInteractionResponseCallbackData } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { readFormValues } from '#adapters/discord/render/read-form-values.ts';
import { renderForm } from '#adapters/discord/render/render-form.ts';
import { readCorrection, renderInvalid } from '#adapters/discord/render/render-invalid.ts';
import { readAction } from '#domain/action.ts';
import type { Host } from '#domain/host.ts';
import type { Form, FormField } from '#domain/reply.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { caseForm, caseRoom } from '#domain/wording/case-form.ts';
import { fitForm, restoreForm } from '#domain/wording/fit-form.ts';
import { parameterForm as domainForm } from '#domain/wording/parameter-form.ts';
import { parameterForm } from '#test/fixtures/playground-replies.ts';
import { messageFaults, modalFaults } from '#test/support/discord-limits.ts';
import { buttonsIn, wordsIn } from '#test/support/discord-message.ts';
import { submit } from '#test/support/discord-submit.ts';
import { someHost } from '#test/support/rows.ts';
import { someRunbook } from '#test/support/solutions.ts';

const labels = ({ components }: APIModalInteractionResponseCallbackData) =>
  components.filter((part): part is APILabelComponent => part.type === 18);
const inputs = (modal: APIModalInteractionResponseCallbackData) =>
  labels(modal).map(({ component }) => component);
const text = (name: string, initial = '', lines: 'one' | 'many' = 'one'): FormField => ({
  ...{ name, label: name, hint: '', initial, required: false },
  kind: 'text',
  lines,
});
const choice = (options: readonly string[]): FormField => ({
  ...{ name: 'host', label: 'Host', hint: '', initial: 'web-7', required: true },
  kind: 'choice',
  options,
});
const formOf = (...fields: FormField[]): Form => ({ ...parameterForm, fields });
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => text(`field_${index}`, `value ${index}`));

const shown = { chosen: 'channel', options: ['channel', 'workspace'] } as const;

describe('a form', () => {
  it('of a runbook looks like this, and Discord takes it', () => {
    const parameter = { description: 'Where logs are.', default: '/var/log' };
    const runbook = someRunbook('Disk full on a web host', {
      parameters: [
        { ...parameter, name: 'host', type: 'host', default: undefined },
        { ...parameter, name: 'log_path', type: 'path' },
      ] as Runbook['parameters'],
    });
    if (runbook.kind !== 'runbook') throw new Error('no runbook');
    const hosts = [{ ...someHost(), id: 'host' } as Host];
    const knowledge = { hosts, mentioned: ['web-01'] };
    const modal = renderForm(domainForm({ verb: 'parameters', id: 'r1' }, runbook.runbook, knowledge));
    expect(modalFaults(modal)).toEqual([]);
    expect(modal).toMatchSnapshot();
  });

  it('carries its action, is keyed by field, and shows what was entered before', () => {
    const modal = renderForm(parameterForm, { path: '/srv' });
    expect(readAction(modal.custom_id)).toEqual(parameterForm.action);
    expect(modal.title).toBe('Disk full on a web host');
    expect(inputs(modal)).toMatchObject([
      { custom_id: 'host', type: 3, required: true },
      { custom_id: 'path', type: 4, value: '/srv', required: true },
      { custom_id: 'keep', type: 4, required: false },
    ]);
    expect(readFormValues(submit(modal))).toEqual({ host: 'demo-web-01', path: '/srv', keep: '' });
  });

  it('keeps a field empty whose name every object knows', () => {
    const form: Form = {
      ...parameterForm,
      fields: [
        {
          name: 'constructor',
          label: 'Who built it',
          hint: '',
          initial: '',
          required: false,
          kind: 'text',
          lines: 'one',
        },
      ],
    };
    expect(inputs(renderForm(form, {}))).toEqual([expect.not.objectContaining({ value: expect.anything() })]);
    expect(readFormValues(submit(renderForm(form)))).toEqual({ constructor: '' });
  });

  it('repeats a title that is too long for its place, and says what it is for', () => {
    const title = 'Connections of the *database* are exhausted on every host';
    const modal = renderForm({ ...formOf(text('a')), title, intro: 'Nothing runs yet.' });
    expect(modal.title).toBe('Connections of the *database* are exhausted …');
    expect(modal.components[0]).toEqual({
      type: 10,
      content: 'Connections of the \\*database\\* are exhausted on every host\nNothing runs yet.',
    });
  });

  it('offers up to 25 hosts as a menu, with the named one chosen', () => {
    const [host] = inputs(
      renderForm(formOf(choice(Array.from({ length: 25 }, (_, index) => `web-${index}`)))),
    );
    expect(host).toMatchObject({
      type: 3,
      options: expect.arrayContaining([{ value: 'web-7', label: 'web-7', default: true }]),
    });
  });

  it.each([
    ['26 of them', Array.from({ length: 26 }, (_, index) => `web-${index}`)],
    ['a long one', ['x'.repeat(101)]],
    ['one with hidden characters', ['a\u{202E}b']],
    ['one with space at its end', ['a ']],
    ['none', []],
  ])('lets people type what a menu cannot hold: %s', (_name, options) => {
    const [host] = inputs(renderForm(formOf(choice(options))));
    expect(host).toMatchObject({ type: 4, value: 'web-7' });
  });

  it('gives no value that would come back cut', () => {
    const [input] = inputs(renderForm(formOf(text('a', 'x'.repeat(4001)))));
    expect(input).not.toHaveProperty('value');
  });

  it('is read back from inputs in rows as well', () => {
    const row = { type: 1, id: 1, components: [{ type: 4, id: 2, custom_id: 'a', value: 'x' }] } as const;
    expect(readFormValues({ components: [{ ...row, components: [...row.components] }] })).toEqual({ a: 'x' });
  });
});

describe('a form with more fields than a modal has inputs', () => {
  it('has the first four by themselves and the others in one input, a line each', () => {
    const modal = renderForm(formOf(...many(7)));
    expect(modalFaults(modal)).toEqual([]);
    expect(inputs(modal)).toHaveLength(5);
    expect(inputs(modal).at(-1)).toMatchObject({
      style: 2,
      value: 'field_4: value 4\nfield_5: value 5\nfield_6: value 6',
    });
    const values = Object.fromEntries(many(7).map(({ name, initial }) => [name, initial]));
    expect(readFormValues(submit(modal))).toEqual(values);
  });

  it('of a case looks like this: values of several lines come back, and its intro is not lost', () => {
    const steps = 'df -h\nvalidation: looks like a name\n  tags: set in';
    const draft = {
      title: 'T',
      symptoms: 'S',
      rootCause: 'R',
      resolution: 'F',
      steps,
      validation: 'V',
      tags: ['a', 'b'],
      appliesTo: { os: 'linux', environment: ['prod', 'staging'] },
      tookMinutes: 42,
      people: ['Rae', 'Ada'],
      owner: '@sre',
    };
    const modal = renderForm(caseForm('1700', draft, shown));
    expect(modalFaults(modal)).toEqual([]);
    expect(modal).toMatchSnapshot();
    expect(readFormValues(submit(modal))).toMatchObject({
      resolution: 'F',
      steps,
      validation: 'V',
      tags: 'a, b',
      applies_to: 'os=linux, environment=prod|staging',
      took: '42',
      people: 'Rae, Ada',
    });
  });

  it('of a case with long texts holds all of them, and what is left untouched comes back whole', () => {
    const lines = (label: string) => Array.from({ length: 400 }, (_, at) => `${label} ${at}`).join('\n');
    const draft = {
      ...{
        title: 'T',
        symptoms: lines('seen'),
        rootCause: '',
        resolution: lines('did'),
        steps: lines('$ run'),
      },
      ...{ validation: lines('saw'), tags: ['a'.repeat(400)], appliesTo: { os: 'linux' }, tookMinutes: 1 },
      ...{ people: ['Rae'], owner: '@sre' },
    };
    const form = caseForm('1700', draft, shown);
    const values = readFormValues(submit(renderForm(fitForm(form, caseRoom))));
    const whole = Object.fromEntries(form.fields.map(({ name, initial }) => [name, initial]));
    expect(restoreForm(values, form, caseRoom)).toEqual({ values: whole, stale: [] });
    const changed = { ...values, steps: `$ first\n${values.steps}`, tags: 'b', people: '' };
    expect(restoreForm(changed, form, caseRoom).values).toEqual({
      ...whole,
      ...{ steps: `$ first\n${whole.steps}`, tags: 'b', people: '' },
    });
    const other = caseForm('1700', { ...draft, steps: `${draft.steps}\nmore` }, shown);
    expect(restoreForm(values, other, caseRoom).stale).toEqual(['steps']);
  });

  it('takes what people make of the shared input', () => {
    const modal = renderForm(formOf(...many(7)));
    const id = inputs(modal).at(-1)?.custom_id ?? '';
    const read = (value: string) => readFormValues(submit(modal, { [id]: value }));
    expect(read('field_6:six\nfield_4: one\ntwo\n')).toMatchObject({ field_6: 'six', field_4: 'one\ntwo\n' });
    expect(read('field_6: x')).not.toHaveProperty('field_5');
    const lost = read('names are gone\nfield_4: x');
    expect(lost).toMatchObject({ field_4: 'x', '?': 'names are gone' });
    expect(inputs(renderForm(formOf(...many(7)), lost)).at(-1)).toMatchObject({
      value: expect.stringMatching(/^names are gone\nfield_4: x\n/),
    });
  });

  it('leaves out of the shared input a value that has no room there', () => {
    const long = text('field_9', 'x'.repeat(4000), 'many');
    const modal = renderForm(formOf(...many(5), long, text('field_10', 'kept')));
    expect(modalFaults(modal)).toEqual([]);
    expect(inputs(modal).at(-1)).toMatchObject({ value: 'field_4: value 4\nfield_9: \nfield_10: kept' });
  });

  it('refuses more than Discord takes instead of leaving something out', () => {
    expect(() => renderForm(formOf(...many(40)))).toThrow(
      expect.objectContaining({ kind: 'rejected', code: 'discord-form-too-large' }),
    );
  });
});

describe('a form that was not taken', () => {
  const action = { verb: 'parameters', id: 'r1' } as const;
  const entered = { host: 'no-such-host', note: 'two\nlines, `code` and \u{202E}turned "quotes" \uD800' };

  it('says why to one person, and gives back what was entered', () => {
    const message = renderInvalid(action, { host: 'There is no such host.' }, entered);
    expect(messageFaults(message)).toEqual([]);
    expect(message).toMatchSnapshot();
    expect(wordsIn(message)).toContain('host: There is no such host.');
    const [correct] = buttonsIn(message);
    expect(correct).toMatchObject({ custom_id: 'again:parameters:r1', label: 'Correct' });
    expect(readCorrection(correct?.custom_id ?? '', message)).toEqual({ action, entered });
  });

  it('names what was too long to be kept, and keeps the rest', () => {
    const message = renderInvalid(action, { a: 'No.' }, { ...entered, long: 'x'.repeat(4050) });
    expect(messageFaults(message)).toEqual([]);
    expect(wordsIn(message)).toContain('has to be given again: long.');
    expect(readCorrection('again:parameters:r1', message)?.entered).toEqual(entered);
  });

  it('is read from no other button and from no other embed', () => {
    const message = { embeds: [{ title: 'What you entered', description: 'x\nno json\n["a"]\nx' }] };
    expect(readCorrection('parameters:r1', message)).toBeUndefined();
    expect(readCorrection('again:nonsense:r1', message)).toBeUndefined();
    expect(readCorrection('again:parameters:r1', message)).toEqual({ action, entered: {} });
  });
});
