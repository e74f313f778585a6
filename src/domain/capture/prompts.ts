import { looksLikeCommand } from './looks-like-command.ts';

/** What reads the commands behind a prompt: statements end otherwise than lines of a shell do. */
export type Session = 'shell' | 'sql' | 'other';

export interface PromptLine {
  readonly session: Session;
  /** What was typed, may be empty. */
  readonly typed: string;
  /** The machine that the prompt names. */
  readonly host: string | null;
}

/** Prompts that are nothing else, wherever they stand. */
const certain: readonly (readonly [Session, RegExp])[] = [
  ['sql', /^(?:mysql|sqlite|sql|cqlsh(?::\w+)?|MariaDB \[[^\]]*\]|clickhouse\S* :\))> ?/i],
  ['sql', /^\w[\w-]{0,30}=[#>*] ?/],
  ['sql', /^1> /],
  ['sql', /^[\w.-]+#[\w-]*@[\w ().-]{1,80}> ?/],
  ['shell', /^(?:\([\w.-]+\) ?)?\[?[a-z_][\w.-]*@(?<host>[\w.-]+)(?:[: ][^$#%\n]{0,80}?)?\]?[$#%](?: |$)/i],
  ['shell', /^\[[a-z_][\w.-]*@(?<host>[\w.-]+):[^\]\n]{0,80}\] (?=\S)/i],
  ['shell', /^(?<host>[\w.-]+) [~/][\w./-]* [#$] (?=\S)/],
  ['other', /^[a-z_][\w.-]*@(?<host>[\w.-]+)> (?=\S)/i],
  [
    'other',
    /^(?<host>[a-z][\w.-]*)(?:\([\w-]+\))?[#>] ?(?=(?:sh(?:ow)?|conf(?:igure)?|clear|interface|int|(?:no )?shut(?:down)?|wr(?:ite)?|debug|reload|router|ping|traceroute|commit|end|exit)(?: |$))/,
  ],
  ['other', /^(?<host>[a-z][\w.-]*)\((?:config|conf)[\w-]*\)[#>] ?(?=\S)/],
  ['shell', /^(?:(?:ba|z)?sh-[\d.]+|\/[\w./-]*|~[\w./-]*) ?[$#] /],
  ['shell', /^PS(?: [A-Z]:\\?[^>\n]*| \/[^>\n]*)?> ?/],
  ['shell', /^[A-Z]:\\[^>\n]*> ?/],
  ['shell', /^\$ (?=\S)/],
  ['shell', /^[❯➜»] {1,2}(?:~ |[\w./~-]+ (?=git:\S+ ))?(?:git:\(\S+\) )?(?:✗ )?/u],
  ['other', /^(?<host>[\w.-]+)(?:::?\*?|:\/[\w./-]*)> ?(?=[a-z])/i],
  ['other', /^[\w.-]+:\d{4,5}(?:\[\d+\])?> /],
  ['other', /^(?:>>> |irb\(\S*> )/],
  ['other', /^[\w.-]+(?: ?\[[^\]]*\])?(?::(?:PRIMARY|SECONDARY))?(?: \w+)?> (?=(?:db|rs|sh|show|use)\b)/],
];

/** Marks that begin comments and quotations as well: what follows must look like a command. */
const doubtful = /^(?:#|%|[\w.:@()[\]~/-]{1,40}(?: (?=[#$%❯]))?[#>$%❯]) +(?=\S)/u;

/** Without a fence `#` heads a chapter and `>` quotes, so a machine or a place must stand before the mark. */
const doubtfulInProse = /^(?:%|[a-z~/[(][\w.:@()[\]~/-]{0,40}(?: (?=[#$%❯]))?[#$%❯]) +(?=\S)/iu;

/** The prompt at the beginning of a line and what was typed behind it; null where there is none. */
export function readPrompt(line: string, within: 'block' | 'prose'): PromptLine | null {
  const text = line.trimStart();
  for (const [session, pattern] of certain) {
    const found = pattern.exec(text);
    if (found)
      return { session, typed: text.slice(found[0].length).trimEnd(), host: found.groups?.host ?? null };
  }
  const isIndented = /^(?: {4}|\t)/.test(line);
  const found = (within === 'prose' && !isIndented ? doubtfulInProse : doubtful).exec(text);
  const typed = found ? text.slice(found[0].length).trimEnd() : '';
  return found && (looksLikeCommand(typed, 'line') || looksLikeCommand(typed, 'inline'))
    ? { session: 'shell', typed, host: null }
    : null;
}

/** What a session writes before the next line of one statement, and that line without it. */
export function readContinuation(line: string, session: Session): string | null {
  const pattern =
    session === 'sql' ? /^(?:\s*[-'"`]?->|(?:[2-9]|\d\d)>|\w[\w-]{0,30}[-('"*$][#>]) ?/ : /^>{1,2}(?: |$)/;
  const found = pattern.exec(line);
  return found ? line.slice(found[0].length).trimEnd() : null;
}
