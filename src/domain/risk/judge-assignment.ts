import { ownValue } from '../text/own-value.ts';
import type { Assignment, Word, WordPart } from './command-tree.ts';
import { destructive, readOnly, type Verdict } from './risk.ts';
import { literalOf } from './word.ts';

/**
 * Variables that change which code runs: search paths, preloaded libraries, start-up files, pagers and editors,
 * options of interpreters. (ld.so(8), bash(1), git(1), less(1), psql(1) and the interpreters' manuals.)
 */
const changesCode = new RegExp(
  `^(?:${[
    'PATH|IFS|ENV|BASH_ENV|BASHOPTS|SHELLOPTS|SHELL|PS[0-4]|PROMPT_COMMAND|CDPATH|GLOBIGNORE|FPATH|HOME',
    'LD_.*|DYLD_.*|GCONV_PATH|NLSPATH|LOCPATH|GETCONF_DIR|MALLOC_.*|TMPDIR|HOSTALIASES|RES_OPTIONS',
    '.*PAGER|.*EDITOR|VISUAL|BROWSER|LESS.*|MAN.*OPT|.*_ASKPASS|.*_COMMAND',
    'GIT_.*|SSH_.*|RSYNC_.*|CVS_RSH|TAR_OPTIONS|GZIP|AWKPATH|AWKLIBPATH|POSIXLY_CORRECT',
    'PYTHON.*|PERL.*|RUBY.*|GEM_.*|NODE_.*|NPM_.*|JAVA_.*|_?JDK_JAVA_OPTIONS|CLASSPATH|LUA_.*',
    'PSQLRC|MYSQL_HOME|CURL_HOME|WGETRC|INPUTRC|TERMINFO.*|OPENSSL_.*|SSLKEYLOGFILE|KUBE_EDITOR|KUBECTL_.*|HELM_PLUGINS',
  ].join('|')})$`,
);

/** Values with which such a variable does no harm: pagers that print, and the system's own directories. */
const harmlessValues: Readonly<Record<string, RegExp>> = {
  PATH: /^(?:(?:\/usr(?:\/local)?)?\/s?bin(?::|$)|\$PATH(?::|$))+$/,
  IFS: /^\s*$/,
  PAGER: /^(?:cat|less|more)?$/,
  GIT_PAGER: /^(?:cat|less|more)?$/,
  SYSTEMD_PAGER: /^(?:cat|less|more)?$/,
  PSQL_PAGER: /^(?:cat|less|more)?$/,
  AWS_PAGER: /^(?:cat|less|more)?$/,
  GIT_TERMINAL_PROMPT: /^[01]$/,
  GIT_OPTIONAL_LOCKS: /^[01]$/,
  PYTHONUNBUFFERED: /^\w*$/,
};

/**
 * Judges `NAME=value`, in front of a command or alone. A value that is not known counts as the worst one.
 */
export function judgeAssignment({ name, value }: Pick<Assignment, 'name'> & Partial<Assignment>): Verdict {
  const text = value ? textOf(value) : null;
  const isHarmless = text !== null && ownValue(harmlessValues, name)?.test(text);
  return changesCode.test(name) && !isHarmless
    ? destructive(`setting ${name} can change which code runs`)
    : readOnly(`sets ${name}`);
}

/** The text of a value; `$PATH` in it stands for itself. */
function textOf(value: Word): string | null {
  const parts = value.parts.map((part): WordPart => {
    const isPath = part.kind === 'variable' && part.name === 'PATH';
    return isPath ? { kind: 'literal', text: '$PATH', quoted: true } : part;
  });
  return literalOf({ ...value, parts });
}
