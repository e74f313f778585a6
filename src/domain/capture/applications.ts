/** Applications that incidents are about, each with the words that name it. */
const applications: Readonly<Record<string, RegExp>> = {
  nginx: /\bnginx\b/i,
  apache: /\b(?:apache2?|httpd|apachectl)\b/i,
  haproxy: /\bhaproxy\b/i,
  traefik: /\btraefik\b/i,
  envoy: /\b(?:envoy|istio(?:ctl)?)\b/i,
  varnish: /\bvarnish\w*\b/i,
  iis: /\b(?:iis|app pool|application pool)\b|WebAppPool/i,
  postgresql: /\b(?:postgres(?:ql)?|psql|pg_\w+|pgbouncer|patroni(?:ctl)?)\b/i,
  mysql: /\b(?:mysql\w*|mariadb)\b/i,
  mongodb: /\b(?:mongo(?:db|sh|d|s)?)\b/i,
  redis: /\bredis(?:-cli|-server)?\b/i,
  memcached: /\bmemcached?\b/i,
  elasticsearch: /\b(?:elastic(?:search)?|opensearch|_cluster\/(?:health|reroute|settings))\b/i,
  kafka: /\bkafka\b|\bkafka-[\w-]+/i,
  rabbitmq: /\brabbit(?:mq\w*)?\b/i,
  cassandra: /\b(?:cassandra|nodetool)\b/i,
  etcd: /\betcd(?:ctl)?\b/i,
  consul: /\bconsul\b/i,
  vault: /\bvault (?:status|operator|seal|unseal)|\bsealed\b/i,
  jenkins: /\bjenkins\b/i,
  gitlab: /\bgitlab\w*\b/i,
  prometheus: /\bprometheus\b/i,
  grafana: /\bgrafana\b/i,
  docker: /\bdocker(?:d)?\b/i,
  containerd: /\b(?:containerd|crictl)\b/i,
  unbound: /\bunbound\b/i,
  bind: /\b(?:bind9|named|rndc)\b/i,
  coredns: /\bcoredns\b/i,
  postfix: /\b(?:postfix|postqueue|postsuper)\b/i,
  nfs: /\b(?:nfs(?:-server)?|exportfs|showmount)\b/i,
  ceph: /\bceph\b/i,
  tomcat: /\btomcat\d*\b/i,
  'php-fpm': /\bphp[\d.]*-fpm\b/i,
  keycloak: /\bkeycloak\b/i,
  kubernetes: /\b(?:kubectl|kubelet|k8s|kubernetes|helm)\b/i,
};

/** Other things that incidents are about. */
const topics: Readonly<Record<string, RegExp>> = {
  disk: /\b(?:disk|no space left|inodes?|df -|filesystem|volume is full)\b/i,
  memory: /\b(?:oom\w*|out of memory|memory leak|heap)\b/i,
  cpu: /\bcpu\b|load average/i,
  tls: /\b(?:tls|ssl|certs?|certificates?|certbot|handshake)\b/i,
  dns: /\b(?:dns|name resolution|resolv\.conf|dig|nslookup|nxdomain)\b/i,
  network: /\b(?:packet loss|ping|mtr|traceroute|bgp|vpn|mtu|firewall|iptables|connection refused)\b/i,
  replication: /\b(?:replicas?|replication|slave) ?(?:lag|status|broken)?\b/i,
  backup: /\bbackups?\b/i,
  deploy: /\b(?:roll(?:ed)? ?back|rollout|release|deploy(?:ed)?)\b/i,
};

const countOf = (pattern: RegExp, text: string): number => text.match(new RegExp(pattern, 'gi'))?.length ?? 0;

/** The applications that a thread names, the one it names most first; the first in the table where two are level. */
export function applicationsIn(prose: string, code: readonly string[]): readonly string[] {
  const all = code.join('\n');
  return Object.entries(applications)
    .map(([name, pattern]) => ({ name, count: 2 * countOf(pattern, prose) + countOf(pattern, all) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ name }) => name);
}

/** The topics of a thread, in the order of the table. */
export function topicsIn(text: string): readonly string[] {
  return Object.entries(topics).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
}
