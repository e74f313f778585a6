import { describe, expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { draftThread } from '#domain/capture/draft-thread.ts';
import { marksOfMessage } from '#domain/capture/message-marks.ts';
import type { IncidentThread } from '#domain/capture/thread.ts';
import type { ThreadDraft } from '#domain/capture/thread-draft.ts';
import { marksInThread } from '#domain/capture/thread-marks.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { judgeDraft } from '#test/support/capture/judge-draft.ts';
import { readThreadFixtures, threadSets } from '#test/support/capture/thread-fixtures.ts';

const { parse } = await createBashCommandParser();
const redact = createRedactor([]);
const draft = (thread: Parameters<typeof draftThread>[0]) =>
  draftThread(thread, { parse, redact: (text) => redact(text), hosts: [] });

const sets = Object.entries(threadSets).filter(([, names]) => names.length > 0);

describe.each(sets)('threads that are %s, by rules alone', (_, names) => {
  const judged = names.flatMap(readThreadFixtures).map((fixture) => {
    const made = draft(fixture.thread);
    return { fixture, made, ...judgeDraft(fixture, made, (text) => redact(text)) };
  });
  const share = (part: 'cause' | 'fix' | 'outcome' | 'duration') =>
    judged.filter((one) => one[part]).length / judged.length;
  const named = (part: 'missed' | 'invented' | 'leaked') =>
    judged.flatMap((one) => one[part].map((text) => `${one.fixture.name}: ${text}`));
  const right = judged.reduce((sum, one) => sum + one.right, 0);

  it('at least 90 % of what was run is there, and at least 90 % of what is there was run', () => {
    const [missed, invented] = [named('missed'), named('invented')];
    expect(right / (right + missed.length), missed.join('\n')).toBeGreaterThanOrEqual(0.9);
    expect(right / (right + invented.length), invented.join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('cause and fix come from the right messages in at least 75 % each, the outcome is right in 85 %', () => {
    expect(share('cause')).toBeGreaterThanOrEqual(0.75);
    expect(share('fix')).toBeGreaterThanOrEqual(0.75);
    expect(share('outcome')).toBeGreaterThanOrEqual(0.85);
  });

  it('the duration ends with a message that confirms in at least 80 %', () => {
    expect(share('duration')).toBeGreaterThanOrEqual(0.8);
  });

  it('no secret is kept', () => expect(named('leaked')).toEqual([]));

  it('a duration is told only where something was fixed', () => {
    for (const { made } of judged)
      expect(made.durationMinutes !== null).toBe(made.outcome === 'resolved' || made.outcome === 'partial');
  });
});

it('of threads that no rule was made for no secret is kept and no command invented', () => {
  for (const fixture of readThreadFixtures('threads-fifth')) {
    const { leaked, invented } = judgeDraft(fixture, draft(fixture.thread), (text) => redact(text));
    expect({ leaked, invented }, fixture.name).toEqual({ leaked: [], invented: [] });
  }
});

describe('one thread', () => {
  const start = Date.parse('2026-11-25T12:00:00Z');
  /** Ann asks, does, and somebody ticks what she said last. */
  const tickedBy = (user: string, text: string): IncidentThread => ({
    ...{ platform: 'slack', channel: 'C1', startedAt: start, resolvedAt: null },
    messages: ['mails are stuck', text].map((said, index) => ({
      ...{ id: String(index), author: 'ann', isBot: false, at: start + index * 60_000, text: said },
      reactions: index === 1 ? [{ emoji: 'white_check_mark', users: [user] }] : [],
    })),
  });
  const thread = (...texts: readonly (readonly [author: string, text: string])[]): ThreadDraft =>
    draft({
      platform: 'slack',
      channel: 'C1',
      startedAt: start,
      resolvedAt: null,
      messages: texts.map(([author, text], index) => ({
        ...{ id: String(index), author, text, isBot: author.endsWith('bot'), reactions: [] },
        at: start + index * 60_000,
      })),
    });
  const commands = (...texts: readonly (readonly [string, string])[]) =>
    thread(...texts).steps.map(({ command }) => command);

  it('what was only advised is no step, until somebody says that they did it', () => {
    const advice = ['ann', 'you could try `systemctl restart nginx`'] as const;
    expect(commands(advice, ['bob', 'no, that drops connections'])).toEqual([]);
    expect(commands(advice, ['bob', 'done'])).toEqual(['systemctl restart nginx']);
    expect(commands(advice, ['bob', 'restarted it'])).toEqual(['systemctl restart nginx']);
    expect(commands(advice, ['bob', 'not done yet'])).toEqual([]);
  });

  it('what was asked for counts when the answer shows its output', () => {
    const told = thread(['ann', 'what does `df -h /` say?'], ['bob', '```/dev/sda1  20G  20G  0 100% /```']);
    expect(told.steps).toEqual([
      { command: 'df -h /', kind: 'diagnostic', output: '/dev/sda1  20G  20G  0 100% /', exitCode: null },
    ]);
  });

  it('a warning, names of things and configuration are no steps', () => {
    expect(
      commands(
        ['ann', "please don't run `rm -rf /var/lib/mysql`, `nginx.conf` is fine"],
        ['bob', '```yaml\nreplicas: 3\nimage: api\n```'],
      ),
    ).toEqual([]);
  });

  it('a here-document, a loop and a continued line are one command each, whole', () => {
    const pasted = [
      "root@web1:~# cat > /etc/x <<'EOF'",
      '> a',
      '> EOF',
      'root@web1:~# for i in 1 2; do',
      '>   echo $i',
      '> done',
      '1',
      '2',
      'root@web1:~# ls \\',
      '>   -l',
    ].join('\n');
    expect(
      commands(['ann', `\`\`\`${pasted.replaceAll('>', '&gt;').replaceAll('<', '&lt;')}\`\`\``]),
    ).toEqual(["cat > /etc/x <<'EOF'\na\nEOF", 'for i in 1 2; do\n  echo $i\ndone', 'ls \\\n  -l']);
  });

  it('what was fixed and came back is not fixed', () => {
    const { outcome, durationMinutes } = thread(
      ['ann', 'api is down'],
      ['bob', 'restarted it, works again'],
      ['ann', 'it is back, 500s again'],
      ['bob', 'no luck, still failing'],
    );
    expect({ outcome, durationMinutes }).toEqual({ outcome: 'failed', durationMinutes: null });
  });

  it('a bot that proposes a step has not run it', () => {
    const proposal = ['opsbot', 'Step 1 waits for approval\n```systemctl restart nginx```'] as const;
    expect(commands(proposal)).toEqual([]);
    expect(
      thread(proposal, ['opsbot', 'Step 1 failed, exit code 1\n```systemctl restart nginx```']).steps,
    ).toEqual([{ command: 'systemctl restart nginx', kind: 'remediation', output: null, exitCode: 1 }]);
  });

  it('a prompt of a machine or a place needs no fence, a heading and a quotation are none', () => {
    expect(
      commands(
        ['ann', 'app1# mount | grep home\nfiler:/home on /home'],
        ['bob', 'web-7:~$ sudo systemctl status gunicorn\nactive'],
        ['cy', '~ ❯ curl -s es1:9200/_cat/health\n1 green'],
        ['dan', '# install the agent\n> rm -rf /tmp/x'],
      ),
    ).toEqual(['mount | grep home', 'sudo systemctl status gunicorn', 'curl -s es1:9200/_cat/health']);
  });

  it('knows the prompts of hypervisors and network devices', () => {
    const fenced = (text: string): [string, string] => ['ann', `\`\`\`\n${text}\n\`\`\``];
    expect(
      commands(
        fenced('[root@esx-2:~] esxtop -b -n 1 > /tmp/esxtop.csv'),
        fenced('gitlab-1 ~ # gitlab-rake gitlab:ldap:check\nLDAP: timeout'),
        fenced('nils@edge-1> show interfaces xe-0/0/3 | match Physical\nPhysical link is Down'),
        fenced('sw3(config)#no shutdown'),
      ),
    ).toEqual([
      'esxtop -b -n 1 > /tmp/esxtop.csv',
      'gitlab-rake gitlab:ldap:check',
      'show interfaces xe-0/0/3 | match Physical',
      'no shutdown',
    ]);
  });

  it('in a block without prompts a command may follow output, and a statement within a table is none', () => {
    expect(
      commands(['ann', '```\nkubectl get pods | wc -l\n46\nkubectl get events | tail -1\n3m Normal\n```']),
    ).toEqual(['kubectl get pods | wc -l', 'kubectl get events | tail -1']);
    expect(
      commands([
        'ann',
        '```\nSELECT query, calls FROM stats;\n query | calls\nSELECT * FROM orders | 201 | 8.1\n```',
      ]),
    ).toEqual(['SELECT query, calls FROM stats;']);
  });

  it('what somebody says outright that they ran needs no known program', () => {
    expect(commands(['ann', 'ran `frobnicate all` on it'])).toEqual(['frobnicate all']);
    expect(commands(['ann', 'the name is `frobnicate all`'])).toEqual([]);
  });

  it('a command that opens a sentence was run where the rest says only where it went or what became of it', () => {
    expect(commands(['ann', '`systemctl start labeld` on all of them via ansible'])).toEqual([
      'systemctl start labeld',
    ]);
    expect(commands(['ann', 'we did what you said: `frobnicate remove all`'])).toEqual([
      'frobnicate remove all',
    ]);
    expect(commands(['ann', '`systemctl start labeld` on all of them should do'])).toEqual([]);
    expect(commands(['ann', '`systemctl start labeld` on all of them?'])).toEqual([]);
    expect(commands(['ann', 'we did not dare: `frobnicate remove all`'])).toEqual([]);
  });

  it('a whole command between backticks was typed, unless a word says that it is only spoken of', () => {
    const told = (text: string) => commands(['ann', text]).length > 0;
    expect(told('`kubectl get pods -A` in 0.4 s')).toBe(true);
    expect(told('busy with what? `ss -tn | wc -l` on web-2 gives 187')).toBe(true);
    expect(told('set the url back and rolled the pods: `kubectl rollout restart deploy/cart`')).toBe(true);
    expect(told('removed the objects: `frobadmin /removeobjects DC-1 /all`')).toBe(true);
    expect(told('the nightly job runs `pg_dump -Fc shop`')).toBe(false);
    expect(told('`ssh-keygen -R old-host` and go')).toBe(false);
    expect(told('broker? `systemctl restart kafka` on kafka-2 maybe')).toBe(false);
    expect(told('we renamed `location /api/v1 now`')).toBe(false);
  });

  it('a command needs neither a fence nor backticks where its place or its form says what it is', () => {
    expect(
      commands(['ann', 'I restarted that channel, with\n\n    iectl channel restart OUT\n\nand it flows']),
    ).toEqual(['iectl channel restart OUT']);
    expect(
      commands(['ann', 'more memory:\n\nspark-submit --conf m=1g \\\n  --class J j.jar\n\nruns']),
    ).toEqual(['spark-submit --conf m=1g \\\n  --class J j.jar']);
    expect(commands(['ann', 'smartctl -a /dev/sdf says 0 reallocated'])).toEqual(['smartctl -a /dev/sdf']);
    expect(commands(['ann', 'now removing: PS C:\\Users\\o> Get-VM D | Remove-Snapshot'])).toEqual([
      'Get-VM D | Remove-Snapshot',
    ]);
    expect(
      commands(['ann', '```\nr1#conf t\nr1(config-if)#ip tcp adjust-mss 1340\nr1(config-if)#end\n```']),
    ).toEqual(['conf t', 'ip tcp adjust-mss 1340', 'end']);
    expect(commands(['ann', 'go forward again: nothing else\n\nset the mail aside and watch it'])).toEqual(
      [],
    );
    expect(commands(['ann', 'for what it is worth: `ldapsearch -x` gives 61 members'])).toEqual([
      'ldapsearch -x',
    ]);
  });

  it('a service that somebody steers in a sentence is a command, talk of a program is none', () => {
    expect(commands(['ann', 'I ran systemctl restart nginx on web-1'])).toEqual(['systemctl restart nginx']);
    expect(commands(['ann', 'helm rollback api 41 done'])).toEqual(['helm rollback api 41']);
    expect(commands(['ann', 'kicked it: sudo systemctl restart foo'])).toEqual([
      'sudo systemctl restart foo',
    ]);
    expect(commands(['ann', 'docker restart is no help with this'])).toEqual([]);
    expect(commands(['ann', 'kubectl get is slow, service discovery is down'])).toEqual([]);
    expect(commands(['ann', 'I can block it, say go. `gwctl rule add --deny`'])).toEqual([]);
    expect(commands(['ann', "nuked what's there: `cdnctl purge 'final/*'`"])).toEqual([
      "cdnctl purge 'final/*'",
    ]);
    expect(commands(['ann', 'first try: `ip link set dev vti44 mtu 1400` on gw'])).toEqual([
      'ip link set dev vti44 mtu 1400',
    ]);
  });

  it('a block of PowerShell goes on behind its own prompts, and an indented root prompt needs no fence', () => {
    expect(
      commands(['ann', '```\nPS C:\\> Invoke-Command -ScriptBlock {\n>>   ipconfig /renew\n>> }\nok\n```']),
    ).toEqual(['Invoke-Command -ScriptBlock {\n  ipconfig /renew\n}']);
    expect(commands(['ann', 'gave it a kick with\n\n    # postqueue -s ministry.example'])).toEqual([
      'postqueue -s ministry.example',
    ]);
    expect(
      commands(['ann', '16g instead of 10 and resubmitted\n```\nspark-submit --class J j.jar\n```']),
    ).toEqual(['spark-submit --class J j.jar']);
    expect(
      commands(['ann', 'will `kubectl rollout restart ds/gw` later'], ['bob', 'restarted nothing']),
    ).toEqual([]);
  });

  it('statements end behind the prompts of more shells of SQL', () => {
    expect(commands(['ann', '```\n1> select name from sys.databases\n2> go\nname\n```'])).toEqual([
      'select name from sys.databases\ngo',
    ]);
    expect(commands(['ann', '```\nann#WH@(no database).(no schema)>show warehouses;\n```'])).toEqual([
      'show warehouses;',
    ]);
  });

  it('the prompts of storage systems name their machine', () => {
    expect(commands(['ann', '```\nfiler2::> volume show -vserver media\n0B\n```'])).toEqual([
      'volume show -vserver media',
    ]);
    expect(commands(['ann', '```\nSAN-B:> show cache\nRead: enabled\n```'])).toEqual(['show cache']);
  });

  it('a tick of somebody else on what was done confirms it', () => {
    const { outcome, durationMinutes } = draft(tickedBy('bob', 'restarted the worker'));
    expect({ outcome, durationMinutes }).toEqual({ outcome: 'resolved', durationMinutes: 1 });
  });

  it('what was said when a thread was marked as resolved confirms it', () => {
    const texts = [
      'mails are stuck',
      'restarted the worker',
      'mails go out',
      'and they arrive',
      'queue is empty',
    ];
    const resolvedAfter = (minutes: number) =>
      draft({
        ...{ platform: 'slack', channel: 'C1', startedAt: start, resolvedAt: start + minutes * 60_000 },
        messages: texts.map((text, index) => ({
          ...{ id: String(index), author: index === 1 ? 'bob' : 'ann', isBot: false, text, reactions: [] },
          at: start + index * 60_000,
        })),
      }).durationMinutes;
    expect([2, 3, 4].map(resolvedAfter)).toEqual([2, 3, 4]);
  });

  it('a tick of its author or on a question counts for nothing', () => {
    const marksOf = (user: string, text: string) =>
      marksInThread(
        tickedBy(user, text).messages.map((message) => ({
          message,
          own: marksOfMessage(
            message,
            { mentions: [], prose: message.text, texts: [] },
            { ran: 0, changed: 0, proposed: false },
          ),
        })),
      )[1];
    expect(marksOf('bob', 'restarted the worker')?.has('ticked')).toBe(true);
    expect(marksOf('ann', 'restarted the worker')?.has('ticked')).toBe(false);
    expect(marksOf('bob', 'restarted the worker?')?.has('ticked')).toBe(false);
  });

  it('hostile text ends', () => {
    const pieces = [
      '` ',
      '`',
      '% a',
      'a ',
      '$ ls\n',
      '```',
      'a-1-',
      '> ',
      '(',
      '~a ',
      "it's back ",
      'found ',
      'a',
      'from 1',
      'oh, ',
      'i have ',
      'done: ',
      'on a, ',
      '🎉',
      '1.1.',
      '->',
    ];
    const longest = 40_000;
    for (const piece of pieces)
      expect(thread(['ann', piece.repeat(longest / piece.length)]).outcome, piece).toBeTypeOf('string');
  });
});
