import { judgeAnsible, judgeAnsiblePlaybook } from '../programs/ansible.ts';
import { judgeParallel } from '../programs/parallel.ts';
import { judgeSalt } from '../programs/salt.ts';
import { judgeFanOut } from '../programs/ssh.ts';
import { destroys, destroysUnless, judgedBy, type RuleTable, readsExcept, verbs } from '../rule.ts';

/** Tools that do things on many hosts, or do what a file says. */
export const automationRules: RuleTable = {
  ansible: judgedBy(judgeAnsible),
  'ansible-playbook': judgedBy(judgeAnsiblePlaybook),
  'ansible-inventory ansible-doc ansible-lint': readsExcept({ writes: '--output=' }),
  'ansible-config': verbs({ flags: {}, reads: 'list, dump, view' }),
  'ansible-galaxy': verbs({
    flags: {},
    reads: 'list, search, info, collection list, collection verify, role list, role info',
    mutates: 'install, collection install, role install, init',
    destroys: 'remove, role remove',
  }),
  'ansible-vault': verbs({ flags: { harmless: '--vault-password-file= --vault-id=' }, reads: 'view' }),
  'ansible-pull ansible-console': destroys,
  'salt salt-call': judgedBy(judgeSalt),
  'salt-run': verbs({
    flags: { harmless: '--out= -t=' },
    reads: `manage.status, manage.up, manage.down, jobs.active, jobs.list_jobs, jobs.lookup_jid, manage.versions,
        survey.hash`,
  }),
  'salt-key': destroysUnless({ reading: '-L -l= --list= --list-all -f= -F', harmless: '-y --out=' }),
  puppet: verbs({
    flags: {},
    reads: 'config print, parser validate, lookup, facts show, module list, cert list, --version',
    only: { agent: destroysUnless({ reading: '--noop', harmless: '-t --test --verbose -v --environment=' }) },
  }),
  'chef-client chef-solo cinc-client': destroysUnless({ reading: '-W --why-run', harmless: '-l=' }),
  knife: verbs({
    flags: { harmless: '-c= -a= -F=' },
    reads: `node list, node show, status, search, cookbook list, role list, role show, environment list,
        client list, data bag list, data bag show`,
  }),
  facter: readsExcept({ executes: '--custom-dir= --external-dir=' }),
  make: destroys,
  'parallel sem': judgedBy(judgeParallel),
  'pssh parallel-ssh pdsh clush': judgedBy(judgeFanOut),
};
