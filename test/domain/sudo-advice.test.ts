import { describe, expect, it } from 'vitest';
import { sudoAdvice } from '#domain/run/sudo-advice.ts';

describe('advice about sudo', () => {
  it.each([
    'sudo: a password is required\n',
    'sudo: a terminal is required to read the password; either use the -S option to read from standard input\n',
    'sudo: a terminal is required to authenticate\n',
    'nginx: warning first\nsudo: no tty present and no askpass program specified\n',
    'sudo: sorry, you must have a tty to run sudo\n',
    'doas: Authentication required\n',
  ])('is given for %j', (stderr) => {
    expect(sudoAdvice(stderr)).toContain('NOPASSWD');
  });

  it.each([
    '',
    'ops is not in the sudoers file.\n',
    'mysql: a password is required\n',
    'the log says sudo: a password is required somewhere\n',
  ])('is not given for %j', (stderr) => {
    expect(sudoAdvice(stderr)).toBeNull();
  });
});
