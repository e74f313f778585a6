import { judgeIptables } from '../programs/iptables.ts';
import {
  destroys,
  destroysUnless,
  judgedBy,
  mutates,
  type RuleTable,
  readsExcept,
  readsWith,
  verbs,
} from '../rule.ts';

/** Packet filters and traffic shapers. */
export const firewallRules: RuleTable = {
  'iptables ip6tables iptables-legacy iptables-nft': judgedBy(judgeIptables),
  'iptables-save ip6tables-save ebtables-save': readsExcept({ writes: '-f= --file=', mutating: '-c' }),
  'iptables-restore ip6tables-restore': destroysUnless({ reading: '-t --test' }),
  'ebtables arptables': destroysUnless({ reading: '-L? --list?', harmless: '-t= -n -v --Lc --Ln' }),
  nft: verbs({
    chains: 'semicolons',
    flags: { harmless: '-n -a -s -j -c -nn -t -y --check --numeric', executes: '-f= --file= -i' },
    reads: 'list, monitor, describe',
    mutates: 'add, insert, create',
    destroys: 'delete, flush, replace, reset, destroy, rename',
  }),
  ufw: verbs({
    flags: { harmless: '--dry-run' },
    reads: 'status, show, app list, app info, version',
    mutates: 'allow, limit, reload, logging, insert, deny from, reject from, route allow, prepend allow',
    destroys: 'delete, disable, enable, reset, default, deny, reject',
    rehearsal: ['--dry-run'],
  }),
  'firewall-cmd': readsWith({
    harmless: `--state --get-* --list-all --list-ports --list-services --list-rich-rules --list-all-zones
      --zone= --permanent --get-active-zones --get-default-zone --get-zones --query-port= --query-service=
      --check-config --info-zone= --list-sources --list-interfaces --list-forward-ports --get-services
      --info-service= --query-masquerade --get-log-denied --list-all-policies --direct --get-all-rules
      --get-zone-of-interface= --query-rich-rule= --version`,
    mutating: `--add-port= --add-service= --add-rich-rule= --add-source= --reload --timeout= --remove-rich-rule=
        --remove-source=`,
    destructive:
      '--remove-port= --remove-service= --complete-reload --panic-on --set-default-zone= --runtime-to-permanent',
  }),
  'fail2ban-client': verbs({
    flags: { harmless: '-v' },
    reads: 'status, get, ping, version, banned',
    mutates: 'set * banip, set * unbanip, set * addignoreip, set * delignoreip, reload, restart, unban',
    destroys: 'stop, start',
  }),
  ipset: verbs({
    flags: { harmless: '-exist -o= -n -t', writes: '-f= -file=' },
    reads: 'list, test, save, -L, -l, version',
    mutates: 'add, create',
    destroys: 'del, flush, destroy, rename, swap, restore',
  }),
  conntrack: destroysUnless({
    reading: '-L -S -C -G -E',
    harmless: '-p= -s= -d= -n -o= --dport= --sport= --orig-src= --orig-dst= --state= --src= --dst= -f=',
    bounding: '-D',
    destructive: '-F',
  }),
  tc: verbs({
    flags: {
      harmless: '-s -d -j -p -n= -stats -details -color -br',
      executes: '-b= -batch=',
      destructive: '-force',
    },
    reads: `qdisc show, qdisc list, qdisc $, class show, class list, class $, filter show, filter list, filter $,
        action list, monitor, chain show`,
    mutates: 'qdisc add, class add, filter add, chain add',
    // It delays, drops or spoils what goes through, which may be this very session.
    only: { 'qdisc add': { ...mutates, operands: { matching: /^(?!netem$)/, otherwise: 'destructive' } } },
    destroys: `qdisc del, qdisc delete, qdisc replace, qdisc change, class del, filter del, class change,
        class replace, filter replace, action`,
  }),
  ipvsadm: destroysUnless({
    reading: '-L -l --list',
    harmless: '-n --stats --rate -c --numeric -t= -u=',
    bounding: '-a --add-server -A= -e',
    destructive: '-C -D= -d -R',
  }),
  'crowdsec cscli': verbs({
    flags: { harmless: '-o=' },
    reads: `alerts list, decisions list, metrics, hub list, bouncers list, machines list, version, alerts inspect,
        collections list, lapi status`,
    mutates: 'decisions add, hub update',
    destroys: 'decisions delete, alerts delete, bouncers delete, machines delete',
  }),
  'pfctl ipfw': destroysUnless({ reading: '-s= show list', harmless: '-v -q -r -a=' }),
  'iptables-apply xtables-monitor': destroys,
};
