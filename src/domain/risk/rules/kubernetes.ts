import { judgePatch } from '../programs/kubernetes-patch.ts';
import { judgeAfterDashes } from '../programs/run-as.ts';
import { judgedBy, mutates, type RuleTable, reads, readsExcept, verbs } from '../rule.ts';

/** kubectl(1), which other tools bring along under a name of their own. */
export const kubectlRule = verbs({
  flags: {
    harmless: `-n= --namespace= --context= --cluster= --kubeconfig= --request-timeout= -v= --user= -s=
      --server= --token= --as= --as-group= -A --all-namespaces -o= --output= -l= --selector= -f= --filename=
      -k= --kustomize= -c= --container= --tail= --since= --since-time= --field-selector= --sort-by= -L=
      --label-columns= --timeout= --for= --replicas= --revision= --to-revision= --type= -p --previous -w
      --watch --show-labels --no-headers --raw= --subresource= --ignore-not-found -R --recursive
      --limit-bytes= --max-log-requests= --cascade= --overwrite --template= --chunk-size= --show-kind
      --warnings-as-errors --containers --field-manager=`,
    destructive: `--force --prune --grace-period=0 --replicas=0 -f=http* --filename=http* -k=http* -k=git*
      --kustomize=http* --kustomize=git* -f=- --filename=- --force-conflicts`,
    executes: '--enable-exec --enable-alpha-plugins --enable-helm --helm-command=',
    writes: '--output-directory=',
  },
  reads: `get, describe, logs, log, top, explain, version, api-resources, api-versions, cluster-info, events,
    diff, wait, kustomize, options, help, completion, plugin list, whoami, auth can-i, auth whoami,
    rollout status, rollout history, config view, config current-context, config get-contexts,
    config get-clusters, config get-users, apply view-last-applied, certificate view, status, projects,
    project $, adm top, get-contexts, neat, tree, who-can, resource-capacity, view-secret, stern,
    view-allocations, get-all, registry info, image info`,
  mutates: `apply, create, scale, autoscale, expose, cordon, uncordon, annotate, label, set, rollout restart,
    rollout undo, rollout pause, rollout resume, rollout latest, config use-context, config set-context,
    port-forward, certificate approve, certificate deny, auth reconcile, adm cordon, adm uncordon, project,
    ctx, ns, login, adm policy add-*, import-image, start-build, tag`,
  destroys: `delete, drain, debug, replace, edit, run, attach, cp, proxy, config delete-context,
    config delete-cluster, config set, config unset, config rename-context, rsh, rsync, adm drain,
    adm policy remove-*, adm prune, set env`,
  only: {
    exec: judgedBy(judgeAfterDashes),
    kustomize: readsExcept({
      writes: '-o= --output=',
      executes: '--enable-exec --enable-alpha-plugins --enable-helm --helm-command=',
    }),
    patch: judgedBy(judgePatch),
    // NoExecute evicts what runs on the node at once.
    taint: { ...mutates, operands: { matching: /^(?!.*:NoExecute$)/, otherwise: 'destructive' } },
    'adm taint': { ...mutates, operands: { matching: /^(?!.*:NoExecute$)/, otherwise: 'destructive' } },
  },
  rehearsal: ['--dry-run=client', '--dry-run=server', '--dry-run'],
});

/** Kubernetes and Helm. */
export const kubernetesRules: RuleTable = {
  'kubectl oc kubecolor': kubectlRule,
  'kubectx kubens': readsExcept({ destructive: '-d' }, { atMost: 0, otherwise: 'mutating' }),
  'stern kubetail kubent popeye kube-capacity kubeval kubeconform kube-score kube-linter': reads,
  kustomize: verbs({
    flags: {
      executes: '--enable-exec --enable-alpha-plugins --enable-helm --helm-command=',
      writes: '-o= --output=',
    },
    reads: 'build, version, cfg tree, cfg grep, cfg cat',
    mutates: 'edit, create',
  }),
  helm: verbs({
    flags: {
      harmless: `-n= --namespace= --kube-context= --kubeconfig= -o= --output= -f= --values= --set=
        --set-string= --version= --timeout= --revision= --max= -A --all-namespaces -a --all --wait --atomic
        --debug -i --install --repo= --description= --history-max= --create-namespace --reuse-values -l=
        --filter= --set-file= --set-json= --short -q`,
      destructive:
        '--force --registry-config= --cleanup-on-fail --set=replicaCount=0 --reset-values --recreate-pods',
      executes: '--post-renderer= --post-renderer-args=',
      writes: '--output-dir=',
    },
    reads: `list, ls, status, history, hist, get, show, inspect, search, version, env, template, lint, diff,
      verify, repo list, dependency list, dep list, plugin list, help, secrets view`,
    mutates: `install, upgrade, rollback, repo add, repo update, repo up, test, dependency update, dependency build,
        dep up, dep update, dep build, create, registry login`,
    destroys:
      'uninstall, delete, del, un, install * http*, upgrade * http*, repo remove, repo rm, plugin install, plugin uninstall, push, pull',
    rehearsal: ['--dry-run', '--dry-run=client', '--dry-run=server'],
  }),
  helmfile: verbs({
    flags: { harmless: '-e= --environment= -f= --file= -l= --selector= --no-color' },
    reads: 'diff, list, template, lint, status, build, version, show-dag',
    mutates: 'deps, repos',
    destroys: 'apply, sync, destroy, delete, charts, test',
  }),
  kubeadm: verbs({
    flags: { harmless: '--kubeconfig= -v= --config=' },
    reads: `version, config print, certs check-expiration, token list, config images list, upgrade plan,
        upgrade diff`,
    mutates: 'token create, certs renew *, config images pull',
    destroys: 'reset, join, init, upgrade apply, upgrade node, token delete',
    rehearsal: ['--dry-run'],
  }),
};
