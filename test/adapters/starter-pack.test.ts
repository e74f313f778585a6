import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import { checkParameterValue } from '#domain/runbook/parameter-values.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import { type Parameter, type Runbook, stepKinds } from '#domain/runbook/runbook.ts';

const folder = new URL('../../runbooks/', import.meta.url);
const parser = createRunbookParser(matchWhole);
const shell = await createBashCommandParser();

const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');

/** Steps that lose something on purpose, with what is lost. Everything else must be less than destructive. */
const accepted: Readonly<Record<string, string>> = {
  'disk-full.md shrink-journal': 'archived journal files are removed; that is what frees the space',
  'high-load.md stop-job': 'the job that makes the load is stopped; a responder starts it again',
  'inode-exhaustion.md clean-tmp': 'old temporary files are removed by the rules of the host',
  'inode-exhaustion.md pack-old': 'old temporary files are packed into an archive and removed',
  'log-flood.md throttle': 'a drop-in of this name under /run, gone after a reboot anyway, is overwritten',
  'log-flood.md unthrottle': 'that drop-in is removed again',
  'kubernetes-volume-full.md grow': 'the patch is put together when it runs, so nobody can see it beforehand',
  'postgres-connections-exhausted.md end-idle': 'sessions that did nothing for long are ended',
  'postgres-connections-exhausted.md end-idle-in-transaction':
    'sessions that hold a transaction open are ended',
  'postgres-locks.md end-idle-blockers': 'idle sessions that block others are ended',
  'rabbitmq-queue-backlog.md stop-consumers': 'the consumers that the fix started are stopped again',
  'systemd-unit-failed.md stop': 'the unit that the fix started is stopped again',
  'tls-certificate-expiring.md restore': 'the renewed certificate is replaced by the one from before',
};

/** Values that some pattern of the pack takes. */
const examples =
  'web-01 app-1.service deployment/api 10Gi 512M 4gb 10.0.0.7 example.com nginx:1.2 1.2.3 30 5 a'.split(' ');

function exampleOf(parameter: Parameter): string {
  const own = parameter.type === 'int' ? String(parameter.min ?? 1) : '/var/log';
  const values = [...examples, own, '5m', ...(parameter.type === 'enum' ? parameter.values : [])];
  const fitting = values.find((value) => checkParameterValue(parameter, value, matchWhole).kind === 'valid');
  return parameter.default ?? fitting ?? `no example for ${parameter.name}`;
}

function runbookIn(file: string): Runbook {
  const parsed = parser.parse(readFileSync(new URL(file, folder), 'utf8'), file);
  expect(parsed).toMatchObject({ kind: 'runbook', warnings: [] });
  if (parsed.kind === 'invalid') throw new Error(`${file} is no runbook`);
  return parsed.runbook;
}

function commandsOf(runbook: Runbook) {
  const values = Object.fromEntries(
    runbook.parameters.map((parameter) => [parameter.name, exampleOf(parameter)]),
  );
  for (const parameter of runbook.parameters) {
    expect(checkParameterValue(parameter, values[parameter.name] ?? '', matchWhole)).toMatchObject({
      kind: 'valid',
    });
  }
  return runbook.steps.map((step) => ({ step, rendered: renderCommand(step.command, values) }));
}

function verdictsOf(runbook: Runbook) {
  return commandsOf(runbook).map(({ step, rendered }) => {
    if (rendered.kind === 'refused') throw new Error(`${step.id}: ${rendered.why}`);
    return { id: step.id, kind: step.kind, ...classifyCommand(rendered.command, shell.parse) };
  });
}

it('has at least 24 runbooks', () => {
  expect(files.length).toBeGreaterThanOrEqual(24);
});

it('accepts no destructive step that is not there any more', () => {
  const steps = files.flatMap((file) => runbookIn(file).steps.map(({ id }) => `${file} ${id}`));
  expect(Object.keys(accepted).filter((name) => !steps.includes(name))).toEqual([]);
});

describe.each(files)('%s', (file) => {
  it('reads without a warning, has every section, and says who keeps it and when it is due', () => {
    const runbook = runbookIn(file);
    expect(new Set(runbook.steps.map(({ kind }) => kind))).toEqual(new Set(stepKinds));
    expect(runbook.owner).not.toBe('');
    expect(runbook.reviewEveryDays).toBeGreaterThan(0);
    expect(runbook.lead).not.toBe('');
    expect(runbook.parameters.map(({ name }) => name)).toContain('host');
  });

  it('is the same runbook after it was written and read again', () => {
    const runbook = runbookIn(file);
    expect(parser.parse(renderRunbook(runbook), file)).toEqual({ kind: 'runbook', runbook, warnings: [] });
  });

  it('has steps that can be filled in and that the shell parser understands', () => {
    for (const { step, rendered } of commandsOf(runbookIn(file))) {
      expect(rendered, step.id).toMatchObject({ kind: 'rendered' });
      if (rendered.kind === 'rendered')
        expect(shell.parse(rendered.command), step.id).toMatchObject({ kind: 'script' });
    }
  });

  it('only looks in Check and Verify', () => {
    const looking = verdictsOf(runbookIn(file)).filter(
      ({ kind }) => kind === 'diagnostic' || kind === 'validation',
    );
    expect(looking.length).toBeGreaterThan(0);
    for (const verdict of looking) expect(verdict).toMatchObject({ risk: 'read-only' });
  });

  it('destroys nothing without a reason', () => {
    const lossy = verdictsOf(runbookIn(file)).filter(({ risk }) => risk === 'destructive');
    expect(lossy.filter(({ id }) => !Object.hasOwn(accepted, `${file} ${id}`))).toEqual([]);
  });
});
