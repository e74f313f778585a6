import { judgeAfterDashes } from '../programs/run-as.ts';
import { destroys, judgedBy, type RuleTable, reads, readsExcept, verbs } from '../rule.ts';

/** Kubernetes, Helm and Terraform. */
export const kubernetesRules: RuleTable = {
  'kubectl oc': verbs({
    flags: {
      harmless: `-n= --namespace= --context= --cluster= --kubeconfig= --request-timeout= -v= --user= -s= --server= --token=
        --as= --as-group= -A --all-namespaces -o= --output= -l= --selector= -f= --filename= -k= --kustomize= -c=
        --container= --tail= --since= --since-time= --field-selector= --sort-by= -L= --label-columns= --timeout= --for=
        --replicas= --revision= --to-revision= --type= -p --previous -w --watch --show-labels --no-headers --raw=
        --subresource= --ignore-not-found -R --recursive --limit-bytes= --max-log-requests= --cascade= --overwrite`,
      destructive: `--force --prune --grace-period=0 --replicas=0 --output-directory= --enable-exec --enable-alpha-plugins
        --enable-helm --helm-command=`,
    },
    reads: `get, describe, logs, log, top, explain, version, api-resources, api-versions, cluster-info, events, diff, wait,
      kustomize, options, help, completion, plugin list, whoami, auth can-i, auth whoami, rollout status,
      rollout history, config view, config current-context, config get-contexts, config get-clusters, config get-users,
      apply view-last-applied, certificate view, status, projects, project`,
    mutates: `apply, create, scale, autoscale, expose, cordon, uncordon, annotate, label, patch, set, taint,
      rollout restart, rollout undo, rollout pause, rollout resume, config use-context, config set-context, port-forward,
      certificate approve, certificate deny, auth reconcile, adm cordon, adm uncordon`,
    destroys: `delete, drain, debug, replace, edit, run, attach, cp, proxy, config delete-context, config delete-cluster,
      config set, config unset, rsh, rsync, adm drain`,
    only: { exec: judgedBy(judgeAfterDashes) },
    rehearsal: ['--dry-run=client', '--dry-run=server'],
  }),
  'kubectx kubens': readsExcept({ destructive: '-d' }, { atMost: 0, otherwise: 'mutating' }),
  'stern kubetail': reads,
  kubeadm: verbs({
    flags: { harmless: '--kubeconfig= -v=' },
    reads: 'version, config print, certs check-expiration, token list, config images list, upgrade plan',
    mutates: 'token create, certs renew *',
    destroys: 'reset, join, init, upgrade apply',
  }),
  helm: verbs({
    flags: {
      harmless: `-n= --namespace= --kube-context= --kubeconfig= -o= --output= -f= --values= --set= --set-string= --version=
        --timeout= --revision= --max= -A --all-namespaces -a --all --wait --atomic --debug -i --install --repo=
        --description= --history-max= --create-namespace --reuse-values -l= --filter=`,
      destructive:
        '--post-renderer= --post-renderer-args= --force --output-dir= --registry-config= --cleanup-on-fail',
    },
    reads: `list, ls, status, history, hist, get, show, inspect, search, version, env, template, lint, diff, verify,
      repo list, dependency list, dep list, plugin list, help`,
    mutates:
      'install, upgrade, rollback, repo add, repo update, repo up, test, dependency update, dependency build, create',
    destroys:
      'uninstall, delete, del, un, repo remove, repo rm, plugin install, plugin uninstall, push, pull',
    rehearsal: ['--dry-run', '--dry-run=client', '--dry-run=server'],
  }),
  'terraform tofu': verbs({
    flags: {
      harmless: `-chdir= -no-color -json -input= -lock= -lock-timeout= -refresh= -refresh-only -target= -var= -var-file=
        -detailed-exitcode -parallelism= -compact-warnings -state= -module-depth= -raw -check -diff -recursive -destroy
        -backend= -upgrade -reconfigure`,
      writes: '-out= -state-out= -backup= -generate-config-out=',
      destructive: '-force -migrate-state -force-copy',
    },
    reads: `plan, show, output, validate, version, providers $, providers schema, graph, state list, state show, state pull, workspace list,
      workspace show, metadata functions`,
    mutates: 'init, fmt, taint, untaint, import, refresh, workspace select, workspace new, test, get',
    destroys: `apply, destroy, state rm, state mv, state push, state replace-provider, force-unlock, workspace delete, login,
      logout, console`,
  }),
  etcdctl: verbs({
    flags: {
      harmless: `--endpoints= --cacert= --cert= --key= -w= --write-out= --user= --password= --command-timeout=
      --dial-timeout= --cluster --prefix --keys-only --limit= --insecure-skip-tls-verify --rev=`,
    },
    reads:
      'get, endpoint health, endpoint status, endpoint hashkv, member list, alarm list, version, check perf, user list, role list, snapshot status',
    mutates: 'put, defrag, compact, compaction, alarm disarm, snapshot save *, move-leader *, lease grant',
    destroys: 'del, member remove, member add, member update, snapshot restore, auth disable, lease revoke',
  }),
  istioctl: verbs({
    flags: { harmless: '-n= --namespace= -o= --output= -c= --context=' },
    reads: 'proxy-status, ps, proxy-config, pc, analyze, version, describe',
  }),
  argocd: verbs({
    flags: { harmless: '--server= -o= --output= --grpc-web --auth-token= --insecure' },
    reads:
      'app list, app get, app diff, app history, app logs, app resources, app manifests, cluster list, version',
    mutates: 'app sync, app rollback, app refresh, app wait, app set',
    destroys: 'app delete, app terminate-op, cluster rm',
  }),
  flux: verbs({
    flags: { harmless: '-n= --namespace= -A --all-namespaces' },
    reads: 'get, check, logs, events, stats, trace, tree, version, export',
    mutates: 'reconcile, suspend, resume',
    destroys: 'delete, uninstall',
  }),
  'k9s kubefwd': destroys,
};
