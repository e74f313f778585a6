/**
 * The text as its author typed it, without what the platform made of it: Slack escapes three characters and turns
 * links, also those within code, into `<address|label>`; Discord writes mentions and its own emoji as ids.
 */
export function plainText(platform: string, text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return platform === 'slack' ? plainSlack(lines) : lines.replace(/<a?(:\w+:)\d+>/g, '$1');
}

const plainSlack = (text: string): string =>
  text
    .replace(/<((?:https?|ftp|ssh|mailto|tel):[^|<>\s]+)(?:\|([^<>]*))?>/g, (_, url: string, label = '') =>
      label === '' ? url.replace(/^(?:mailto|tel):/, '') : label,
    )
    .replace(/<[@#!][^|<>\s]*\|([^<>]+)>/g, '$1')
    .replace(/<([@#!])([\w^]+)>/g, '$1$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
