/** The two families of SQL that differ in strings, comments and client commands. */
export type SqlDialect = 'postgres' | 'mysql';

/** A piece of SQL as far as judging needs it. Words are upper case, strings and numbers have lost their text. */
export type SqlToken =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'name' }
  | { readonly kind: 'value' }
  | { readonly kind: 'sign'; readonly text: string }
  /** A client command such as `\G` or `\d`. */
  | { readonly kind: 'client'; readonly text: string }
  /** Text that two settings of the server would read in two ways. */
  | { readonly kind: 'unclear'; readonly why: string };

interface Pattern {
  readonly pattern: RegExp;
  readonly token: (text: string) => SqlToken | null;
}

const value = (): SqlToken => ({ kind: 'value' });
const unclear = (why: string) => (): SqlToken => ({ kind: 'unclear', why });

/** A backslash before a quote ends the string or not, depending on a setting. */
const stringToken = (text: string): SqlToken =>
  /\\['"\\]/.test(text) ? { kind: 'unclear', why: 'a backslash inside a string' } : { kind: 'value' };

const common: readonly Pattern[] = [
  { pattern: /\s+/y, token: () => null },
  { pattern: /'(?:[^'\\]|''|\\[\s\S])*'/y, token: stringToken },
  { pattern: /(?:0x[0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)/y, token: value },
  { pattern: /[\p{L}_][\p{L}\p{N}_$]*/uy, token: (text) => ({ kind: 'word', text: text.toUpperCase() }) },
  { pattern: /\\[A-Za-z!?;][^\n]*/y, token: (text) => ({ kind: 'client', text: text.trim() }) },
  { pattern: /[-+*/<>=~!@#%^&|`?:.,;()[\]{}]/y, token: (text) => ({ kind: 'sign', text }) },
];

const dialects: Readonly<Record<SqlDialect, readonly Pattern[]>> = {
  postgres: [
    { pattern: /--[^\n]*/y, token: () => null },
    { pattern: /\/\*(?:(?!\/\*|\*\/)[\s\S])*\*\//y, token: () => null },
    { pattern: /\/\*/y, token: unclear('a nested or open comment') },
    { pattern: /[eE]'(?:[^'\\]|''|\\[\s\S])*'/y, token: value },
    { pattern: /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/y, token: value },
    { pattern: /"(?:[^"]|"")*"/y, token: () => ({ kind: 'name' }) },
    { pattern: /\$\d+/y, token: value },
  ],
  mysql: [
    { pattern: /--(?=\s|$)[^\n]*/y, token: () => null },
    { pattern: /#[^\n]*/y, token: () => null },
    { pattern: /\/\*[!+M]/y, token: unclear('a comment that the server runs') },
    { pattern: /\/\*[\s\S]*?\*\//y, token: () => null },
    { pattern: /\/\*/y, token: unclear('an open comment') },
    { pattern: /"(?:[^"\\]|""|\\[\s\S])*"/y, token: stringToken },
    { pattern: /`(?:[^`]|``)*`/y, token: () => ({ kind: 'name' }) },
    { pattern: /@{1,2}[\p{L}_][\p{L}\p{N}_$.]*/uy, token: value },
  ],
};

/** Cuts SQL into tokens; whatever fits nothing is `unclear`. */
export function sqlTokens(sql: string, dialect: SqlDialect): readonly SqlToken[] {
  const patterns = [...dialects[dialect], ...common];
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length; ) {
    const found = firstMatch(patterns, sql, at);
    if (!found) return [...tokens, { kind: 'unclear', why: `the character ${sql[at]}` }];
    at += found.length;
    if (found.token) tokens.push(found.token);
  }
  return tokens;
}

function firstMatch(patterns: readonly Pattern[], sql: string, at: number) {
  for (const { pattern, token } of patterns) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(sql) ?? [];
    if (text) return { length: text.length, token: token(text) };
  }
  return null;
}
