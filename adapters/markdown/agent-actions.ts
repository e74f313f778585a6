import { quoteWord } from '#domain/runbook/quote-word.ts';
import type { StepKind } from '#domain/runbook/runbook.ts';
import { ownValue } from '#domain/text/own-value.ts';

/** What an action of an agent-style runbook runs. `{service|name=x}` is a parameter, its other names and its default. */
interface Action {
  readonly kind: StepKind;
  readonly template: string;
}

const look = (template: string): Action => ({ kind: 'diagnostic', template });
const change = (template: string): Action => ({ kind: 'remediation', template });

const service = '{service|service_name|name|unit}';
const path = '{path|file|log_file|log_path}';

/** Actions by name; dashes, blanks and case do not matter. */
const actions: Readonly<Record<string, Action>> = {
  restart_service: change(`systemctl restart ${service}`),
  service_restart: change(`systemctl restart ${service}`),
  start_service: change(`systemctl start ${service}`),
  stop_service: change(`systemctl stop ${service}`),
  reload_service: change(`systemctl reload ${service}`),
  check_service: look(`systemctl status ${service} --no-pager`),
  service_status: look(`systemctl status ${service} --no-pager`),
  check_disk: look('df -h {path|mount|filesystem=/}'),
  disk_usage: look('df -h {path|mount|filesystem=/}'),
  find_large_files: look('find {path|directory=/var} -xdev -type f -size +{size=100M} -ls'),
  check_memory: look('free -m'),
  check_cpu: look('top -b -n 1'),
  check_load: look('uptime'),
  check_process: look('pgrep -a {process|name|process_name}'),
  check_logs: look('journalctl -u {service|service_name|unit} -n {lines=100} --no-pager'),
  tail_logs: look(`tail -n {lines=100} ${path}`),
  tail_log: look(`tail -n {lines=100} ${path}`),
  check_port: look('ss -ltn'),
  http_check: look('curl -fsS -m 10 {url|endpoint}'),
  check_url: look('curl -fsS -m 10 {url|endpoint}'),
  check_dns: look('dig +short {hostname|domain|name}'),
  ping: look('ping -c 4 {target|hostname|address}'),
  kill_process: change('kill {pid}'),
  wait: look('sleep {seconds|duration=10}'),
  sleep: look('sleep {seconds|duration=10}'),
};

/** Actions whose command stands in their parameters. */
const shells = new Set([
  'shell',
  'command',
  'cmd',
  'run',
  'run_command',
  'execute',
  'execute_command',
  'exec',
  'script',
  'bash',
  'sh',
  'ssh',
]);
const commandKeys = ['command', 'cmd', 'script', 'run', 'code'];

/** The command of an action, or why there is none. */
export type ActionCommand =
  | { readonly kind: 'command'; readonly stepKind: StepKind; readonly command: string }
  | { readonly kind: 'problem'; readonly message: string };

/** Finds what an action runs; values become one word each, `<x>`, `$X` and `{{x}}` stay placeholders. */
export function commandOfAction(action: string, params: ReadonlyMap<string, string>): ActionCommand {
  const name = action
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, '_');
  if (shells.has(name)) {
    const command = commandKeys.map((key) => params.get(key)).find((text) => text !== undefined);
    if (command?.trim()) return { kind: 'command', stepKind: 'remediation', command: command.trim() };
    return problem(`the action "${action}" needs a command in its params`);
  }
  const known = ownValue(actions, name);
  if (!known) return problem(`unknown action "${action}"; write it as a shell action with a command`);
  return fillIn(known, action, params);
}

function problem(message: string): ActionCommand {
  return { kind: 'problem', message };
}

function fillIn(
  { kind, template }: Action,
  action: string,
  params: ReadonlyMap<string, string>,
): ActionCommand {
  const missing: string[] = [];
  const command = template.replace(
    /\{([a-z_|]+)(?:=([^}]*))?\}/g,
    (_all, names: string, fallback?: string) => {
      const value =
        names
          .split('|')
          .map((name) => params.get(name))
          .find((text) => text !== undefined) ?? fallback;
      if (value === undefined) missing.push(names.split('|')[0] ?? names);
      return writeValue(value ?? '');
    },
  );
  if (missing.length > 0) return problem(`the action "${action}" needs ${missing.join(', ')} in its params`);
  return { kind: 'command', stepKind: kind, command };
}

/** A value that is a placeholder as a whole stays one; everything else is one fixed word. */
function writeValue(value: string): string {
  const isPlaceholder = /^(?:\{\{\s*\w+\s*\}\}|<[A-Za-z][\w .-]*>|\$\{?[A-Z][A-Z0-9_]*\}?)$/.test(
    value.trim(),
  );
  return isPlaceholder ? value.trim() : quoteWord(value);
}
