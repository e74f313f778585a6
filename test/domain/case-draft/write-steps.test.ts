import { describe, expect, it } from 'vitest';
import { joinRuns } from '#domain/case-draft/join-runs.ts';
import type { ToldStep } from '#domain/case-draft/told-step.ts';
import { writeSteps } from '#domain/case-draft/write-steps.ts';
import { caseCommands } from '#domain/runbook-from-case/case-commands.ts';
import { fc } from '#test/support/properties.ts';

const step = (command: string, changes: Partial<ToldStep> = {}): ToldStep => ({
  ...{ command, kind: 'diagnostic', output: null, exitCode: 0, state: 'succeeded' },
  ...changes,
});

describe('the steps of a drafted case', () => {
  it('say what was run, how it ended and what it printed', () => {
    const steps = [
      step('df -h', { output: '/dev/sda1 100%\n' }),
      step('systemctl restart nginx', { state: 'failed', exitCode: 1, output: 'no' }),
      step('free -m', { state: null, exitCode: null }),
    ];
    const text =
      '$ df -h\n(succeeded)\n/dev/sda1 100%\n$ systemctl restart nginx\n(failed)\nexit code 1\nno\n$ free -m';
    expect(writeSteps(steps, 2_600)).toBe(text);
  });

  it('lose the beginnings of long outputs before any command, and a short output nothing', () => {
    const steps = [step('one', { output: `${'x'.repeat(900)}END` }), step('two', { output: 'short' })];
    const text = writeSteps(steps, 300);
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text).toContain('… (the beginning is left out)\nxxx');
    expect(text).toContain('END\n$ two\n(succeeded)\nshort');
  });

  it('tell how many commands are left out where not even those fit', () => {
    const steps = Array.from({ length: 30 }, (_, n) => step(`kubectl get pods --namespace team-${n}`));
    const text = writeSteps(steps, 400);
    const left = Number(/… (\d+) more commands stand only in the thread\.$/.exec(text)?.[1]);
    expect(caseCommands(text)).toHaveLength(30 - left);
  });

  it('fit in any room that has room for a word', () => {
    const anyStep = fc.record({
      command: fc.string({ minLength: 1, maxLength: 80 }),
      output: fc.string({ maxLength: 400 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 12 }),
        fc.integer({ min: 80, max: 1_500 }),
        (all, longest) => {
          const steps = all.map(({ command, output }) => step(command, { output }));
          expect(writeSteps(steps, longest).length).toBeLessThanOrEqual(longest);
        },
      ),
    );
  });
});

describe('runs of the bot in a drafted case', () => {
  const ran = (command: string, exitCode = 0) => ({ ...step(command, { exitCode, output: 'o' }), at: 1 });

  it('stand as they were run, in the place where they were read', () => {
    const drafted = ['df -h', 'for i in 1 2; do', 'free -m'].map((command) =>
      step(command, { exitCode: null }),
    );
    const joined = joinRuns(drafted, [ran('df -h'), ran('for i in 1 2; do\necho $i; done', 3)]);
    expect(joined.map(({ command, exitCode }) => [command, exitCode])).toEqual([
      ['df -h', 0],
      ['for i in 1 2; do\necho $i; done', 3],
      ['free -m', null],
    ]);
  });

  it('are never missing, also when nothing was read of them', () => {
    expect(joinRuns([step('free -m')], [ran('a'), ran('b')]).map(({ command }) => command)).toEqual([
      'a',
      'b',
      'free -m',
    ]);
  });
});
