import { judgeCurl } from '../programs/curl.ts';
import {
  destroys,
  destroysUnless,
  judgedBy,
  mutates,
  mutatesWith,
  type RuleTable,
  reads,
  readsExcept,
  readsWith,
  runs,
  verbs,
} from '../rule.ts';

const show = 'show, list, lst, ls, sh';

/** Names, links, routes, firewalls, probes and certificates. */
export const networkRules: RuleTable = {
  'dig host nslookup delv whois ping ping6 traceroute traceroute6 tracepath': readsExcept({
    destructive: '-f=',
  }),
  mtr: readsExcept({ destructive: '-F=' }),
  'arping fping': readsExcept({}),
  curl: judgedBy(judgeCurl),
  wget: mutatesWith({
    reading: '--spider -O=- -O=/dev/null --output-document=- --output-document=/dev/null',
    harmless: `-q -S -v -nv -4 -6 --quiet --server-response --no-verbose -T= --timeout= -t= --tries= --header= --user=
      --password= --no-check-certificate --ca-certificate= -U= --user-agent= -c --max-redirect= --connect-timeout=
      --read-timeout= --method=GET --method=HEAD`,
    mutating: '--post-data= --body-data= --method=POST --method=PUT',
    writes: '-O= --output-document= -o= --output-file=',
  }),
  'nc ncat netcat': destroysUnless({ reading: '-z', harmless: '-v -n -u -4 -6 -w=' }),
  nmap: readsWith('-p= -sT -sS -sU -sV -sn -Pn -n -v -F -O -A -T4 -T3 -4 -6 --open --reason --top-ports='),
  tcpdump: readsWith({
    harmless: `-i= -n -nn -c= -v -vv -e -A -X -XX -x -q -t -tt -tttt -s= -l -p -D -r= -S -K -N -B= -# -Q= --immediate-mode
      --count`,
    destructive: '-z= -Z=',
    writes: '-w=',
  }),
  'ss netstat': readsExcept({ destructive: '-K --kill', writes: '-D= --diag=' }),
  'ifstat nload iftop nethogs ipcalc': reads,
  ifconfig: readsWith('-a -s -v', { atMost: 1, otherwise: 'destructive' }),
  route: readsWith('-n -e -v -4 -6', { atMost: 0, otherwise: 'destructive' }),
  arp: readsWith({ harmless: '-a -n -e -v -i=', mutating: '-s', destructive: '-d -f' }),
  ip: verbs({
    flags: {
      harmless:
        '-4 -6 -0 -s -stats -statistics -d -details -br -brief -o -oneline -j -json -p -pretty -c -color -h -human',
      destructive: '-b -batch -f= -force',
    },
    reads: families(
      'address addr a link l route r ro rule ru neighbour neigh n netns maddress mroute tunnel xfrm',
      show,
    )
      .concat(
        ', route get, r get, monitor $, address $, addr $, a $, link $, l $, route $, r $, ro $, rule $, neighbour $, neigh $, n $, netns $',
      )
      .concat(', vrf show, tcp_metrics show, netns identify, netns pids, nexthop show'),
    mutates: families(
      'address addr a link l route r rule neighbour neigh n',
      'add, append, replace, change, up',
    ),
    destroys: families('address addr a link l route r rule neighbour neigh n', 'del, delete, flush'),
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
    harmless:
      '-i -S -k -g -a -c -l -m -P -T -n -x --show-ring --show-features --statistics --driver --show-coalesce',
    mutating: '-G -L -C -K -A -s -r',
  }),
  'iw iwconfig': verbs({ flags: {}, reads: 'dev, list, phy', alone: 'read-only' }),
  nmcli: verbs({
    flags: { harmless: '-t -p -f= -g= -m= -c= --terse --fields= --get-values=' },
    reads:
      'general $, general status, device $, device status, device show, connection $, connection show, c $, d $, con show, dev show',
    mutates: 'connection up *, connection reload, device reapply *, general reload',
    alone: 'read-only',
  }),
  'resolvectl systemd-resolve': verbs({
    flags: {
      harmless: '-4 -6 --no-pager -i= -t= -p= --legend= --cache= --status --statistics',
      mutating: '--flush-caches',
    },
    reads: 'status, query, statistics, dns, domain, show-cache, show-server-state, service, tlsa',
    mutates: 'flush-caches, reset-statistics, reset-server-features',
    alone: 'read-only',
  }),
  networkctl: verbs({
    flags: { harmless: '--no-pager -a --all -s -n=' },
    reads: 'list, status, lldp',
    mutates: 'reload, renew *, reconfigure *, up *, forcerenew *',
    alone: 'read-only',
  }),

  'iptables ip6tables': {
    ...destroysUnless({
      reading: '-L? --list? -S? --list-rules? -C?',
      harmless: '-n -v -x -t= -w? --line-numbers --table= --numeric --verbose',
      bounding: '-A= -I= --append= --insert=',
      destructive: '-D= -F -X -Z -P= -R= -N=',
    }),
    others: 'allowed',
  },
  'iptables-save ip6tables-save': readsExcept({ writes: '-f= --file=' }),
  'iptables-restore ip6tables-restore': destroys,
  nft: verbs({
    flags: { harmless: '-n -a -s -j -c -nn', destructive: '-f= --file= -i' },
    reads: 'list',
    mutates: 'add, insert, create',
    destroys: 'delete, flush, replace, reset',
  }),
  ufw: verbs({
    flags: { harmless: '--dry-run' },
    reads: 'status, show, app list, app info',
    mutates: 'allow, deny, limit, reject, reload, logging, insert',
    destroys: 'delete, disable, enable, reset, default',
  }),
  'firewall-cmd': readsWith({
    harmless: `--state --get-* --list-all --list-ports --list-services --list-rich-rules --list-all-zones --zone= --permanent
      --get-active-zones --get-default-zone --get-zones --query-port= --query-service= --check-config --info-zone=`,
    mutating:
      '--add-port= --add-service= --add-rich-rule= --add-source= --reload --timeout= --remove-rich-rule= --remove-source=',
    destructive: '--remove-port= --remove-service= --complete-reload --panic-on --set-default-zone=',
  }),
  'fail2ban-client': verbs({
    flags: { harmless: '-v' },
    reads: 'status, get, ping, version, banned',
    mutates: 'set * banip, set * unbanip, set * addignoreip, set * delignoreip, reload, restart, unban',
    destroys: 'stop, start',
  }),
  ipset: verbs({
    flags: { harmless: '-exist -o=' },
    reads: 'list, test, save, -L',
    mutates: 'add, create',
    destroys: 'del, flush, destroy',
  }),
  conntrack: destroysUnless({ reading: '-L -S -C -G', harmless: '-p= -s= -d= -n -o=', bounding: '-D' }),

  openssl: verbs({
    flags: {
      mutating: '-newkey= -new',
      writes:
        '-out= -keyout= -writerand= -sess_out= -keylogfile= -respout= -reqout= -index= -cert_chain_out=',
      destructive:
        '-engine= -provider-path= -config= -pkeyopt= -signkey= -CA= -CAkey= -set_serial= -CAcreateserial',
    },
    reads: `s_client, x509, verify, version, ciphers, crl, dgst, ocsp, asn1parse, crl2pkcs7, pkcs7, pkcs12, rsa, ec, pkey,
      req, list, help, errstr, sha256, md5, rand, prime, speed, s_time`,
  }),
  'certbot letsencrypt': verbs({
    flags: { harmless: '--cert-name= -d= -n --non-interactive -q' },
    reads: 'certificates, show_account',
    mutates: 'renew, certonly',
    destroys: 'delete, revoke, install, run',
    rehearsal: ['--dry-run'],
  }),
  keytool: readsWith('-list -v -keystore= -storepass= -alias= -rfc -storetype= -printcert -file='),
  gpg: readsWith('--list-keys --list-secret-keys -k -K --verify --with-colons --fingerprint'),
  'ssh-keygen': destroysUnless({ reading: '-l -F= -y', harmless: '-f= -E= -v', bounding: '-R=' }),
  'ssh-keyscan': readsWith('-t= -p= -T= -4 -6 -H'),
  iperf3: mutates,
};

function families(objects: string, actions: string): string {
  return objects
    .split(' ')
    .flatMap((object) => actions.split(', ').map((action) => `${object} ${action}`))
    .join(', ');
}
