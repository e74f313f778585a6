import { verdictFor } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, mutating, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge, Scope } from '../rule.ts';
import { literalOf } from '../word.ts';

const flags = {
  harmless: `-m= --module-name= -a= --args= -i= --inventory= -l= --limit= -u= --user= -b --become --become-user= -f= --forks=
    -o --one-line -v -vv -vvv -k -K -e= --extra-vars= -C --check -D --diff -t= --tags= --skip-tags= --list-hosts --list-tasks
    --list-tags --syntax-check --flush-cache --private-key= -T= --start-at-task=`,
  destructive: '-M= --module-path= --ssh-common-args= --ssh-extra-args= --connection= -c=',
} as const satisfies Flags;

/** Modules that only gather facts. */
const reading = new Set(
  `ping setup debug stat slurp gather_facts service_facts package_facts getent assert wait_for uri_get find
   win_ping`.split(/\s+/),
);
/** Modules whose arguments are shell code. */
const running = /^(?:command|shell|raw)$/;

/** ansible(1), ad hoc: the module decides; `shell`, `command` and `raw` run what their arguments say. */
export const judgeAnsible: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, flags);
  const lastOf = (...names: readonly string[]) => {
    const flag = read.flags.findLast(({ name }) => names.includes(name));
    return flag ? flag.value && literalOf(flag.value) : '';
  };
  const module = lastOf('-m', '--module-name');
  const given = lastOf('-a', '--args');
  if (module === null || given === null)
    return destructive(`${program}: its task is known only when it runs`);
  const strange = [
    ...read.unlisted,
    ...read.flags.filter(({ effect }) => effect === 'destructive').map(({ name }) => name),
  ];
  const unknown = strange.map((name) => destructive(`${program}: the option ${name} is not known`));
  const asks = read.flags.some(({ name }) => /^(?:--list-hosts|-C|--check)$/.test(name));
  return worstVerdict(
    [judgeTask(module.replace(/^ansible\.(?:builtin|legacy)\./, ''), given, asks, scope), ...unknown],
    readOnly(''),
  );
};

function judgeTask(module: string, given: string, asks: boolean, scope: Scope): Verdict {
  // In check mode a command is skipped.
  if (asks) return readOnly('ansible only rehearses');
  if (module === '' || running.test(module)) return scope.judgeCode(given === '' ? null : given);
  if (reading.has(module)) return readOnly(`ansible ${module} only reads`);
  const takesAway = /\bstate=(?:absent|stopped|killed|unmounted|removed)\b|\bforce=|\bclean=/.test(given);
  if (
    takesAway ||
    !/^(?:service|systemd|systemd_service|package|apt|yum|dnf|user|group|cron|lineinfile)$/.test(module)
  ) {
    return destructive(`ansible ${module} can delete, overwrite or run something else`);
  }
  return mutating(`ansible ${module} changes state`);
}

/** ansible-playbook(1): the playbook is not seen here, so only its listings and its check mode are known to read. */
export const judgeAnsiblePlaybook: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const asks = read.flags.some(({ name }) =>
    /^(?:-C|--check|--list-hosts|--list-tasks|--list-tags|--syntax-check)$/.test(name),
  );
  const risk = asks && read.unlisted.length === 0 ? 'read-only' : 'destructive';
  return verdictFor(risk, `${program}${asks ? ' --check' : ' runs a playbook that'}`);
};
