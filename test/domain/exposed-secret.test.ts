import { expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { exposedSecret } from '#domain/exposure/exposed-secret.ts';
import type { Given } from '#domain/runbook/given.ts';

const { parse } = await createBashCommandParser();
const environment = [{ name: 'TOKEN', secret: 'runbooks/api' }];
const inEnvironment: Given = { environment, input: null };
const on = (descriptor: number): Given => ({
  environment: [],
  input: { descriptor, secret: 'runbooks/api' },
});
const programIn = (command: string, given: Given) => exposedSecret(command, given, parse)?.program;

it.each([
  ['mysql', 'mysql -u root -p"$TOKEN" -e status'],
  ['curl', `curl -fsS -H "Authorization: Bearer \${TOKEN}" https://api.internal/health`],
  ['curl', 'uptime; if true; then for i in 1 2; do curl -u ops:$TOKEN https://api.internal; done; fi'],
  ['curl', `curl -u "ops:\${TOKEN:-none}" https://api.internal`],
  ['redis-cli', 'out=$(redis-cli -a "$TOKEN" info) && echo "$out"'],
  ['env', 'env PGPASSWORD="$TOKEN" psql -c "select 1"'],
  ['sudo', 'sudo PGPASSWORD=$TOKEN psql -c "select 1"'],
  ['mysql', 'p="$TOKEN"; q=x$p; mysql -p"$q"'],
  ['mysql', 'export P="$TOKEN"; mysql -p"$P"'],
  ['mysql', 'for p in $TOKEN; do mysql -p"$p"; done'],
  ['mysql', 'set -- "$TOKEN"; mysql -p"$1"'],
  ['curl', 'curl -u "ops:$(printf %s "$TOKEN" | base64)" https://api.internal'],
  ['mysql', `sh -c 'mysql -p"$TOKEN"'`],
  ['mysql', `timeout 5 bash -ec 'sleep 1; mysql -p"$TOKEN"'`],
  ['sh', 'sh -c "mysql -p$TOKEN"'],
  ['eval', 'eval "mysql -p$TOKEN"'],
  ['sh', 'sh <<END\nmysql -p$TOKEN\nEND'],
  ['mysql', `sh <<'END'\nmysql -p$TOKEN\nEND`],
  ['xargs', `printf %s "$TOKEN" | xargs -I{} mysql -p{}`],
  ['mysql', 'printf %s "$TOKEN" | { read -r p; mysql -p"$p"; }'],
])('%s would get a secret of the environment as an argument: %s', (program, command) => {
  expect(programIn(command, inEnvironment)).toBe(program);
});

it.each([
  'psql -c "select 1"',
  'test -n "$TOKEN" && echo "the token is set"',
  `printf 'header = "Authorization: Bearer %s"' "$TOKEN" | curl --config - https://api.internal`,
  'MYSQL_PWD="$TOKEN" mysql -e status',
  'export PGPASSWORD="$TOKEN"; psql -c "select 1"',
  'docker login -u ops --password-stdin registry.internal <<END\n$TOKEN\nEND',
  `envsubst '$TOKEN' <template.conf >/etc/app.conf`,
  `awk '{ print ENVIRON["TOKEN"] }' /dev/null | wc -c`,
  `[ "\${#TOKEN}" -gt 20 ] || echo "only \${#TOKEN} characters"`,
  `curl \${TOKEN:+--fail} https://api.internal`,
  'echo "$TOKEN" | sudo -S true',
  `sh -c 'printf %s "$TOKEN" | sha256sum'`,
  'echo $TOKENS; date "+$OTHER"',
])('nobody gets a secret of the environment as an argument: %s', (command) => {
  expect(programIn(command, inEnvironment)).toBeUndefined();
});

it.each([
  [3, 'mysql', 'mysql -p"$(cat <&3)" -e status'],
  [3, 'mysql', 'mysql -p"$(cat /dev/fd/3)" -e status'],
  [3, 'mysql', 'read -r p <&3; mysql -p"$p" -e status'],
  [0, 'mysql', 'mysql -p"$(cat)" -e status'],
  [0, 'mysql', 'IFS= read -r p; mysql -p"$p" -e status'],
  [0, 'xargs', 'xargs mysql -e status -p'],
  [0, 'curl', 'curl -H "X-Key: $(head -c 40)" https://api.internal'],
])('what is read on descriptor %i becomes no argument of %s: %s', (descriptor, program, command) => {
  expect(programIn(command, on(descriptor))).toBe(program);
});

it.each([
  [0, 'docker login -u ops --password-stdin registry.internal'],
  [0, 'echo "$(hostname) $(cat /etc/machine-id)"; cat >/etc/app.key'],
  [0, 'ps -ef | grep "$(cat /run/app.pid)"'],
  [0, 'cat hosts.txt | while read -r h; do ping -c1 "$h"; done'],
  [3, 'openssl rsa -in key.pem -passin fd:3 -check -noout'],
  [3, 'read -r n; echo "$n" | xargs ping -c1'],
  [3, 'curl -H @/dev/fd/3 https://api.internal'],
])('what is read on descriptor %i may be read by a program: %s', (descriptor, command) => {
  expect(programIn(command, on(descriptor))).toBeUndefined();
});

it('counts a text that cannot be read as exposing what it names, and nothing else', () => {
  expect(programIn('mysql -p"$TOKEN" "', inEnvironment)).toBe('a command that cannot be read');
  expect(programIn('echo "', inEnvironment)).toBeUndefined();
  expect(programIn('mysql -p"$TOKEN" "', { environment: [], input: null })).toBeUndefined();
});
