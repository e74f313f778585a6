import {
  destroys,
  destroysUnless,
  mutates,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsWith,
} from '../rule.ts';

/** Accounts, passwords and scheduled jobs. */
export const userRules: RuleTable = {
  chage: mutatesWith({
    reading: '-l --list',
    harmless: '-i --iso8601 -E= -M= -m= -W= -I= -d= --expiredate= --maxdays=',
  }),
  'useradd groupadd adduser addgroup newgrp': mutates,
  usermod: mutatesExcept({
    destructive: `-G= --groups= -L --lock -p= --password= -s=/sbin/nologin -s=/usr/sbin/nologin -s=/bin/false -m -d= -l=
        -u=`,
    bounding: '-a --append',
    harmless: '-aG=',
  }),
  groupmod: mutatesExcept({ destructive: '-g= -n= -o' }),
  passwd: mutatesWith({
    reading: '-S --status',
    harmless: '-a -l -u -x= -n= -w= -i= -q -e --expire --lock --unlock',
    destructive: '-d --delete --stdin',
  }),
  'chpasswd newusers chgpasswd': destroys,
  gpasswd: mutatesExcept({ destructive: '-d= --delete= -r -R -M= -A=' }),
  chsh: mutates,
  'chfn pwconv grpconv': mutates,
  'userdel groupdel deluser delgroup vipw vigr': destroys,
  'pwck grpck': destroysUnless({ reading: '-r -q' }),
  faillock: readsWith({ harmless: '--user= --dir=', mutating: '--reset' }),
  pam_tally2: readsWith({ harmless: '-u= --user=', mutating: '-r --reset' }),
  'lslogins lastlog2 members': reads,
  sss_cache: mutates,
  'kinit kdestroy': mutates,
  crontab: destroysUnless({ reading: '-l', harmless: '-u=' }),
  atq: reads,
  at: destroysUnless({ reading: '-l -c' }),
  'batch atrm': destroys,
  'run-parts': destroysUnless({ reading: '--test --list', harmless: '--regex=' }),
};
