import { destroys, destroysUnless, mutatesWith, type RuleTable, reads, readsWith, verbs } from '../rule.ts';

const aptFlags =
  '-q -qq -y --yes --assume-yes -V --no-install-recommends --installed --upgradable -a -s --only-upgrade -t=';

/** Package managers, version control, monitoring tools, clouds and build tools. */
export const packageRules: RuleTable = {
  'apt apt-get': verbs({
    flags: {
      harmless: aptFlags,
      destructive:
        '-o= --option= -c= --config-file= --allow-downgrades --allow-remove-essential --force-yes --purge',
    },
    reads: 'list, show, policy, search, depends, rdepends, changelog, check',
    mutates: 'update, install, upgrade, reinstall, download, clean, autoclean, mark',
    destroys: 'remove, purge, autoremove, full-upgrade, dist-upgrade, edit-sources',
    rehearsal: ['--simulate', '--dry-run', '-s'],
  }),
  'apt-cache': verbs({
    flags: { harmless: '-q -a' },
    reads: 'policy, show, search, depends, rdepends, madison, showpkg, stats',
  }),
  'apt-mark': verbs({
    flags: {},
    reads: 'showhold, showauto, showmanual',
    mutates: 'hold *, unhold *, auto *, manual *',
  }),
  dpkg: destroysUnless({
    reading:
      '-l -s -L -S -p -I -c -V -C --list --status --listfiles --search --verify --audit --print-architecture --get-selections',
    bounding: '-i --install --configure',
    harmless: '-a --pending',
  }),
  'dpkg-query apt-file debsums': reads,
  rpm: destroysUnless({
    reading: '-q -V --query --verify',
    harmless:
      '-a -i -l -f -c -d -p -R --all --info --list --file --changelog --last --requires --scripts --qf= --queryformat= --whatprovides',
    bounding: '-U -F -h',
  }),
  'yum dnf microdnf': verbs({
    flags: {
      harmless:
        '-q -y -v -C --assumeyes --quiet --installed --available --enablerepo= --disablerepo= --showduplicates',
    },
    reads:
      'list, info, search, history, history info, history list, check-update, repolist, provides, deplist, repoquery, check, updateinfo, needs-restarting',
    mutates: 'install, update, upgrade, downgrade, reinstall, makecache, clean, localinstall',
    destroys: 'remove, erase, autoremove, history undo, history rollback, distro-sync',
  }),
  'apk pacman zypper': verbs({
    flags: {},
    reads: 'info, search, list, policy, version, se, if, lr, lu',
    mutates: 'add, update, install, in, up, refresh',
    destroys: 'del, remove, rm, fix',
  }),
  snap: verbs({
    flags: {},
    reads: 'list, info, changes, services, logs, find, version',
    mutates: 'refresh, install, restart, start',
    destroys: 'remove, stop, disable',
  }),
  'pip pip3': verbs({
    flags: { harmless: '-v -q' },
    reads: 'list, show, freeze, check, --version',
    destroys: 'install, uninstall, download',
  }),
  'npm yarn pnpm': verbs({
    flags: {},
    reads: 'ls, list, view, info, outdated, why, config get',
    destroys: 'install, ci, run, exec, uninstall, publish, start',
  }),
  gem: verbs({ flags: {}, reads: 'list, info, environment' }),

  git: verbs({
    flags: {
      harmless: `-C= --no-pager -P --git-dir= --work-tree= -n= --oneline --stat --name-only --name-status -p -s -q -v --all --graph
        --decorate? --since= --until= --author= --grep= --format= --pretty? -u -b`,
      writes: '--output=',
      destructive:
        '-c= --exec-path= --ext-diff -O? --open-files-in-pager? --upload-pack= --receive-pack= --exec=',
    },
    reads: `status, log, diff, show, rev-parse, describe, blame, ls-files, ls-tree, ls-remote, shortlog, grep, cat-file,
      rev-list, reflog $, reflog show, name-rev, merge-base, count-objects, fsck, whatchanged, remote show, remote get-url,
      stash list, stash show, config --get, config --list, config -l, config get, config list, submodule status,
      worktree list, bisect log, for-each-ref, show-ref, version, var, check-ignore, verify-commit, verify-tag`,
    mutates: `fetch, pull, add, commit, merge, revert, cherry-pick, stash push, stash save, switch, init, clone, remote add,
      worktree add, apply, am`,
    destroys: `reset, clean, rm, mv, checkout, restore, rebase, filter-branch, gc, prune, push, stash drop, stash clear,
      stash pop, stash apply, stash, remote remove, remote rm, remote set-url, reflog expire, reflog delete, update-ref,
      config, submodule, worktree remove, replace, notes, bisect, lfs, svn`,
    only: {
      branch: readsWith(
        '-a -r -v -vv --list --all --show-current --contains= --merged? --no-merged? --sort= --format=',
        {
          atMost: 0,
          otherwise: 'mutating',
        },
      ),
      tag: readsWith('-l --list -n -# --contains= --sort= --points-at= --format=', {
        atMost: 0,
        otherwise: 'mutating',
      }),
      remote: readsWith('-v --verbose', { atMost: 0, otherwise: 'destructive' }),
    },
  }),
  gh: verbs({
    flags: { harmless: '-R= --repo= -L= --limit= --json= -q= --jq= -s= --state= -w=' },
    reads:
      'pr list, pr view, pr status, pr checks, pr diff, run list, run view, issue list, issue view, release list, release view, workflow list, repo view, auth status',
    mutates: 'run rerun, pr comment, issue comment, pr create, issue create, workflow run',
  }),

  promtool: verbs({
    flags: { harmless: '--format= --http.config.file=' },
    reads: 'check, query, test rules',
  }),
  amtool: verbs({
    flags: { harmless: '--alertmanager.url= -o= --output= --comment= -a= --author= -d= --duration= -c=' },
    reads:
      'alert $, alert query, silence query, silence $, check-config, config show, config routes $, config routes show, config routes test, cluster show',
    mutates: 'silence add, silence expire, silence update, alert add, silence import',
  }),
  vault: verbs({
    flags: { harmless: '-address= -namespace= -format= -field=' },
    reads:
      'status, version, token lookup, auth list, secrets list, policy list, policy read, operator raft list-peers',
    destroys: 'operator seal, delete, write, kv delete, lease revoke, token revoke',
  }),
  consul: verbs({
    flags: { harmless: '-http-addr= -token= -datacenter= -detailed -wan' },
    reads: 'members, info, catalog, kv get, operator raft list-peers, monitor, version, validate, rtt',
    mutates: 'reload, kv put',
    destroys: 'maint, leave, force-leave, kv delete, operator raft remove-peer',
  }),
  aws: verbs({
    flags: {
      harmless:
        '--region= --profile= --output= --query= --no-cli-pager --no-paginate --endpoint-url= --max-items= --filters=',
    },
    reads:
      '* describe-*, * list-*, s3 ls, sts get-caller-identity, logs tail, cloudwatch get-metric-*, logs filter-log-events, configure list',
  }),
  'monit nagios4stats': verbs({
    flags: { harmless: '-c=' },
    reads: 'status, summary, report, validate',
    mutates: 'reload, start *, restart *, monitor *',
    destroys: 'stop *, quit, unmonitor *',
  }),
  'ansible ansible-playbook puppet chef-client salt make parallel': destroys,
  needrestart: mutatesWith({ reading: '-b -r=l', harmless: '-k -l -p -q -v' }),
};
