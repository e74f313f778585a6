/** Whether a name fits a pattern, in which `*` stands for any characters; case does not count. */
export function fitsPattern(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`, 'iu').test(name);
}
