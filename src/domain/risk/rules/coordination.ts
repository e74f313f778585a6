import { destroys, type RuleTable, runs, verbs } from '../rule.ts';

/** The allocation, then the program that runs in it. */
const execInAllocation = runs('-task= -i -t', { skip: 1 });

/** Service discovery, secrets, schedulers: Vault, Consul, Nomad, ZooKeeper. */
export const coordinationRules: RuleTable = {
  'vault bao': verbs({
    flags: {
      harmless: `-address= -namespace= -format= -field= -mount= -ca-cert= -tls-skip-verify -version= -ns= -detailed
          -accessor -non-interactive`,
      destructive: '-force -f -prefix',
    },
    reads: `status, version, token lookup, token capabilities, auth list, secrets list, policy list,
      policy read, operator raft list-peers, operator raft autopilot state,
      operator raft autopilot get-config, operator key-status, operator members, kv get, kv list,
      kv metadata get, read, list, audit list, lease lookup, plugin list, plugin info, namespace list,
      path-help, print token, operator diagnose, namespace lookup, version-history, events subscribe, monitor,
      operator usage, pki list-intermediates, pki health-check`,
    mutates: `kv put, kv patch, kv undelete, token renew, token create, lease renew, write, login, secrets enable,
        auth enable, audit enable, operator unseal, policy write, secrets tune, auth tune, ssh, unwrap,
        namespace create, operator raft snapshot save *, operator raft join`,
    destroys: `operator seal, delete, kv delete, kv destroy, kv metadata delete, kv rollback, lease revoke,
      token revoke, secrets disable, secrets move, auth disable, audit disable, policy delete,
      operator step-down, operator rekey, operator rotate, operator init, operator raft remove-peer,
      operator raft snapshot restore, operator generate-root, operator migrate, namespace delete,
      plugin deregister, kv metadata put`,
  }),
  consul: verbs({
    flags: {
      harmless: `-http-addr= -token= -datacenter= -detailed -wan -recurse -stale -separator= -keys -name= -ca-file=
          -near= -service= -node= -namespace= -partition=`,
      destructive: '-delete',
    },
    reads: `members, info, catalog, kv get, kv export, operator raft list-peers,
      operator autopilot get-config, operator autopilot state, monitor, version, validate, rtt,
      acl policy list, acl policy read, acl token list, acl token read, acl role list, acl role read,
      acl auth-method list, intention list, intention get, intention check, intention match, config list,
      config read, snapshot inspect, troubleshoot, connect ca get-config, resource list, resource read,
      operator usage, peering list, peering read`,
    mutates: `reload, kv put, snapshot save *, services register, intention create, config write, acl policy create,
        acl token create, event, join, tls, login, keygen, acl bootstrap`,
    destroys: `maint, leave, force-leave, kv delete, kv import, operator raft remove-peer,
      operator raft transfer-leader, snapshot restore, services deregister, acl policy delete,
      acl token delete, intention delete, config delete, exec, lock, watch, connect, keyring, debug,
      operator autopilot set-config, acl policy update, acl token update`,
  }),
  nomad: verbs({
    flags: {
      harmless: `-address= -region= -namespace= -token= -t= -json -verbose -self -stats -short -stderr -f
        -tail -n= -job= -log-level= -allocs -all-allocs -group= -task= -evals -c -H -detach -check-index=
        -filter= -per-page= -os`,
      destructive: '-purge -force',
    },
    reads: `status, job status, job history, job inspect, job plan, plan, job deployments, job allocs,
      job validate, validate, job tag list, node status, alloc status, alloc logs, logs, alloc fs, fs,
      alloc checks, eval status, eval list, deployment list, deployment status, server members, agent-info,
      operator raft list-peers, operator autopilot get-config, operator autopilot health,
      operator scheduler get-config, version, namespace list, namespace status, volume status, var list,
      var get, monitor, operator metrics, acl policy list, acl policy info, acl token list, acl token self,
      acl role list, quota list, quota status, quota inspect, scaling policy list, service list, service info,
      plugin status, license get, node pool list, recommendation list, node meta read,
      operator snapshot inspect`,
    mutates: `job run, run, job restart, job scale, job dispatch, job promote, deployment promote,
      deployment resume, deployment unblock, alloc restart, namespace apply, var put, job init, init,
      node eligibility, operator snapshot save *, job periodic force, volume create, volume register,
      job eval, job revert, job start, server join, node meta apply, acl policy apply, acl token create, fmt`,
    only: { 'alloc exec': execInAllocation, exec: execInAllocation },
    destroys: `job stop, stop, alloc stop, alloc signal, node drain, deployment fail, deployment pause,
      system gc, system reconcile, namespace delete, server force-leave, volume delete, volume deregister,
      volume detach, var purge, operator raft remove-peer, operator snapshot restore, acl token delete,
      acl policy delete, operator autopilot set-config, operator scheduler set-config, operator api,
      operator keyring, quota delete, job scale * 0, job scale * * 0, var lock, operator raft transfer-leadership, node purge`,
  }),
  'zkCli.sh zkCli': verbs({
    flags: { harmless: '-server= -timeout= -r' },
    reads:
      'ls, get, stat, getAcl, listquota, ls2, config, whoami, version, getEphemerals, getAllChildrenNumber',
    mutates: 'create, sync, set',
    destroys: 'delete, deleteall, rmr, setAcl, setquota, delquota, reconfig, close',
  }),
  'zkServer.sh': verbs({
    flags: {},
    reads: 'status, version, print-cmd',
    mutates: 'start, restart',
    destroys: 'stop, upgrade, start-foreground',
  }),
  'consul-template envconsul': destroys,
  serf: verbs({
    flags: {},
    reads: 'members, info, rtt, reachability, monitor, version',
    destroys: 'leave, force-leave, event, query',
  }),
};
