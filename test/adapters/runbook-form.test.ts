import type { InputBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { readFormValues as readDiscord } from '#adapters/discord/render/read-form-values.ts';
import { renderForm as renderDiscord } from '#adapters/discord/render/render-form.ts';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { renderForm as renderSlack } from '#adapters/slack/render/render-form.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { readRunbookForm } from '#application/read-runbook-form.ts';
import type { VersionId } from '#domain/ids.ts';
import type { Form, FormValues } from '#domain/reply.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { partsOf, runbookParts } from '#domain/runbook-form/runbook-parts.ts';
import { cutLines, restoreLines } from '#domain/shortening/cut-lines.ts';
import { runbookForm } from '#domain/wording/runbook-form.ts';
import { arbitraryRunbook } from '#test/support/arbitrary-runbook.ts';
import { modalFaults } from '#test/support/discord-limits.ts';
import { submit } from '#test/support/discord-submit.ts';
import { fc } from '#test/support/properties.ts';
import { viewFaults } from '#test/support/slack-limits.ts';
import { someRunbook } from '#test/support/solutions.ts';

const runbookParser = createRunbookParser(matchWhole);
const approval = { 'read-only': 1, mutating: 1, destructive: 0 };
const formOf = (runbook: Runbook): Form =>
  runbookForm('018f0000-0000-7000-8000-000000000000' as VersionId, partsOf(runbook), {
    approval,
    waits: false,
    shownTo: null,
  });
const read = (runbook: Runbook, values: FormValues) =>
  readRunbookForm({ runbookParser }, values, { runbook, texts: partsOf(runbook) });

/** What comes back of a form that is handed in as it was opened. */
const chats = {
  playground: ({ fields }: Form) => Object.fromEntries(fields.map(({ name, initial }) => [name, initial])),
  slack: (form: Form) => {
    const view = renderSlack(form, '');
    expect(viewFaults(view)).toEqual([]);
    const inputs = view.blocks.flatMap((block) => (block.type === 'input' ? [block as InputBlock] : []));
    return Object.fromEntries(
      inputs.map(({ block_id, element }) => [
        block_id,
        'initial_value' in element ? element.initial_value : '',
      ]),
    );
  },
  discord: (form: Form) => {
    const modal = renderDiscord(form);
    expect(modalFaults(modal)).toEqual([]);
    return readDiscord(submit(modal));
  },
} as const satisfies Record<string, (form: Form) => FormValues>;

const some = (changes: Partial<Runbook>): Runbook => {
  const made = someRunbook('Relay stuck', changes);
  if (made.kind !== 'runbook') throw new Error('no runbook');
  return made.runbook;
};
const step = (command: string, number: number): Runbook['steps'][number] => ({
  ...{ id: `fix-${number}`, kind: 'remediation', title: `Part ${number}.`, notes: '', command },
  ...{ timeoutMs: 60_000, exitCodes: [0], hostParameter: 'host' },
});

describe.each(Object.keys(chats) as (keyof typeof chats)[])('the form of a runbook on %s', (chat) => {
  it('gives back what it was filled with', () => {
    fc.assert(
      fc.property(arbitraryRunbook, (runbook) => {
        expect(read(runbook, chats[chat](formOf(runbook)))).toMatchObject({ kind: 'read', runbook });
      }),
    );
  });

  it('loses nothing of what it has no room for', () => {
    const runbook = some({
      steps: Array.from({ length: 60 }, (_, number) => step(`echo ${'x'.repeat(50)} ${number}`, number)),
      lead: Array.from({ length: 200 }, (_, number) => `Symptom ${number} was seen.`).join('\n\n'),
      notes: 'x'.repeat(9_000),
      tags: Array.from({ length: 100 }, (_, number) => `tag-${number}`),
    });
    const values = chats[chat](formOf(runbook));
    expect(values.steps).toMatch(/more characters, which stay as they are/);
    const { steps, lead, notes, tags } = runbook;
    expect(read(runbook, values)).toMatchObject({ kind: 'read', runbook: { steps, lead, notes, tags } });
  });
});

describe('a form that somebody changed', () => {
  const runbook = some({ steps: [step('systemctl restart relay', 1)] });
  const values = (changes: FormValues): FormValues => ({ ...chats.playground(formOf(runbook)), ...changes });

  it('says what is wrong beside its field, with the line', () => {
    expect(read(runbook, values({ title: ' ', steps: 'no step', applies_to: 'somewhere' }))).toMatchObject({
      errors: {
        title: expect.stringContaining('in a few words'),
        steps: expect.stringContaining('at least one step'),
        applies_to: expect.stringContaining('name=value'),
      },
    });
    const steps = '## Fix\n\nDo it.\n\n```sh {"id":"a","timeout":"soon"}\ntrue\n```';
    const parameters = 'host: { type: host }\nsize: { type: giant }\n---\ntitle: x';
    expect(read(runbook, values({ steps, parameters }))).toMatchObject({
      errors: { parameters: expect.stringMatching(/^Line [234]: /) },
    });
    expect(read(runbook, values({ steps }))).toMatchObject({
      errors: { steps: expect.stringMatching(/^Line 5: /) },
    });
    expect(read(runbook, values({ steps: '## Fix\n\nDo it.\n\n```sh\nls {{other}}\n```' }))).toMatchObject({
      errors: { steps: expect.stringContaining('other') },
    });
  });

  it('keeps prose that belongs to no step, and headings of their own', () => {
    const steps =
      '## Diagnosis\n\nLook.\n\n```sh\nuptime\n```\n\nAsk the network team.\n\n## Who to call\n\nSam.';
    expect(read(runbook, values({ steps, notes: 'Old.' }))).toMatchObject({
      runbook: {
        steps: [{ kind: 'diagnostic', command: 'uptime' }],
        notes: 'Ask the network team.\n\nSam.\n\nWho to call\n\nOld.',
      },
    });
  });

  it('is refused where it was about another draft, and may leave the rest out', () => {
    const long = some({
      steps: Array.from({ length: 90 }, (_, number) => step(`echo ${'x'.repeat(40)}`, number)),
    });
    const before = chats.playground(formOf(long));
    const changed = some({ steps: long.steps.slice(1) });
    expect(read(changed, before)).toMatchObject({
      errors: { steps: expect.stringContaining('has changed') },
    });
    const steps = before.steps?.replace(/\[….*\]$/mu, '').replace(/```sh[^`]*$/, '') ?? '';
    const cut = read(long, { ...before, steps });
    expect(cut.kind === 'read' && cut.runbook.steps.length).toBeLessThan(60);
  });
});

it('the rest of a text stands behind the lines that were changed', () => {
  const { longest } = runbookParts.steps;
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 80 }), { maxLength: 120 }), fc.string(), (lines, more) => {
      const text = lines.join('\n');
      const cut = cutLines(text, longest);
      expect(cut.length).toBeLessThanOrEqual(longest);
      expect(restoreLines(cut, text, longest)).toBe(text);
      if (cut !== text) expect(restoreLines(`${more}\n${cut}`, text, longest)).toBe(`${more}\n${text}`);
    }),
  );
});
