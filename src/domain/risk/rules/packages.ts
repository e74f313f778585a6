import {
  destroysUnless,
  type Flags,
  mutatesExcept,
  mutatesWith,
  type Operands,
  type RuleTable,
  reads,
  verbs,
} from '../rule.ts';

const pipFlags = {
  harmless: '-i= --index-url= -c= --constraint= --timeout= --proxy=',
  destructive: `-r= --requirement= --extra-index-url= -e= --editable= --force-reinstall --target= -t= --global-option=
      -f= --find-links=`,
} as const satisfies Flags;

/** A name of the index, not a folder, a file or an address. */
const namedPackage = { matching: /^[\w-][^/:@]*$/, otherwise: 'destructive' } as const satisfies Operands;

const aptFlags = `--simulate --dry-run --just-print --no-act --recon -q -qq -y --yes --assume-yes -V --no-install-recommends
    --installed --upgradable -a -s --only-upgrade -t=`;

/** Package managers of systems and of languages. */
export const packageRules: RuleTable = {
  'apt apt-get': verbs({
    flags: {
      harmless: aptFlags,
      destructive: '--allow-downgrades --allow-remove-essential --force-yes --purge --autoremove',
      executes: '-o= --option= -c= --config-file=',
    },
    reads:
      'list, show, policy, search, depends, rdepends, changelog, check, madison, indextargets, moo, showsrc',
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
    reading: `-l -s -L -S -p -I -c -V -C --list --status --listfiles --search --verify --audit --print-architecture
        --get-selections`,
    bounding: '-i --install --configure',
    harmless: '-a --pending',
  }),
  'dpkg-query apt-file debsums apt-config dpkg-architecture': reads,
  rpm: destroysUnless({
    reading: '-q -V --query --verify',
    harmless: `-a -i -l -f -c -d -p -R --all --info --list --file --changelog --last --requires --scripts --qf=
        --queryformat= --whatprovides`,
    bounding: '-U -F -h',
  }),
  'yum dnf microdnf': verbs({
    flags: {
      harmless:
        '-q -y -v -C --assumeyes --quiet --installed --available --enablerepo= --disablerepo= --showduplicates',
    },
    reads: `list, info, search, history $, history info, repoinfo, repository-packages * list, module list,
        module info, group list, grouplist, version, verify, check-upgrade, versionlock list,
        history userinstalled, history list, check-update, repolist, provides, deplist, repoquery, check,
        updateinfo, needs-restarting`,
    mutates: 'install, update, upgrade, downgrade, reinstall, makecache, clean, localinstall',
    destroys: 'remove, erase, autoremove, history undo, history rollback, distro-sync',
  }),
  'apk zypper': verbs({
    flags: { harmless: '-q -n -y --no-refresh --non-interactive' },
    reads: `info, search, list, policy, version, se, if, lr, lu, repos, patches, list-patches, list-updates,
        packages, stats, dot, ps, pchk, patch-check`,
    mutates: 'add, update, install, in, up, refresh, ref, upgrade, patch, cache',
    destroys: 'del, remove, rm, fix, dup',
    rehearsal: ['-s', '--simulate', '--dry-run'],
  }),
  pacman: destroysUnless({
    reading: '-Q -Ss -Si -Sl -Qi -Ql -Qo -Qu -Qs -Qk -Qe -Qm -T -Sp -F',
    harmless: '-q --noconfirm -i -l -o -u -s -k -e -m',
    bounding: '-S -Sy',
  }),
  snap: verbs({
    flags: {},
    reads:
      'list, info, changes, services, logs, find, version, connections, get, model, warnings, known, tasks',
    mutates: 'refresh, install, restart, start, enable, hold, set, connect',
    destroys: 'remove, stop, disable, revert, disconnect, run, abort, try',
  }),
  flatpak: verbs({
    flags: {},
    reads: 'list, info, search, remotes, remote-ls, remote-info, history, ps',
    mutates: 'install, update',
    destroys: 'uninstall, run, kill, repair',
  }),
  // What is installed may bring a build script, but a named package of the index is what people mean by it.
  'pip pip3 pipx uv': verbs({
    flags: {
      harmless: '-v -q -U --upgrade --user --no-cache-dir -i= --index-url= --python= --format=',
      destructive: '-r= --requirement= --extra-index-url= -e= --editable= --force-reinstall --target= -t=',
      executes: '--global-option= --config-settings=',
    },
    reads: `list, show, freeze, check, --version, config list, config get, debug, index versions, cache info,
      cache list, cache dir, inspect, help, pip list, pip show, pip freeze, pip check, pip tree, environment,
      search`,
    mutates: 'cache purge, config set',
    destroys: 'uninstall, download, wheel, run, runpip, sync, tool, add, remove',
    only: {
      install: { ...mutatesExcept(pipFlags), operands: namedPackage },
      'pip install': { ...mutatesExcept(pipFlags), operands: namedPackage },
    },
  }),
  'npm yarn pnpm': verbs({
    flags: {
      harmless: '-g --global --json --depth= --long -l -C= --prefix=',
      executes: '--script-shell= --node-options=',
    },
    reads: `ls, list, view, info, show, outdated, why, explain, config get, config list, config ls, root,
      prefix, bin, ping, whoami, doctor, audit $, search, owner ls, dist-tag ls, dist-tags ls, docs, licenses,
      fund, query, version $, help, --version, -v, cache dir, access list, token list`,
    destroys: `install, ci, run, exec, uninstall, publish, start, audit fix, x, dlx, update, link, rebuild, version,
        unpublish, deprecate`,
  }),
  'gem bundle bundler': verbs({
    flags: {},
    reads: `list, info, environment, env, outdated, search, specification, which, dependency, show, check,
        platform, query, contents, config list`,
    mutates: 'install',
    destroys: 'uninstall, cleanup, exec, update, push, yank',
  }),
  'conda mamba': verbs({
    flags: { harmless: '-n= -p=' },
    reads: 'list, info, search, env list, package',
    mutates: 'install, create, update',
    destroys: 'remove, uninstall, clean, run, env remove',
  }),
  brew: verbs({
    flags: {},
    reads: `list, ls, info, search, outdated, doctor, config, deps, uses, leaves, services list, --version,
        --prefix, tap $`,
    mutates: 'install, upgrade, update, tap, pin, link',
    destroys: 'uninstall, remove, rm, cleanup, autoremove, unlink',
  }),
  go: verbs({
    flags: {},
    reads: 'version, env $, list, doc, mod graph, mod why, mod verify',
    mutates: 'env, get, mod, build',
    destroys: 'run, install, generate, test, clean, tool',
  }),
  'cargo rustup': verbs({
    flags: {},
    reads: 'tree, metadata, search, --version, show, toolchain list, target list, info',
    mutates: 'update, add',
    destroys: 'run, install, build, test, clean, remove, uninstall',
  }),
  composer: verbs({
    flags: {},
    reads: 'show, outdated, info, validate, diagnose, licenses, depends, why, audit, --version',
    destroys: 'install, update, remove, run',
  }),
  mvn: destroysUnless({ reading: '-v --version' }),
  gradle: destroysUnless({ reading: '-v --version' }),

  needrestart: mutatesWith({ reading: '-b -r=l', harmless: '-k -l -p -q -v' }),
};
