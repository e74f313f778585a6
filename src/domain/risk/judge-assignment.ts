import type { Assignment } from './command-tree.ts';
import { destructive, readOnly, type Verdict } from './risk.ts';

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

/** Judges `NAME=value`, in front of a command or alone. */
export function judgeAssignment(assignment: Pick<Assignment, 'name'>): Verdict {
  return changesCode.test(assignment.name)
    ? destructive(`setting ${assignment.name} can change which code runs`)
    : readOnly(`sets ${assignment.name}`);
}
