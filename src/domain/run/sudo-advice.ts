/**
 * What sudo says when it would have to ask for a password, which nobody can type: with `-n`, without a terminal (two
 * generations of it), and doas.
 */
const asked = [
  /^sudo: a password is required$/m,
  /^sudo: a terminal is required to (read the password|authenticate)/m,
  /^sudo: no tty present and no askpass program specified$/m,
  /^sudo: sorry, you must have a tty to run sudo$/m,
  /^sudo: interactive authentication is required$/m,
  /^doas: (Authorization|Authentication) required$/m,
];

const advice =
  'sudo wanted a password, and steps have no terminal to type one: allow the login this command with NOPASSWD in sudoers (docs/hosts.md).';

/** Advice for a step that failed because sudo could not ask for a password; null when that is not the cause. */
export function sudoAdvice(stderr: string): string | null {
  return asked.some((pattern) => pattern.test(stderr)) ? advice : null;
}
