import { judgeCurl } from '../programs/curl.ts';
import { judgeHttpie } from '../programs/httpie.ts';
import { judgeNetcat, judgeSocat, judgeVtysh } from '../programs/socket-clients.ts';
import { judgeWget } from '../programs/wget.ts';
import {
  destroys,
  judgedBy,
  mutates,
  type RuleTable,
  reads,
  readsExcept,
  readsWith,
  runs,
  verbs,
} from '../rule.ts';

const show = 'show, list, lst, ls, sh';

/** Names, links, routes, probes and transfers. */
export const networkRules: RuleTable = {
  'dig host nslookup delv whois ping ping6 traceroute traceroute6 tracepath': readsExcept({
    destructive: '-f=',
  }),
  mtr: readsExcept({ destructive: '-F=' }),
  arping: readsExcept({ mutating: '-U -A' }),
  fping: reads,
  curl: judgedBy(judgeCurl),
  wget: judgedBy(judgeWget),
  'nc ncat netcat': judgedBy(judgeNetcat),
  nmap: readsWith(
    `--script=ssl-enum-ciphers --script=ssl-cert -T= -iL= --max-retries= --host-timeout= -6 -PS? -PE -p= -sT
      -sS -sU -sV -sn -Pn -n -v -F -O -A -T4 -T3 -4 -6 --open --reason --top-ports=`,
  ),
  tcpdump: readsWith({
    harmless: `-i= -n -nn -c= -v -vv -e -A -X -XX -x -q -t -tt -tttt -s= -l -p -D -r= -S -K -N -B= -# -Q=
      --immediate-mode --count -C= -W= -G= -Z= --print -U -J -L`,
    executes: '-z=',
    writes: '-w=',
  }),
  'ss netstat': readsExcept({ destructive: '-K --kill', writes: '-D= --diag=' }),
  'ifstat nload iftop': reads,
  ifconfig: readsWith('-a -s -v', { atMost: 1, otherwise: 'destructive' }),
  route: readsWith('-n -e -v -4 -6', { atMost: 0, otherwise: 'destructive' }),
  arp: readsWith({ harmless: '-a -n -e -v -i=', mutating: '-s', destructive: '-d -f' }),
  ip: verbs({
    flags: {
      harmless: `-4 -6 -0 -s -stats -statistics -d -details -br -brief -o -oneline -j -json -p -pretty -c -color -h
          -human -n= -netns= -a -all -ts -t -timestamp -r -resolve`,
      executes: '-b= -batch=',
      destructive: '-force',
    },
    reads: families(
      'address addr a link l route r ro rule ru neighbour neigh n netns maddress mroute tunnel',
      show,
    )
      .concat(
        `, route get, r get, monitor $, address $, addr $, a $, link $, l $, route $, r $, ro $, rule $,
          neighbour $, neigh $, n $, netns $`,
      )
      .concat(`, ${families('xfrm state;xfrm policy', `get, ${show}`, ';')}`)
      .concat(
        `, vrf show, tcp_metrics show, netns identify, netns pids, nexthop show, vrf list, macsec show,
          sr tunsrc show, sr hmac show, xfrm state $, xfrm policy $, xfrm state count, xfrm policy count, maddr show, ntable show, token list, rule list, addrlabel list, link help, fou show, link ls, netns list-id, -V`,
      ),
    mutates: families('address addr a link l route r rule neighbour neigh n', 'add, append, up'),
    destroys: families(
      'address addr a link l route r rule neighbour neigh n',
      'del, delete, flush, replace, change, restore',
    ),
    only: {
      // Taking a block away restores traffic; taking any other route away may cut the host off.
      'route del blackhole': mutates,
      'route delete blackhole': mutates,
      'link set': { ...mutates, operands: { matching: /^(?!down$)/, otherwise: 'destructive' } },
      'netns exec': runs('', { skip: 1 }),
    },
    alone: 'read-only',
  }),
  ethtool: readsWith({
    harmless: `-i -S -k -g -a -c -l -m -P -T -n -x -u -d --show-ring --show-features --statistics --driver
        --show-coalesce --show-pause --show-channels --show-eee --show-fec --phy-statistics --module-info
        --show-permaddr --show-priv-flags --show-time-stamping`,
    mutating: '-G -L -C -K -A -s -r -X -N',
    destructive: '-E -f -t -e --flash --reset --change-eeprom',
  }),
  'iw iwconfig': verbs({
    flags: {},
    reads:
      'dev $, list $, phy $, dev * info $, dev * link $, dev * station dump $, dev * scan dump $, reg get $',
    alone: 'read-only',
  }),
  nmcli: verbs({
    flags: { harmless: '-t -p -f= -g= -m= -c= --terse --fields= --get-values=' },
    reads: `general $, general status, device $, device status, device show, connection $, connection show, c $,
        d $, con show, dev show, dev status, device wifi list, dev wifi list, radio $,
        networking connectivity, monitor $, g $, c show, d show, d status, con $, dev $, networking $,
        general hostname $`,
    mutates: `connection up *, connection reload, device reapply *, general reload, con up *, dev reapply *, con add,
        connection add, con mod, connection modify, device connect`,
    alone: 'read-only',
  }),
  'resolvectl systemd-resolve': verbs({
    flags: {
      harmless: '-4 -6 --no-pager -i= -t= -p= --legend= --cache= --status --statistics',
      mutating: '--flush-caches',
    },
    reads: `status, query, statistics, dns $, domain $, dns * $, domain * $, show-cache, show-server-state,
        service, tlsa`,
    mutates: 'flush-caches, reset-statistics, reset-server-features',
    alone: 'read-only',
  }),
  networkctl: verbs({
    flags: { harmless: '--no-pager -a --all -s -n=' },
    reads: 'list, status, lldp',
    mutates: 'reload, renew *, reconfigure *, up *, forcerenew *',
    alone: 'read-only',
  }),

  bridge: verbs({
    flags: { harmless: '-s -d -j -p -br', executes: '-b= -batch=' },
    reads:
      'fdb show, link show, vlan show, mdb show, fdb list, vlan list, link $, fdb $, vlan $, mdb $, monitor',
    destroys: 'fdb, link, vlan, mdb',
  }),
  brctl: verbs({
    flags: {},
    reads: 'show, showmacs, showstp',
    mutates: 'addbr, addif',
    destroys: 'delbr, delif',
  }),
  wg: verbs({
    flags: {},
    reads: 'show, showconf',
    mutates: 'set',
    destroys: 'setconf, syncconf',
    alone: 'read-only',
  }),
  'wg-quick': verbs({ flags: {}, mutates: 'up', destroys: 'down, save', reads: 'strip' }),
  'ipsec swanctl': verbs({
    flags: { reading: '--list-sas --list-conns --list-certs --stats --version -l -L' },
    reads: 'status, statusall, version, listcerts, listall',
    mutates: 'reload, up, update, restart',
    destroys: 'stop, down',
  }),
  tailscale: verbs({
    flags: {},
    reads: 'status, ip, ping, netcheck, version, whois',
    mutates: 'up, set, login',
    destroys: 'down, logout',
  }),
  birdc: verbs({
    flags: { harmless: '-r -s=' },
    reads: 'show',
    mutates: 'configure',
    destroys: 'down, disable',
  }),
  vtysh: judgedBy(judgeVtysh),
  teamdctl: verbs({ flags: {}, skip: 1, reads: 'state, config dump, port config dump' }),
  // `--` joins several commands, so only those without anything behind them are known.
  'ovs-vsctl': verbs({ flags: { harmless: '--format= -f= --bare' }, reads: 'show $, list-br $' }),
  'ovs-ofctl': verbs({
    flags: { harmless: '-O= --names' },
    reads: 'show, dump-flows, dump-ports, dump-tables, snoop, dump-ports-desc, dump-groups',
    mutates: 'add-flow',
    destroys: 'del-flows, mod-flows, replace-flows',
  }),
  lldpcli: verbs({ flags: { harmless: '-f=' }, reads: 'show' }),
  lldpctl: reads,
  'tshark dumpcap': readsWith({
    harmless: '-i= -r= -Y= -f= -c= -n -V -T= -e= -z= -q -a= -s= -E= -O= -x -D -R= -t= -N= -d= -o= -l -p',
    writes: '-w=',
  }),
  'snmpwalk snmpget snmpbulkwalk snmpstatus snmpgetnext snmptranslate snmpdf snmptable': reads,
  snmpset: mutates,
  socat: judgedBy(judgeSocat),
  'http https xh': judgedBy(judgeHttpie),
  grpcurl: readsWith(
    {
      harmless: `-plaintext -insecure -H= -proto= -import-path= -v -vv -connect-timeout= -max-time= -cacert= -cert=
          -key= -authority= -servername=`,
      mutating: '-d=',
    },
    {
      matching: /^(?:list|describe|[\w.-]+:\d+|.*(?:[Hh]ealth|\/(?:Get|List|Describe|Check)).*|[\w.]+)$/,
      otherwise: 'mutating',
    },
  ),
  'websocat telnet ftp lftp': destroys,
  'ab wrk hey siege vegeta iperf iperf3 netperf': mutates,
  'speedtest speedtest-cli': reads,
  'nethogs bmon ipcalc sipcalc geoiplookup dnstop': reads,
  'dnstracer drill kdig dog ldns-walk': reads,
  ldapsearch: readsExcept({ writes: '-T=' }),
  'ldapmodify ldapadd ldapdelete ldappasswd': destroys,
  ldapwhoami: reads,
  'swaks sendmail mail mailx mutt': mutates,
};

function families(objects: string, actions: string, separator = ' '): string {
  return objects
    .split(separator)
    .flatMap((object) => actions.split(', ').map((action) => `${object} ${action}`))
    .join(', ');
}
