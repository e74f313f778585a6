import { judgeObjectCopy } from '../programs/file-copies.ts';
import { judgeNounVerb } from '../programs/noun-verb.ts';
import { destroys, judgedBy, mutates, type RuleTable, reads, readsExcept, verbs } from '../rule.ts';

const awsBase = `--region= --profile= --output= --query= --no-cli-pager --no-paginate --endpoint-url=
  --max-items= --page-size= --filters= --no-verify-ssl --cli-read-timeout= --cli-connect-timeout= --color=
  --no-sign-request --debug`;

/** Clouds by their command line tools, and the tools that keep infrastructure as code. */
export const cloudRules: RuleTable = {
  aws: verbs({
    flags: {
      harmless: awsBase,
      destructive: `--desired-capacity=0 --desired-count=0 --min-size=0
        --backup-retention-period=0 --delete --force --no-rollback
        --skip-final-snapshot --allow-major-version-upgrade --force-failover --scaling-config=minSize=0*`,
    },
    // The AWS API names its actions: what describes, lists, gets or heads only reads.
    reads: `* describe-*, * list-*, * get-*, * head-*, * lookup-*, * search-*, * batch-get-*, * estimate-*,
      * simulate-*, * validate-*, * check-*, * view-*, * test-*, * scan, * query, * wait, * help, help, s3 ls,
      s3 presign, logs tail, logs filter-log-events, logs start-query, cloudtrail lookup-events,
      configure list, configure list-profiles, configure get, sts decode-authorization-message,
      dynamodb transact-get-items, athena batch-get-*, ecr describe-*, ce get-*, kms verify,
      rds download-db-log-file-portion, s3api select-object-content, xray batch-get-*, * select-*`,
    mutates: `* create-*, * start-*, * reboot-*, * run-*, * tag-*, * attach-*, * enable-*, * copy-*,
      * register-*, * associate-*, * allocate-*, * add-*, * publish*, * send-*, * update-*, * modify-*,
      * set-*, * subscribe, * request-*, * invite-*, * resume-*, * continue-*, * retry-*, * unmonitor-*,
      * monitor-*, * change-message-visibility, * put-metric-*, * put-events, * put-scaling-policy,
      * put-retention-policy, * scale-*, * rebuild-*, * import-*, * test-invoke-*, * assume-role*, s3 mb,
      s3 website, eks update-kubeconfig, configure set, sso login, sso logout, * increase-*, * untag-*,
      * acknowledge-*, * promote-*, * restore-*, * authorize-*, * generate-*, * encrypt`,
    destroys: `* delete-*, * terminate-*, * stop-*, * remove-*, * detach-*, * disassociate-*, * deregister-*,
      * disable-*, * purge-*, * revoke-*, * reset-*, * cancel-*, * put-*, * release-*, * reject-*,
      * failover-*, * execute-*, * invoke, * schedule-*, * replace-*, * batch-write-item, s3 rm, s3 rb, s3 mv,
      s3 sync, s3 cp, * update-function-code, * update-stack, * update-assume-role-policy, * update-item,
      * start-automation-execution, * run-scheduled-instances, * send-command, * promote-*, * get-object,
      * get-object-torrent, * get-job-output, * get-export, * get-thing-shadow, * get-snapshot-block,
      * get-media, * get-sdk, * get-login-password`,
    only: {
      's3 cp': judgedBy(judgeObjectCopy),
      'ecr get-login-password': reads,
      's3api get-object': destroys,
      'autoscaling start-instance-refresh': destroys,
      'ssm start-session': destroys,
      'ec2 run-instances': mutates,
      // A host goes away for a while; a service that restarts (`rds reboot-db-instance`) does not.
      'ec2 reboot-instances': destroys,
      'sts assume-role': reads,
    },
    rehearsal: ['--dry-run', '--dryrun'],
  }),
  'gcloud bq': judgedBy(
    judgeNounVerb({
      groups: /^run$/,
      code: { ssh: '--command' },
      flags: {
        harmless: `--project= --account= --format= --filter= --region= --zone= -q --quiet --verbosity=
          --configuration= --impersonate-service-account= --user-output-enabled= --limit= --sort-by=
          --project_id= --location= --nouse_legacy_sql --command= --use_legacy_sql= -n= --max_results=`,
        destructive: '--num-nodes=0 --size=0 --min-instances=0 --replicas=0 --destination_table= --replace',
      },
      reads: `list list-* describe describe-* info version get get-* read tail show ls head search-* lookup-*
        print-* help check-* list-versions get-iam-policy diagnose topic troubleshoot preview`,
      mutates: `create start restart resize update add-* set set-* activate enable login configure configure-*
        resume clone attach-* snapshot add promote-* start-update label get-credentials
        reset-windows-password mk`,
      destroys: `delete delete-* stop reset suspend remove-* detach-* deploy ssh scp failover restore rollback
        import export replace disable run call execute submit cancel undelete simulate-* move patch apply rm
        cp query load extract revoke clear versions-delete drain abandon recreate-* decrypt encrypt
        print-access-token docker-helper`,
      rehearsal: '--dry_run',
    }),
  ),
  az: judgedBy(
    judgeNounVerb({
      flags: {
        harmless: `-o= --output= --subscription= --query= -g= --resource-group= -n= --name= --only-show-errors
            --verbose`,
        destructive: '--node-count=0 --capacity=0 --replicas=0 --min-replicas=0 --new-capacity=0',
      },
      reads: `list list-* show show-* get-* check-* version find tail download-preview exists query verify-*
        wait summarize account-info browse-preview`,
      mutates: `create start restart update add set resize scale enable login tag grant upgrade-preview
        reimage-preview get-credentials attach register simulate`,
      destroys: `delete delete-* stop deallocate remove purge run-command invoke exec ssh failover restore
        swap redeploy reimage rotate renew regenerate detach disable revoke upgrade clear logout deploy up
        down import export cancel download upload ago move reset perform-maintenance power-off evict`,
    }),
  ),
  gsutil: verbs({
    flags: { harmless: '-m -q -o= -h= -D -u= -l -L -a -d -r -R' },
    reads: `ls, du, stat, cat, version, help, hash, iam get, acl get, lifecycle get, versioning get, logging get,
        bucketpolicyonly get`,
    mutates: 'mb, label ch *, notification create *',
    destroys: `rm, rb, cp, mv, rsync, setmeta, rewrite, iam set, iam ch, acl set, acl ch, defacl, web set,
        lifecycle set, versioning set`,
  }),
  'openstack doctl hcloud linode-cli oci scw exo ibmcloud aliyun': judgedBy(
    judgeNounVerb({
      flags: {
        harmless:
          '-f= --format= --os-cloud= -c= --context= -o= --output= --profile= --region= --no-header -t=',
        writes: '--file=',
      },
      reads: 'list list-* ls show get get-* describe describe-* history usage view info version stats',
      mutates: 'create start restart resume enable add set unlock unpause poweron reboot resize tag update',
      destroys: `delete delete-* remove rm stop shutdown poweroff rebuild suspend pause lock shelve evacuate
        migrate ssh destroy unset power-off power-cycle reset disable detach restore terminate action exec`,
    }),
  ),
  'heroku flyctl fly': verbs({
    flags: { harmless: '-a= --app= -r= --remote= -n= --num= --json' },
    reads: `logs, status, ps, releases, apps, apps list, info, config show, pg:info, pg:ps, machine list,
        machine status, version, checks list`,
    mutates: 'restart, ps:restart, scale, machine restart, machine start',
  }),
  s3cmd: verbs({
    flags: { harmless: '-c= -r -H --recursive --human-readable-sizes' },
    reads: 'ls, la, du, info',
    mutates: 'mb',
    destroys: 'rb, put, get, del, rm, sync, cp, mv, modify, setacl, setpolicy, delpolicy',
    rehearsal: ['--dry-run', '-n'],
  }),
  mc: verbs({
    flags: { harmless: '--json --insecure --quiet -r --recursive', executes: '--exec=' },
    reads: `ls, cat, head, stat, du, find, tree, diff, ping, version, admin info, admin trace, admin logs,
        admin user list, admin top`,
    mutates: 'mb, admin service restart',
    destroys: 'rm, rb, cp, mv, mirror, admin service stop, admin user remove',
  }),
  rclone: verbs({
    flags: {
      harmless: '-v --config= --max-depth= -P --progress',
      writes: '--log-file= --combined= --differ= --match= --error=',
    },
    reads: `ls, lsl, lsd, lsf, lsjson, size, check, cat, about, listremotes, version, config show, tree, md5sum,
        sha1sum, hashsum, cryptcheck`,
    mutates: 'mkdir, touch',
    destroys: `copy, sync, move, delete, purge, deletefile, cleanup, rmdir, rmdirs, dedupe, moveto, copyto, mount,
        serve, bisync, copyurl, rcat`,
    rehearsal: ['--dry-run', '-n'],
  }),
  'restic borg': verbs({
    flags: {
      harmless: '-r= --repo= -p= --password-file= --json -q -v --tag= --host=',
      destructive: '--remove-data',
    },
    reads: 'snapshots, list, info, stats, diff, ls, cat, find, version',
    only: { check: readsExcept({ destructive: '--repair' }), dump: readsExcept({ writes: '-t= --target=' }) },
    mutates: 'backup, create, init, unlock, tag, cache',
    destroys: `forget, prune, restore, rebuild-index, repair, delete, extract, compact, break-lock, mount, key,
        rewrite, recreate, rename`,
    rehearsal: ['--dry-run', '-n'],
  }),
  'terraform tofu terragrunt': verbs({
    flags: {
      harmless: `-chdir= -no-color -json -input= -lock= -lock-timeout= -refresh= -refresh-only -target= -var=
        -var-file= -detailed-exitcode -parallelism= -compact-warnings -state= -module-depth= -raw -check -diff
        -recursive -destroy -backend= -backend-config= -upgrade -reconfigure --terragrunt-non-interactive
        --terragrunt-working-dir= --terragrunt-log-level= -type= -verbose`,
      writes: '-out= -state-out= -backup= -generate-config-out=',
      destructive: '-force -migrate-state -force-copy',
      executes: '-plugin-dir=',
    },
    reads: `plan, show, output, validate, version, -version, providers $, providers schema, graph, state list,
      state show, state pull, workspace list, workspace show, metadata functions, run-all plan,
      run-all output, run-all validate, output-module-groups, graph-dependencies`,
    mutates:
      'init, untaint, import, refresh, workspace select, workspace new, test, get, run-all init, providers lock',
    destroys: `apply, destroy, taint, state rm, state mv, state push, state replace-provider, force-unlock,
      workspace delete, login, logout, console, run-all apply, run-all destroy`,
    only: {
      fmt: {
        ...mutates,
        flags: { reading: '-check', harmless: '-diff -recursive -write= -list= -no-color' },
      },
    },
  }),
  pulumi: verbs({
    flags: { harmless: '-s= --stack= -C= --cwd= --non-interactive --json --diff -j' },
    reads: `preview, stack ls, stack $, stack output, stack history, config $, config get, whoami, version, about,
        logs, stack export, history`,
    mutates: 'stack select, stack init, config set, refresh --preview-only, stack tag',
    destroys: 'up, update, destroy, refresh, cancel, stack rm, import, state, stack import',
  }),
  'packer vagrant': verbs({
    flags: {},
    reads: 'validate, inspect, version, status, global-status, box list, snapshot list',
    mutates: 'up, reload, resume, provision',
    destroys: 'build, halt, destroy, suspend, ssh, box remove, snapshot restore, snapshot delete',
  }),
};
