/** Text from runbooks, hosts and chat on a terminal: control and direction characters must not steer it. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_C}]/gu, (character) => (character === '\n' ? ' ' : '\ufffd'));
}
