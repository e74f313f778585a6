import { describe, expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import { classifyLine } from '#domain/risk/classify-line.ts';

const parser = await createBashCommandParser();

const LONGEST = 65_536;

/** Texts that made a rule, a pattern or the grammar take the square of their length, or more memory than there is. */
const pieces = [
  'a|',
  'a;',
  'a=(',
  '<<x\n',
  '>',
  '>&',
  '${a%',
  '$[',
  'time ',
  'sudo ',
  '{a,',
  '$(',
  '(',
  '"',
  "'",
  '`',
  '/*',
  '-a ',
  'a ',
  'select update set ',
  'copy aaaa',
];
const openings = [
  '',
  'kubectl ',
  'gcloud ',
  'psql -c "',
  "mongosh --eval '",
  "python3 -c '",
  "perl -ne '",
  "awk '",
  'UPDATE t SET a=1; ',
  'db.',
];

describe('classifyLine on hostile text', () => {
  // Each takes some 50 ms; with work that grows with the square the time-out of the test ends it.
  it.each(pieces)('comes to an end with 64 kB of %j', (piece) => {
    for (const opening of openings) {
      const text = `${opening}${piece.repeat(LONGEST)}`.slice(0, LONGEST);
      expect(['read-only', 'mutating', 'destructive']).toContain(classifyLine(text, parser.parse).risk);
    }
  });

  it('still judges right after a text that is more than the grammar can hold', () => {
    expect(classifyCommand('a|'.repeat(LONGEST / 2), parser.parse).risk).toBe('destructive');
    expect(classifyCommand('df -h', parser.parse).risk).toBe('read-only');
  });
});

describe('classifyLine', () => {
  const risk = (line: string) => classifyLine(line, parser.parse).risk;

  it('reads bare statements, which a step of a runbook never is', () => {
    for (const statement of [
      'SELECT count(*) FROM t',
      'SHOW REPLICA STATUS\\G',
      'GET session:1',
      'db.t.find({})',
    ]) {
      expect(risk(statement), statement).toBe('read-only');
      expect(classifyCommand(statement, parser.parse).risk, statement).toBe('destructive');
    }
  });

  it('takes the worse of both where a line can be shell and SQL', () => {
    expect(risk('set -e; df -h')).toBe('read-only');
    expect(risk('set global read_only = 1')).toBe('mutating');
    expect(risk('truncate orders')).toBe('destructive');
    expect(risk('select f in a b; do rm "$f"; done')).toBe('destructive');
    expect(risk('kill 42; rm x')).toBe('destructive');
  });

  it('believes a statement only when every dialect that it may be in does', () => {
    expect(risk('SELECT 1 # \n; DROP TABLE t')).toBe('destructive');
    expect(risk('SELECT 1 /*! ; DROP TABLE t */')).toBe('destructive');
    expect(risk('SELECT "a\\"; DROP TABLE t; --"')).toBe('destructive');
    expect(risk('SELECT `key` FROM t')).toBe('read-only');
    expect(risk("SELECT E'a\\'b'")).toBe('read-only');
  });
});
