import { describe, expect, it } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { Host } from '#domain/host.ts';
import type { Person } from '#domain/person.ts';
import { defaultTerms } from '#domain/policy/policy.ts';
import type { Button, Reply } from '#domain/reply.ts';
import type { FanOutTargetView } from '#domain/run/fan-out-view.ts';
import { type Step, stepStates } from '#domain/run/step.ts';
import { nothingGiven } from '#domain/runbook/given.ts';
import { faultNotice } from '#domain/wording/fault-notice.ts';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
} from '#domain/wording/format.ts';
import { lastLines, outputFile } from '#domain/wording/output-file.ts';
import { trackRecord } from '#domain/wording/solution-blocks.ts';
import { type StepView, stepCard } from '#domain/wording/step-card.ts';
import { someHost, someResult } from '#test/support/rows.ts';

const person = (name: string): Person => ({
  id: name as Person['id'],
  externalId: name,
  name,
  role: 'approver',
  standing: 'member',
});

const view = (changes: Partial<Step> = {}, parts: Partial<StepView> = {}): StepView => ({
  step: {
    id: 'step',
    runId: 'run',
    position: 0,
    attempt: 1,
    round: 0,
    kind: 'remediation',
    title: 'Restart it',
    hostId: 'host',
    fanOut: null,
    partOf: null,
    command: 'systemctl restart nginx',
    given: nothingGiven,
    risk: 'mutating',
    riskWhy: 'it restarts',
    timeoutMs: 30_000,
    expect: null,
    exitCodes: [0],
    retry: null,
    tries: [],
    state: 'proposed',
    nonce: 'n',
    expiresAt: Date.UTC(2026, 10, 20, 14, 5),
    postId: 'post',
    result: null,
    startedAt: null,
    endedAt: null,
    chosenAt: null,
    ...changes,
  } as Step,
  run: { id: 'run', state: 'active', parameters: { host: 'web-01' } as object } as StepView['run'],
  host: { ...someHost(), id: 'host' } as Host,
  jumps: [],
  fanOut: null,
  runbookTitle: 'Nginx',
  number: 1,
  count: 3,
  requestedBy: person('Rae'),
  decisions: [],
  isReplaced: false,
  terms: defaultTerms[changes.risk ?? 'mutating'],
  closed: null,
  unshowable: null,
  mayTurnBack: false,
  lingering: [],
  together: { checks: [], againMs: null },
  isRetryRefused: false,
  liveOutput: '',
  rollback: [],
  ...parts,
});

const commands = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === 'code' && block.role === 'command' ? [block.text] : []));
const verbs = ({ blocks }: Reply) =>
  blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ action }: Button) => action.verb) : [],
  );

describe('the card of a step', () => {
  it('shows what becomes of each host above their commands, once these differ and are decided on', () => {
    const target = (name: string, command: string): FanOutTargetView => ({
      host: { ...someHost({ name }), id: name } as Host,
      jumps: [],
      command,
      part: null,
    });
    /** Where the first command and the state of the last host stand. */
    const order = (state: Step['state'], ...targets: FanOutTargetView[]) => {
      const fanOut = { group: 'web', parallel: 1, maxFailures: 1, targets };
      const blocks = stepCard(view({ state }, { fanOut })).blocks.map((block) => JSON.stringify(block));
      const at = (text: string) => blocks.findIndex((block) => block.includes(text));
      return at('▫️ web-2') < at('"role":"command"') ? 'hosts first' : 'commands first';
    };
    const [one, other, same] = [target('web-1', 'a'), target('web-2', 'b'), target('web-2', 'a')];
    expect(order('running', one, other)).toBe('hosts first');
    expect(order('proposed', one, other)).toBe('commands first');
    expect(order('running', one, same)).toBe('commands first');
  });

  const odd = [
    'df -h ',
    '  ls',
    "echo 'a\nb'",
    'echo \u202etxt',
    'printf "\\x1b[0m"',
    'echo `x`',
    'a\u200bb',
    '*bold* <@U1>',
  ];

  it.each(stepStates)('shows exactly the bytes that will run or ran, in state %s', (state) => {
    for (const command of odd) {
      const result = state === 'proposed' ? null : someResult({ stdout: 'rm -rf /' });
      expect(commands(stepCard(view({ state, command, result })))).toEqual([command]);
    }
  });

  it.each(stepStates)('offers in state %s no button that its state does not take', (state) => {
    const expected: Partial<Record<Step['state'], readonly string[]>> = {
      proposed: ['approve', 'reject', 'edit', 'preview', 'skip', 'stop'],
      approved: ['stop'],
      claimed: ['stop'],
      running: ['stop'],
      succeeded: [],
      skipped: [],
    };
    expect(verbs(stepCard(view({ state })))).toEqual(expected[state] ?? ['retry', 'skip', 'stop']);
    const ended = { run: { id: 'run', state: 'stopped' } as StepView['run'] };
    expect(verbs(stepCard(view({ state }, ended)))).toEqual([]);
  });

  it('asks for a choice about an unknown step while there is one', () => {
    const asks = (changes: Partial<Step>, run: Partial<StepView['run']> = {}) => {
      const of = view({ state: 'unknown', ...changes });
      return stepCard({ ...of, run: { ...of.run, ...run } }).summary.includes('then choose');
    };
    expect(asks({})).toBe(true);
    expect(asks({ chosenAt: 1 })).toBe(false);
    expect(asks({}, { state: 'stopped' })).toBe(false);
    expect(verbs(stepCard(view({ state: 'unknown', chosenAt: 1 })))).toEqual([]);
  });

  it('says of what was approved and expired that its turn did not come in time', () => {
    const decisions = [{ person: person('Ada'), decision: 'approved' }] as const;
    const expired = (approvals: number) =>
      stepCard(view({ state: 'expired' }, { decisions, terms: { ...defaultTerms.mutating, approvals } }))
        .summary;
    expect(expired(1)).toContain('approved by Ada, but its turn did not come in time; it did not run.');
    expect(expired(2)).toContain('expired before it was approved; it did not run.');
    expect(stepCard(view({ state: 'expired' })).summary).toContain('expired before it was approved');
  });

  it('puts no command and no host into a button', () => {
    const text = JSON.stringify(stepCard(view()).blocks.filter(({ kind }) => kind === 'buttons'));
    expect(text).not.toContain('systemctl');
    expect(text).not.toContain('192.0.2.7');
  });

  it('names those who decided so, and nobody who decided otherwise', () => {
    const decisions = [
      { person: person('Ada'), decision: 'approved' },
      { person: person('Ben'), decision: 'rejected' },
    ] as const;
    expect(stepCard(view({ state: 'rejected' }, { decisions })).summary).toContain('rejected by Ben;');
    expect(stepCard(view({ state: 'running' }, { decisions })).summary).toContain('approved by Ada.');
    const refused = view({ state: 'rejected', result: someResult() }, { decisions: decisions.slice(0, 1) });
    expect(stepCard(refused).summary).toContain('refused');
    expect(stepCard(refused).summary).not.toContain('Ada');
    expect(stepCard(view({ state: 'skipped' })).summary).toContain('withdrawn');
  });

  it('shows what would undo a change, not beside a step that only reads', () => {
    const rollback = ['systemctl start nginx'];
    expect(JSON.stringify(stepCard(view({}, { rollback })))).toContain(rollback[0]);
    expect(JSON.stringify(stepCard(view({ risk: 'read-only' }, { rollback })))).not.toContain(rollback[0]);
  });

  it('gives output that a card cannot hold as a file, and none that it shows whole', () => {
    const step = { title: 'List files', number: 2, host: null };
    expect(outputFile(step, someResult({ stdout: 'a\nb\n', stderr: '' }))).toBeUndefined();
    const lines = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');
    const result = someResult({ stdout: lines, stderr: 'a\0warning', stdoutBytes: 2048, stderrBytes: 0 });
    const text = `${lines}\na\uFFFDwarning`;
    expect(outputFile(step, result)).toMatchObject({
      summary: 'Output of step 2: List files',
      blocks: [{ kind: 'note' }, { kind: 'file', name: 'step-2-output.txt', text }],
    });
    expect(JSON.stringify(stepCard(view({ state: 'succeeded', result })))).toContain('the rest is a file');
  });

  it('cuts output to its last lines without halving a character', () => {
    expect(lastLines('a\nb\nc\n\n', 2)).toBe('b\nc');
    const cut = lastLines(`x${'😀'.repeat(2000)}y`, 5);
    expect(cut.length).toBeLessThanOrEqual(2500);
    expect(cut.isWellFormed()).toBe(true);
  });
});

describe('words for numbers', () => {
  it('says one form everywhere', () => {
    expect(formatTime(Date.UTC(2026, 10, 20, 14, 5))).toBe('20 Nov 2026, 14:05 UTC');
    expect([59_999, 60_000, 7_200_000, 86_400_000 * 3].map(formatAge)).toEqual([
      'less than a minute',
      '1 minute',
      '2 hours',
      '3 days',
    ]);
    expect([500, 30_000, 119_999, 120_000].map(formatDuration)).toEqual(['500 ms', '30 s', '120 s', '2 min']);
    expect([0, 0.005, 0.994, 1].map(formatPercent)).toEqual(['0 %', '1 %', '99 %', '100 %']);
    expect([1023, 1024, 1_048_576].map(formatBytes)).toEqual(['1023 B', '1 KB', '1 MB']);
    expect([2, 2.5].map(formatCount)).toEqual(['2', '2.5']);
  });

  it('never shows the prior as a record', () => {
    expect(trackRecord(undefined)).toEqual(['not tried yet']);
    expect(trackRecord({ worked: 0, tried: 0, lastWorkedAt: null })).toEqual(['not tried yet']);
    expect(trackRecord({ worked: 0, tried: 2, lastWorkedAt: null })).toEqual(['worked 0 of 2']);
  });
});

describe('a fault told to people', () => {
  it('says what happened and what to do, and nothing of the inside', () => {
    const fault = faultNotice(
      new Fault('unavailable', 'x', 'The database does not answer.', 'Look at it.', new Error('inside')),
    );
    expect(fault.summary).toBe('The database does not answer.');
    expect(JSON.stringify(fault)).toContain('Look at it.');
    expect(JSON.stringify(fault)).not.toContain('inside');
    expect(JSON.stringify(faultNotice(new Error('inside')))).not.toContain('inside.');
    expect(faultNotice('thrown').summary).toContain('Something went wrong');
  });
});
