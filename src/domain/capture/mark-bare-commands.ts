import { looksLikeCommand } from './looks-like-command.ts';

/** What a sentence says of the answer of a command; no command has such a word. */
export const reporting = '(?:says|said|gives|gave|shows|showed|returns|returned|prints|reports)';

/** At the beginning of a line or behind a comma or a colon, up to what it answered or to the end of the line. */
const bare = new RegExp(
  `(?<=^|[,:] )([a-z][\\w.-]*(?: [^\\s\`]*[^\\s\`,:]){1,12}?)(?= ${reporting}\\b|$)`,
  'gm',
);

/** What sentences do not have: options, paths, or a tool that steers something and one of its long words. */
const typed = /^\S+(?: \S+)*? (?:-{1,2}[a-z]|\/\w)|^\w+ctl [a-z_]+_[a-z_]+/i;

/** The text of a message with backticks around commands that stand in a sentence without any. */
export const markBareCommands = (text: string): string =>
  text.replace(bare, (words) =>
    typed.test(words) && !/[.!?;]$/.test(words) && looksLikeCommand(words, 'line') ? `\`${words}\`` : words,
  );
