/** A mention, a channel, a command, or an address; other angle brackets are just that. */
const special = /<([@#!][^<>]{1,3000}|[a-z][a-z\d+.-]{0,20}:[^<>]{1,3000})>/gi;

/**
 * Slack's message text as a person reads it: names for mentions, addresses for links, and the three escaped
 * characters as they were typed. The mention of `botUser` is taken out: it says to whom, not what.
 * Source: docs.slack.dev/messaging/formatting-message-text, "Retrieving messages"
 */
export function readText(text: string, botUser: string): string {
  return text
    .replaceAll(`<@${botUser}>`, ' ')
    .replace(special, (_, inside: string) => readSpecial(inside, botUser))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** Takes the names out of mentions, so that they are read as ids. */
export function namesToIds(text: string): string {
  return text.replace(/<(@[UW]\w+|!subteam\^\w+)\|[^<>]*>/g, '<$1>');
}

export function mentions(text: string, user: string): boolean {
  return text.includes(`<@${user}>`) || text.includes(`<@${user}|`);
}

function readSpecial(inside: string, botUser: string): string {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : inside.slice(bar + 1);
  switch (target[0]) {
    case '@':
      return target === `@${botUser}` ? ' ' : withSign('@', label, target.slice(1));
    case '#':
      return withSign('#', label, target.slice(1));
    case '!':
      return readCommand(target.slice(1), label);
    default:
      return readLink(target, label);
  }
}

function withSign(sign: string, label: string, id: string): string {
  return `${sign}${(label || id).replace(/^[@#]/, '')}`;
}

/** `<!here>`, `<!subteam^S1|@sre>`, `<!date^…|when>`. */
function readCommand(name: string, label: string): string {
  if (label !== '') return label;
  return `@${name.split('^')[1] ?? name}`;
}

/** A bare host that Slack made a link of is given back bare. */
function readLink(address: string, label: string): string {
  const plain = address.replace(/^mailto:/, '');
  if (label === '' || label === plain) return plain;
  return plain.replace(/^https?:\/\//, '').replace(/\/$/, '') === label ? label : `${label} (${plain})`;
}
