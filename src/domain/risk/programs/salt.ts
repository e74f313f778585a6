import { verdictFor } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, type Risk, readOnly, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const flags = {
  harmless: `-G --grain -E --pcre -L --list -C --compound -I --pillar -N -t= --timeout= --out= --output= -v --verbose -b= --batch=
    --local --static --show-timeout -l= --log-level= --no-color --summary -s`,
} as const satisfies Flags;

const reading =
  /^(?:test\.(?:ping|version|versions)|grains\.\w+s?|pillar\.(?:get|items|item|ls)|status\.\w+|disk\.(?:usage|percent|inodeusage)|network\.(?:ip_addrs|interfaces|netstat|ping|connect|dig)|service\.(?:status|get_all|available|enabled|get_running)|pkg\.(?:list_pkgs|version|list_upgrades|latest_version)|ps\.(?:top|get_pid_list|pgrep|cpu_percent|virtual_memory_usage)|sys\.\w+|file\.(?:stats|read|find|file_exists|contains|grep|get_hash|directory_exists|readdir)|saltutil\.(?:running|find_job)|user\.(?:info|list_users)|cron\.ls|state\.show_\w+|system\.get_system_time)$/;
const changing =
  /^(?:service\.(?:restart|start|reload|enable)|pkg\.(?:install|upgrade|refresh_db)|saltutil\.(?:sync_\w+|refresh_\w+)|user\.add|mine\.update)$/;
/** Grains that write, although the family mostly reads. */
const grainsThatWrite = /^grains\.(?:set\w*|append|remove|del\w*)$/;
const codeRunners = /^cmd\.(?:run|run_all|run_stdout|shell|retcode)$/;

/** salt(1): the function behind the target decides; `cmd.run` runs what stands behind it. */
export const judgeSalt: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, flags);
  const words = program === 'salt' ? read.operands.slice(1) : read.operands;
  const [name, code, ...more] = words.map(literalOf);
  if (name === undefined || name === null)
    return destructive(`${program}: what it runs is known only when it runs`);
  const unknown = read.unlisted.map((flag) => destructive(`${program}: the option ${flag} is not known`));
  const rehearses =
    name.startsWith('state.') && words.some((word) => /^test=(?:True|1)$/.test(literalOf(word) ?? ''));
  const judged =
    codeRunners.test(name) && more.length === 0
      ? scope.judgeCode(code ?? null)
      : verdictFor(rehearses ? 'read-only' : riskOf(name), `${program} ${name}`);
  return worstVerdict([judged, ...unknown], readOnly(''));
};

function riskOf(name: string): Risk {
  if (reading.test(name) && !grainsThatWrite.test(name)) return 'read-only';
  return changing.test(name) ? 'mutating' : 'destructive';
}
