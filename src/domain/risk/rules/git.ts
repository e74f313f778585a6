import {
  destroys,
  destroysUnless,
  type Flags,
  mutates,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsWith,
  verbs,
} from '../rule.ts';

/** Settings that name programs, hooks or other places to fetch from. */
const plainSetting =
  /^(?!(?:core|alias|filter|diff|merge|credential|gpg|url|include\w*|init|protocol|http|remote|uploadpack|submodule)\b)/i;

const branchFlags = {
  reading:
    '-a -r -v -vv --list --all --show-current --contains= --merged? --no-merged? --sort= --format= --points-at=',
  harmless: '-q --track? -t --no-track -u= --set-upstream-to= -i --column? --color?',
  destructive: '-d -D -m -M -f --delete --force --move -c -C',
} as const satisfies Flags;

const tagFlags = {
  reading: '-l --list -n? --contains= --sort= --points-at= --format= --merged? --no-merged? -v --verify',
  harmless: '-a -s -m= -F= -i',
  destructive: '-d --delete -f --force',
} as const satisfies Flags;

/** git(1) and its hosts' command line tools. */
export const gitRules: RuleTable = {
  git: verbs({
    flags: {
      harmless: `-C= --no-pager -P --git-dir= --work-tree= -n= --oneline --stat --name-only --name-status -p
        -s -q -v --all --graph --decorate? --since= --until= --author= --grep= --format= --pretty? -u -b -L=
        -S= -G= --no-optional-locks --bare --get --global --local --system`,
      writes: '--output= --lost-found',
      destructive:
        '-f --force --abort --skip --quit --theirs --ours -D -d --delete --prune --discard-changes',
      executes: `-c= --config-env= --exec-path= --ext-diff -O? --open-files-in-pager? --upload-pack= --receive-pack=
          --exec=`,
    },
    reads: `status, log, show, rev-parse, describe, blame, annotate, ls-files, ls-tree, ls-remote, shortlog,
      grep, cat-file, rev-list, reflog $, reflog show, reflog *@*, name-rev, merge-base, count-objects, fsck,
      whatchanged, remote show, remote get-url, stash list, stash show, submodule status, worktree list,
      bisect log, for-each-ref, show-ref, version, var, check-ignore, check-attr, verify-commit, verify-tag,
      diff, diff-tree, diff-index, cherry, range-diff, show-branch, help, notes list, notes show,
      lfs ls-files, lfs status, merge-tree, symbolic-ref HEAD, bundle verify`,
    mutates: `pull, add, commit, merge, revert, cherry-pick, stash push, stash save, stash pop, stash apply,
      stash $, init, clone, remote add, worktree add, apply, am, checkout-index, notes add,
      submodule update, submodule init, sparse-checkout, maintenance, format-patch, pack-refs, commit-graph,
      repack, lfs pull, lfs fetch, rerere`,
    destroys: `clean, rm, mv, restore, rebase, filter-branch, filter-repo, gc, prune, stash drop, stash clear,
      stash branch, remote remove, remote rm, remote set-url, remote rename, remote prune, reflog expire,
      reflog delete, update-ref, config, submodule, worktree remove, worktree prune, replace, notes, bisect,
      lfs, svn, clone ext::*, ls-remote ext::*, fetch ext::*, pull ext::*, push ext::*,
      remote add * ext::*, symbolic-ref, bundle, archive`,
    only: {
      switch: mutatesWith({
        harmless: '-c= --create= -q --quiet -t --track --no-track -d --detach --guess --no-guess',
        destructive: '-C= --force-create= -f --force --discard-changes',
      }),
      branch: mutatesWith(branchFlags),
      'branch $': readsWith(branchFlags),
      tag: mutatesWith(tagFlags),
      'tag $': readsWith(tagFlags),
      remote: readsWith('-v --verbose', { atMost: 0, otherwise: 'destructive' }),
      fetch: mutatesWith({
        reading: '--dry-run',
        harmless: `-q -v -a --all --tags -t --no-tags -n --depth= -j= --jobs= --progress --recurse-submodules? -4 -6
            --unshallow`,
        destructive: '-p --prune -P --prune-tags -f --force',
      }),
      push: {
        ...mutatesWith({
          reading: '-n --dry-run',
          harmless: `-u --set-upstream --tags --follow-tags -q -v --progress --no-verify --atomic --all -o=
              --push-option=`,
          destructive: '-f --force --force-with-lease? --force-if-includes --mirror -d --delete --prune',
        }),
        operands: { matching: /^[^+:]/, otherwise: 'destructive' },
      },
      clean: destroysUnless({ reading: '-n --dry-run', harmless: '-d -x -X -f -q -e= --exclude=' }),
      gc: destroysUnless({ bounding: '--auto', harmless: '-q --quiet' }),
      reset: mutatesExcept({ destructive: '--hard --merge --keep' }),
      // `checkout FILE` overwrites the file, and nothing tells a file from a branch.
      checkout: destroysUnless({
        bounding: '-b= --orphan= --detach',
        harmless: '-q --quiet --track? -t --no-track',
      }),
      config: {
        ...mutatesWith({
          reading: '--get= --get-all= --get-regexp= -l --list --get-urlmatch=',
          harmless: `--global --local --system --show-origin --show-scope --name-only -z --null --bool --int --type=
              --default=`,
          destructive: '--unset= --unset-all= --remove-section= --rename-section= --replace-all -e --edit',
        }),
        operands: { matching: plainSetting, otherwise: 'destructive' },
      },
      'config get': reads,
      'config * $': reads,
      'config list': reads,
      archive: readsWith({
        harmless: '--format= --prefix= -v',
        writes: '-o= --output=',
        executes: '--exec= --remote=',
      }),
    },
  }),
  gh: verbs({
    flags: {
      harmless: '-R= --repo= -L= --limit= --json= -q= --jq= -s= --state= -w= --log --log-failed',
    },
    reads: `pr list, pr view, pr status, pr checks, pr diff, run list, run view, run watch, issue list,
      issue view, issue status, release list, release view, workflow list, workflow view, repo view,
      repo list, auth status, search, status, label list, secret list, variable list, cache list, gist list,
      gist view`,
    mutates: `run rerun, run cancel, pr comment, issue comment, pr create, issue create, pr review, pr ready,
        pr edit, issue edit`,
    destroys: `workflow run, pr merge, pr close, pr checkout, repo delete, release delete, api, repo clone,
        run delete, secret, variable`,
  }),
  glab: verbs({
    flags: { harmless: '-R= --repo= -P= -F=' },
    reads: `mr list, mr view, mr diff, ci list, ci status, ci view, ci trace, issue list, issue view, release list,
        release view, auth status`,
    mutates: 'ci retry, mr note, mr create, issue create',
    destroys: 'mr merge, mr close, ci run, ci delete, api',
  }),
  'svn hg': verbs({
    flags: { harmless: '-r= -l= -v -q', executes: '--config= --config-option= --diff-cmd=' },
    reads: `log, status, st, info, diff, list, ls, cat, blame, annotate, parents, heads, branches, tags, summary,
        id, paths, outgoing, incoming`,
    mutates: 'update, up, checkout, co, commit, ci, add, pull, clone, switch',
    destroys: 'revert, delete, rm, merge, push, strip, purge, cleanup, export, backout',
  }),
  'git-lfs gitk tig': destroys,
  gitleaks: mutates,
};
