import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';

const services = [
  ['nginx', 'web', 'systemctl status nginx', 'tail -n 200 /var/log/nginx/error.log'],
  ['postgresql', 'database', 'pg_isready', 'psql -c "select count(*) from pg_stat_activity"'],
  ['mysql', 'database', 'mysqladmin status', 'mysql -e "show processlist"'],
  ['redis', 'cache', 'redis-cli info memory', 'redis-cli --bigkeys'],
  ['rabbitmq', 'queue', 'rabbitmqctl status', 'rabbitmqctl list_queues name messages'],
  ['kafka', 'queue', 'systemctl status kafka', 'kafka-consumer-groups.sh --list'],
  ['elasticsearch', 'search', 'curl -s localhost:9200/_cluster/health', 'curl -s localhost:9200/_cat/shards'],
  ['haproxy', 'proxy', 'systemctl status haproxy', 'tail -n 200 /var/log/haproxy.log'],
  ['kubelet', 'kubernetes', 'kubectl get nodes', 'kubectl get pods --all-namespaces'],
  ['docker', 'containers', 'docker info', 'docker ps --all'],
  ['coredns', 'dns', 'dig example.com', 'kubectl logs -n kube-system -l k8s-app=kube-dns'],
  ['vault', 'secrets', 'vault status', 'journalctl -u vault --since "1 hour ago"'],
  ['prometheus', 'monitoring', 'curl -s localhost:9090/-/healthy', 'journalctl -u prometheus -n 200'],
  ['payments', 'application', 'curl -s localhost:8080/healthz', 'journalctl -u payments -n 200'],
  ['checkout', 'application', 'curl -s localhost:8081/healthz', 'journalctl -u checkout -n 200'],
  ['mailer', 'application', 'systemctl status mailer', 'journalctl -u mailer -n 200'],
] as const;

const failures = [
  [
    'disk is full',
    'Writes fail with "no space left on device" and old logs fill the volume.',
    'df -h',
    'disk',
  ],
  [
    'memory leak',
    'Resident memory grows for hours until the kernel kills the process (OOM).',
    'free -m',
    'memory',
  ],
  ['high CPU', 'Load average stays far above the number of cores and requests queue up.', 'uptime', 'cpu'],
  [
    'certificate expires',
    'Clients report TLS handshake errors: the certificate is past its date.',
    'date',
    'tls',
  ],
  ['connections exhausted', 'New clients are refused with "too many connections".', 'ss -s', 'connections'],
  [
    'slow responses',
    'The 99th percentile of latency is ten times the usual, without errors.',
    'vmstat 1 3',
    'latency',
  ],
  ['does not start', 'The unit fails at boot and restarts in a loop.', 'systemctl --failed', 'startup'],
  ['replication lag', 'The standby is minutes behind and reads return old rows.', 'uptime', 'replication'],
  [
    'returns 5xx errors',
    'The error rate jumps after a deployment, upstream answers 502 and 504.',
    'uptime',
    'errors',
  ],
  ['backlog grows', 'Messages arrive faster than consumers acknowledge them.', 'uptime', 'backlog'],
  ['clock skew', 'Tokens are refused because the clock of the host is wrong.', 'timedatectl', 'time'],
  ['packet loss', 'Connections between zones stall and retransmit.', 'ip -s link', 'network'],
] as const;

const places = ['Frankfurt', 'Dublin', 'Oregon', 'Singapore', 'Tokyo', 'the staging cluster'] as const;

const parser = createRunbookParser(matchWhole);

/** `count` different runbooks as a team of operators may have them: about 16 services by 12 failures by place. */
export function syntheticRunbooks(count: number): readonly NewVersion[] {
  return Array.from({ length: count }, (_, index) => {
    const text = runbookText(index);
    const slug = `synthetic-${index}`;
    const parsed = parser.parse(text, `${slug}.md`);
    if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
    const { runbook } = parsed;
    const content = { kind: 'runbook', runbook } as const;
    return { slug, content, text, origin: `bench/${slug}.md`, author: runbook.owner, source: 'import' };
  });
}

/** `count` different questions as a responder would type them, about what the runbooks are for. */
export function syntheticQuestions(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const [service, role] = pick(services, index * 7 + 3);
    const [failure, symptom, , tag] = pick(failures, index * 5 + Math.floor(index / 12));
    const host = `${role}-${String(index % 40).padStart(2, '0')}`;
    const forms = [
      `${service} ${failure} on ${host}, started ${(index % 50) + 2} minutes ago`,
      `alert: ${service} ${tag} on ${host}. ${symptom}`,
      `${host} is in trouble: ${symptom.toLowerCase()} Restarting ${service} did not help, request ${index}`,
      `how do I deal with ${service} when it ${failure}? customers in ${pick(places, index)} complain`,
    ] as const;
    return pick(forms, index);
  });
}

function runbookText(index: number): string {
  const [service, role, status, logs] = pick(services, index);
  const [failure, symptom, check, tag] = pick(failures, Math.floor(index / services.length));
  const place = pick(places, Math.floor(index / (services.length * failures.length)));
  const fence = (id: string, command: string) => `\`\`\`sh {"id":"${id}"}\n${command}\n\`\`\``;
  return `---
title: "${service}: ${failure} in ${place}"
applies_to: { os: linux, application: ${service} }
tags: [${role}, ${tag}]
owner: "@${role}-team"
parameters:
  host: { type: host }
---
${symptom} Seen with ${service} on ${role} hosts in ${place}, most often after a deployment or at the end of the month.

## Check
Look whether ${service} answers at all.
${fence('status', status)}
See what the host itself says about ${tag}.
${fence('host', check)}
Read the last messages of ${service}; repeated errors name the cause.
${fence('logs', logs)}
## Fix
Restart ${service} once the cause is known; clients reconnect by themselves.
${fence('restart', `systemctl restart ${service}`)}
## Verify
${service} is active again and the ${tag} figures are back to normal within five minutes.
${fence('verify', `systemctl is-active ${service}`)}
## Rollback
Stop ${service} and tell the ${role} team when the restart made it worse.
${fence('stop', `systemctl stop ${service}`)}
`;
}

function pick<T>(from: readonly T[], index: number): T {
  const found = from[index % from.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
