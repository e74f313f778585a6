import { destroys, destroysUnless, type RuleTable, readsExcept, verbs } from '../rule.ts';
import { kubectlRule } from './kubernetes.ts';

const common = '-n= --namespace= -A --all-namespaces -o= --output= --context= --kube-context= --kubeconfig=';

/** What people use beside kubectl: delivery, meshes, networks, distributions of Kubernetes and its stores. */
export const clusterToolRules: RuleTable = {
  istioctl: verbs({
    flags: { harmless: `${common} -c= -i= --istioNamespace= --revision= -r=` },
    reads: `proxy-status, ps, proxy-config, pc, analyze, version, describe, x describe, experimental describe,
      validate, verify-install, profile list, profile dump, x precheck, authz check, x authz check, tag list,
      manifest generate, x wait`,
    mutates: 'tag set, kube-inject, create-remote-secret',
    destroys: 'install, upgrade, uninstall, x uninstall, operator, tag remove, manifest install, dashboard',
  }),
  linkerd: verbs({
    flags: { harmless: common },
    reads: `check, viz stat, viz top, viz tap, viz edges, viz routes, version, stat, top, tap, edges, routes,
      diagnostics, viz check, identity, authz, inject, profile, install, viz install, upgrade,
      multicluster check, multicluster gateways`,
  }),
  argocd: verbs({
    flags: {
      harmless: '--server= -o= --output= --grpc-web --auth-token= --insecure --revision= --plaintext --core',
      destructive: '--prune --force --replace',
    },
    reads: `app list, app get, app diff, app history, app logs, app resources, app manifests, app wait,
      cluster list, cluster get, version, proj list, proj get, repo list, repo get, account list,
      account can-i, account get-user-info, context $, app actions list, cert list`,
    mutates: 'app sync, app rollback, app refresh, app set, app create, login, relogin, context',
    destroys: `app delete, app terminate-op, cluster rm, repo rm, proj delete, app delete-resource, app patch,
        app unset`,
    rehearsal: ['--dry-run'],
  }),
  'kubectl-argo-rollouts argo': verbs({
    flags: { harmless: common },
    reads: 'get, list, logs, status, version, template list, template get, cron list',
    mutates: 'promote, restart, retry, set, pause, undo, submit, resume, resubmit',
    destroys: 'abort, terminate, stop, delete',
  }),
  flux: verbs({
    flags: { harmless: common },
    reads: 'get, check, logs, events, stats, trace, tree, version, export, diff, build',
    mutates: 'reconcile, suspend, resume, create',
    destroys: 'delete, uninstall, bootstrap, install',
  }),
  cilium: verbs({
    flags: { harmless: common },
    reads: `status, version, endpoint list, endpoint get, service list, bpf * list, bpf ct list *, policy get,
      policy trace, node list, identity list, identity get, config view, config $, monitor, metrics list,
      context`,
  }),
  hubble: verbs({ flags: {}, reads: 'observe, status, list, version' }),
  calicoctl: verbs({
    flags: { harmless: common },
    reads: 'get, node status, ipam show, ipam check, version',
    mutates: 'create, apply, label, node checksystem',
    destroys: 'delete, replace, patch, ipam release, node run',
  }),
  velero: verbs({
    flags: { harmless: common },
    reads: `backup get, backup describe, backup logs, restore get, restore describe, restore logs,
      schedule get, schedule describe, backup-location get, snapshot-location get, version, get, describe,
      plugin get, repo get`,
    mutates: 'backup create, create backup, schedule create, create schedule',
    destroys: `backup delete, restore create, restore delete, delete, schedule delete, uninstall, install,
        schedule pause`,
  }),
  'k3s microk8s minikube rke2': verbs({
    flags: { harmless: '-p= --profile=' },
    reads: `check-config, status, version, ip, profile list, node list, service list, logs, config view, --version,
        etcd-snapshot ls, addons list, crictl ps, ctr version`,
    mutates: 'start, etcd-snapshot save, enable',
    destroys: `stop, delete, reset, server, agent, kill, pause, disable, uninstall, ssh, certificate,
        etcd-snapshot delete`,
    only: { kubectl: kubectlRule },
  }),
  talosctl: verbs({
    flags: { harmless: '-n= --nodes= -e= --endpoints= --talosconfig= -f --tail= -k' },
    reads: `version, health, services, service $, logs, dmesg, get, list, read, stats, processes, containers,
      memory, disks, mounts, etcd members, etcd status, etcd alarm list, dashboard, events, netstat, usage,
      time, config info, config contexts, cgroups, df, ls, ps`,
    mutates: 'service * restart, service * start, etcd snapshot, config endpoint, config node',
    destroys: `reset, reboot, shutdown, upgrade, apply-config, edit, patch, etcd remove-member, etcd leave, bootstrap,
        service * stop`,
  }),
  'eksctl kops': verbs({
    flags: { harmless: '--cluster= --region= --name= --state= -o= --profile=' },
    reads: 'get, version, info, validate, utils describe-*, toolbox dump',
    mutates: 'create, scale, utils write-kubeconfig, export',
    destroys: 'delete, upgrade, update, drain, rolling-update, replace, edit, rollback',
  }),
  'k9s kubefwd telepresence': verbs({ flags: {}, reads: 'version, info, status, list' }),
  etcdctl: verbs({
    flags: {
      harmless: `--endpoints= --cacert= --cert= --key= -w= --write-out= --user= --password= --command-timeout=
        --dial-timeout= --cluster --prefix --keys-only --limit= --insecure-skip-tls-verify --rev= --from-key
        --print-value-only --count-only --hex --consistency= --order= --sort-by= -C=`,
    },
    reads: `get, endpoint health, endpoint status, endpoint hashkv, member list, alarm list, version,
      user list, user get, role list, role get, snapshot status, lease list, lease timetolive, auth status,
      ls, cluster-health, elect -l`,
    mutates: `put, defrag, alarm disarm, snapshot save *, move-leader *, lease grant, check perf, lease keep-alive,
        user add, role add, set, mk, mkdir`,
    destroys: `del, compact, compaction, member remove, member add, member update, member promote,
      snapshot restore, auth disable, auth enable, lease revoke, user delete, role delete, rm, rmdir, txn,
      make-mirror, migrate`,
  }),
  etcdutl: verbs({
    flags: { harmless: '-w=' },
    reads: 'snapshot status, version, hashkv',
    destroys: 'snapshot restore, defrag, backup',
  }),
  runc: destroysUnless({ reading: '--version -v' }),
  'kube-bench syft': readsExcept({ writes: '--outputfile= --file=' }),
  kubescape: verbs({ flags: { writes: '-o= --output=' }, reads: 'scan, list, version' }),
  trivy: verbs({
    flags: { harmless: '-f= --format= -s= --severity= -q', writes: '-o= --output=' },
    reads: 'image, i, fs, filesystem, k8s, repo, config, rootfs, sbom, vm, version',
  }),
  grype: readsExcept({ writes: '--file=' }, { matching: /^(?!db$)/, otherwise: 'mutating' }),
  'buildah kaniko': destroys,
};
