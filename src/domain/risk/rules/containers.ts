import { mutates, type RuleTable, reads, runs, verbs } from '../rule.ts';

const execInContainer = runs(
  `-i -t -d -T -u= -w= -e= --user= --workdir= --env= --interactive --tty --detach --privileged --index= --sync
    -r=`,
  { skip: 1 },
);

/** `api=3`; `api=0` takes the service away. */
const scale = { ...mutates, operands: { matching: /=[1-9]\d*$/, otherwise: 'destructive' } } as const;

const composeReads = 'ps, logs, top, config, images, ls, port, version, events, stats, volumes';
const composeMutates = 'up, start, restart, pull, build, create, unpause';
const composeDestroys = 'down, stop, rm, kill, pause, run, cp, exec, push, watch, attach';

function withPrefix(prefix: string, verbsOfPrefix: string): string {
  return verbsOfPrefix
    .split(', ')
    .map((verb) => `${prefix} ${verb}`)
    .join(', ');
}

/** Docker, Podman and the container runtimes below Kubernetes. */
export const containerRules: RuleTable = {
  'docker podman nerdctl': verbs({
    flags: {
      harmless: `-H= --host= -c= --context= --config= -l= --log-level= --format= -f= --filter= -n= --tail=
        --since= --until= --no-trunc -a --all -q --quiet -s --size --no-stream -p= --project-name= --file=
        --profile= --env-file= --project-directory= --type= --time= -t=`,
      destructive: '--volumes -v --remove-orphans --force-recreate --rmi= -V --renew-anon-volumes',
    },
    reads: `ps, images, logs, inspect, stats, top, version, info, diff, port, history, events, search, wait,
      container ls, container list, container ps, container inspect, container logs, container stats, container top,
      image ls, image list, image inspect, image history, volume ls, volume inspect, volume list, network ls,
      network inspect, network list, system df, system info, context ls, context show, node ls, node ps, node inspect,
      service ls, service ps, service logs, service inspect, stack ls, stack ps, stack services, manifest inspect,
      buildx ls, buildx du, buildx inspect, pod ps, pod ls, pod list, pod inspect, pod logs, pod stats, pod
      top, pod exists, container exists, container port, container diff, healthcheck run, plugin ls, plugin
      inspect, secret ls, secret inspect, config ls, config inspect, builder du, system connection list, image
      exists, image diff, image tree, volume exists, network exists, events, machine list, machine info,
      machine inspect, trust inspect, context inspect, ls, list, compose stats, namespace ls, namespace list,
      namespace inspect, healthcheck, system events, scout quickview, scout cves,
      ${withPrefix('compose', composeReads)}`,
    mutates: `start, restart, unpause, pull, tag, create, rename, update, commit, container start, container restart,
      container unpause, image pull, image tag, network create, network connect, volume create, service update *,
      service rollback *, context use, login, logout, ${withPrefix('compose', composeMutates)}`,
    destroys: `rm, rmi, stop, kill, pause, run, cp, build, push, save, load, import, export, attach, swarm, plugin,
      container rm, container stop, container kill, container prune, container run, image rm, image prune, volume rm,
      volume prune, network rm, network prune, network disconnect, system prune, builder prune, service rm, stack rm,
      stack deploy, node rm, node update, secret, config, ${withPrefix('compose', composeDestroys)}`,
    only: {
      'service scale': scale,
      'compose scale': scale,
      exec: execInContainer,
      'container exec': execInContainer,
      'compose exec': execInContainer,
    },
  }),
  'docker-compose podman-compose': verbs({
    flags: {
      harmless:
        '-f= --file= -p= --project-name= --profile= --env-file= --project-directory= --tail= --since= -q',
      destructive: '--volumes -v --remove-orphans --force-recreate --rmi= -V --renew-anon-volumes',
    },
    reads: composeReads,
    mutates: composeMutates,
    destroys: composeDestroys,
    only: { exec: execInContainer, scale },
  }),
  crictl: verbs({
    flags: {
      harmless: `-r= --runtime-endpoint= -i= --image-endpoint= -t= --timeout= -a --all -q --quiet -o=
        --output= --name= --namespace= --pod= --state= --tail= --since= --no-trunc -v --verbose --label= --id=`,
    },
    reads: `ps, pods, images, image, img, logs, inspect, inspecti, inspectp, stats, statsp, info, version,
        imagefsinfo, metricsp`,
    mutates: 'pull, start, update',
    destroys: 'stop, stopp, rm, rmp, rmi, run, runp, create, attach',
    only: { exec: execInContainer },
  }),
  ctr: verbs({
    flags: { harmless: '-n= --namespace= -a= --address=' },
    reads: `containers list, containers ls, c ls, images list, images ls, i ls, tasks list, tasks ls, t ls,
        namespaces ls, ns ls, version, tasks metrics *, snapshots ls`,
  }),
  skopeo: verbs({ flags: {}, reads: 'inspect, list-tags', destroys: 'copy, delete, sync' }),
  crane: verbs({ flags: {}, reads: 'manifest, digest, ls, config, catalog', destroys: 'delete, push, copy' }),
  'lxc-ls': reads,
  'lxc incus': verbs({
    flags: { harmless: '--format= -f= --project=', destructive: '--force' },
    reads: `list, ls, info, version, config show, config get, network list, network show, storage list,
        storage info, profile list, profile show, image list, image info, snapshot list, operation list,
        cluster list, warning list, monitor`,
    mutates: 'start, restart, snapshot, launch, init, profile create',
    destroys: `delete, stop, exec, file, restore, pause, copy, move, publish, rename, config set, config unset,
        config edit`,
  }),
  VBoxManage: verbs({
    flags: { harmless: '--long -l' },
    reads: 'list, showvminfo, metrics query',
    mutates: 'startvm',
    destroys: 'controlvm, unregistervm, modifyvm, snapshot',
  }),
  virsh: verbs({
    flags: { harmless: '-c= --connect= --all' },
    reads: `list, dominfo, domstate, domblklist, domiflist, nodeinfo, vcpuinfo, dommemstat, net-list, pool-list,
        vol-list`,
    mutates: 'start, resume',
    destroys: 'shutdown, reboot, destroy, undefine, suspend',
  }),
  'qm pct': verbs({
    flags: { harmless: '--verbose --full' },
    reads: 'list, status, config, pending, listsnapshot, showcmd, cpusets, df',
    mutates: 'start, resume, snapshot',
    destroys: 'stop, shutdown, reboot, reset, suspend, destroy, rollback, delsnapshot, migrate, set',
  }),
};
