/** A regular expression between slashes, without code in it. */
const regex = String.raw`/(?:[^/\\\n(]|\\.|\((?!\?\??\{))*/[gimsx]*`;
const text = String.raw`"(?:[^"\\@\n]|\\[nt"\\])*"|'[^'\\\n]*'`;
const value = String.raw`\$[\w.&]+(?:\[-?\d+\])?|\$F\[-?\d+\]|\d+|${text}`;
const condition = String.raw`(?:!?\s?(?:\$\w+\s*=~\s*)?${regex}|\$\.\s*(?:==|<=?|>=?)\s*\d+|(?:${value})\s*(?:==|!=|<=?|>=?|eq|ne)\s*(?:${value}))`;
const statement = [
  String.raw`print(?:\s+(?:${value})(?:\s*[,.]\s*(?:${value}))*)?(?:\s+(?:if|unless)\s+${condition}(?:\s*(?:&&|and|or|\|\||\.\.\.?)\s*${condition})*)?`,
  String.raw`s/(?:[^/\\\n(]|\\.|\((?!\?\??\{))*/(?:[^/\\\n@]|\\.)*/[gimsx]*`,
  String.raw`\$\w+\s*(?:\+=|=)\s*(?:${value})|\$\w+\+\+`,
].join('|');
const oneStatement = new RegExp(`^(?:(?:END|BEGIN)\\s*\\{\\s*)?(?:${statement})?(?:\\s*\\})?$`);

/**
 * True when the arguments are one of the few shapes of a perl filter that certainly only print: `print if /x/`,
 * `s/a/b/g`, sums. In-place editing, modules and any other word are not.
 */
export function perlOnlyPrints(texts: readonly (string | null)[]): boolean {
  const last = texts.findIndex((word) => word !== null && /^-[nplaw]*e$/.test(word));
  const [code, ...files] = texts.slice(last + 1);
  const isFilter =
    last >= 0 && texts.slice(0, last).every((word) => /^-(?:[nplaw]+|F[^\s'"$@]{1,3})$/.test(word ?? ''));
  const isPlainFile = (file: string | null) =>
    file !== null && /^[\w./*-]+$/.test(file) && !file.startsWith('-');
  if (!isFilter || typeof code !== 'string' || code.length > 300) return false;
  return files.every(isPlainFile) && code.split(';').every((piece) => oneStatement.test(piece.trim()));
}
