import { type Anchor, anchor } from '../anchors/anchor.ts';

/** A line of a configuration in which the secret follows with no sign between; the pattern ends where it begins. */
interface Directive {
  /** In small letters; only where it occurs the pattern is tried. Empty for patterns that begin with rare words. */
  readonly hint: string;
  readonly pattern: Anchor;
  /** Only what looks like a password, because the same words also stand in sentences. */
  readonly isDoubtful?: true;
}

export const directives: readonly Directive[] = [
  // Redis, keepalived, LDAP, Samba, HAProxy, OpenVPN, BIND, PPP.
  {
    hint: '',
    pattern: anchor(
      /(?:requirepass|masterauth|auth_pass|rootpw|bindpw|primaryauth)(?<=(?:^[ \t]{0,16}|['"])\w{6,12})[ \t]{1,8}(?:--\w{4,16}[ \t]{1,4}){0,2}(?=[^\s-])/gim,
    ),
  },
  {
    hint: 'config set',
    pattern: anchor(
      /\bconfig[ \t]{1,4}set[ \t]{1,4}(?:requirepass|masterauth|primaryauth)[ \t]{1,4}(?=\S)/gi,
    ),
  },
  {
    hint: 'user ',
    pattern: anchor(
      /user(?<=^[ \t]{0,8}user)[ \t]\S{1,64}[ \t](?:on|off)(?:[ \t]\S{1,64}){0,4}?[ \t][>#](?=\S{4})/gim,
    ),
  },
  { hint: 'sentinel', pattern: anchor(/\bsentinel[ \t]{1,4}auth-pass[ \t]{1,4}\S{1,64}[ \t]{1,4}(?=\S)/gi) },
  { hint: 'stats auth', pattern: anchor(/\bstats[ \t]{1,4}auth[ \t]{1,4}[^\s:]{1,64}:(?=\S)/gi) },
  {
    hint: 'password ',
    pattern: anchor(/user(?<=^[ \t]{0,8}user)[ \t]\S{1,64}[ \t](?:insecure-)?password[ \t]{1,4}(?=\S)/gim),
  },
  {
    hint: 'username ',
    pattern: anchor(
      /\busername[ \t]\S{1,64}[ \t](?:privilege[ \t]\d{1,2}[ \t])?(?:password|secret)[ \t](?:[05789][ \t])?(?=\S)/gi,
    ),
  },
  // .netrc, also over several lines.
  {
    hint: 'password',
    pattern: anchor(/\b(?:login|account)[ \t]{1,4}\S{1,200}[ \t\r\n]{1,16}password[ \t]{1,4}(?=\S)/gi),
  },
  {
    hint: 'machine ',
    pattern: anchor(
      /machine(?<=^[ \t]{0,8}machine)[ \t]{1,4}\S{1,200}[ \t\r\n]{1,16}password[ \t]{1,4}(?=\S)/gim,
    ),
  },
  // Routers and switches.
  {
    hint: 'enable ',
    pattern: anchor(
      /\b(?:enable|line)[ \t](?:secret|password)[ \t](?:(?:level[ \t]\d{1,2}[ \t])?[05789][ \t])?(?!level[ \t]\d{1,2}(?:\s|$))(?=\S)/gi,
    ),
  },
  {
    hint: '',
    pattern: anchor(
      /\b(?:(?:tacacs|radius)[- ]server|radius|tacacs)(?:[ \t]host[ \t]\S{1,64})?[ \t](?:\S{1,20}[ \t]\S{1,20}[ \t]){0,3}?(?:key|shared-secret)[ \t](?:[0-9][ \t])?(?=\S)/gi,
    ),
  },
  { hint: 'neighbor ', pattern: anchor(/\bneighbor[ \t]\S{1,64}[ \t]password[ \t](?:[0-9][ \t])?(?=\S)/gi) },
  {
    hint: 'snmp-server ',
    pattern: anchor(
      /\bsnmp-server[ \t](?:community|host[ \t]\S{1,64}(?:[ \t]version[ \t]\S{1,8})?)[ \t](?!traps|informs)(?=\S)/gi,
    ),
  },
  {
    hint: 'snmp-server user',
    pattern: anchor(
      /(?:auth[ \t](?:md5|sha[-\d]{0,4})|priv[ \t](?:3?des|aes(?:[- ]?\d{3})?))(?<=\bsnmp-server[ \t]user[ \t][^\n]{1,160})[ \t](?=\S)/gi,
    ),
  },
  { hint: 'snmp community', pattern: anchor(/\bsnmp[ \t]community[ \t](?=\S)/gi) },
  { hint: 'community', pattern: anchor(/(?:ro|rw)community(?<=^[ \t]{0,8}\w{11})6?[ \t]{1,8}(?=\S)/gim) },
  {
    hint: 'com2sec',
    pattern: anchor(
      /com2sec(?<=^[ \t]{0,8}com2sec)6?[ \t]{1,8}\S{1,64}[ \t]{1,8}\S{1,64}[ \t]{1,8}(?=\S)/gim,
    ),
  },
  {
    hint: 'createuser ',
    pattern: anchor(
      /\bcreateUser[ \t](?:-e[ \t]\S{1,40}[ \t])?\S{1,64}[ \t](?:MD5|SHA(?:-\d{3})?)[ \t](?=\S)/g,
    ),
  },
  {
    hint: 'createuser ',
    pattern: anchor(/(?<=\bcreateUser[ \t][^\n]{1,200}[ \t])(?:AES(?:-?\d{3})?|DES)[ \t](?=\S)/g),
  },
  { hint: 'key-string ', pattern: anchor(/\bkey-string[ \t](?:[0-9][ \t])?(?=\S)/gi) },
  {
    hint: 'pre-shared-key ',
    pattern: anchor(
      /\bpre-shared-key[ \t](?:address[ \t]\S{1,64}[ \t](?:\S{1,15}[ \t])?key|hostname[ \t]\S{1,64}[ \t]key|local|remote|ascii-text|hex)[ \t](?:[06][ \t])?(?=\S)/gi,
    ),
  },
  { hint: 'isakmp', pattern: anchor(/\bcrypto[ \t]isakmp[ \t]key[ \t](?:[06][ \t])?(?=\S)/gi) },
  {
    hint: '',
    pattern: anchor(
      /\b(?:encrypted-password|plain-text-password-value|authentication-key(?![ \t]\d{1,5}[ \t])|md5-key|message-digest-key[ \t]\d{1,3}[ \t]md5|authentication-key[ \t]\d{1,5}[ \t](?:md5|sha1?))[ \t](?:[0-9][ \t])?(?=\S)/gi,
    ),
  },
  {
    hint: 'standby ',
    pattern: anchor(/\bstandby[ \t]\d{1,4}[ \t]authentication[ \t](?:md5[ \t]key-string[ \t])?(?=\S)/gi),
  },
  { hint: 'wpa-psk ', pattern: anchor(/\bwpa-psk[ \t](?:ascii[ \t])?(?:[0-9][ \t])?(?=\S)/gi) },
  // strongSwan, wpa_supplicant, XAuth; PPP and Postfix maps.
  { hint: '', pattern: anchor(/:[ \t](?:PSK|XAUTH|EAP)[ \t](?=["'\w])/g) },
  {
    hint: ':',
    pattern: anchor(
      /:(?=[^\s:/]{5,64}[ \t\r]*$)(?<=(?:^|[ \t])(?:\[[\w.-]{3,100}\](?::\d{2,5})?|[\w.-]{3,100}:\d{2,5})[ \t]{1,8}[\w.@+-]{1,64}:)/gm,
    ),
    isDoubtful: true,
  },
  {
    hint: 'password_maps',
    pattern: anchor(
      /:(?=[^\s:/]{5,64}[ \t\r]*$)(?<=(?:\b|_)password_maps:?[^\n]{0,100}[ \t](?:static:)?[\w.@+-]{1,64}:)/gm,
    ),
  },
  { hint: 'pool', pattern: anchor(/\bpool(?:ed)?[ \t]\S{1,40}[ \t]password[ \t](?=\S)/gi), isDoubtful: true },
  {
    hint: ':',
    pattern: anchor(
      /:(?=[^\s:/]{6,64}[ \t\r]*$)(?<=(?:^|[ \t])[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}:[A-Za-z][\w.@-]{0,63}:)/gm,
    ),
    isDoubtful: true,
  },
  {
    hint: ' * ',
    pattern: anchor(/\*[ \t]{1,8}(?=\S{6,64}[ \t]{1,8}\*[ \t\r]*$)/gm),
    isDoubtful: true,
  },
  // Protocols in a capture: FTP, POP3, IRC.
  { hint: 'pass ', pattern: anchor(/PASS(?<=(?:^|[\s>:"]|\\n)PASS)[ \t](?=[^\s:]{4})/g), isDoubtful: true },
  // Prompts and scripts of Redis and MongoDB, calls that take an account and its password, and scripts for expect.
  {
    hint: 'auth ',
    pattern: anchor(
      /AUTH(?<=(?:^|[>$#] ?|["'])AUTH)[ \t](?:[\w-]{1,40}[ \t])?(?=\S{4,200}?(?:[ \t\r]*$|\\r\\n))/gm,
    ),
  },
  {
    hint: '"auth" ',
    pattern: anchor(/"AUTH"[ \t]{1,4}(?:"[^"\s]{1,64}"[ \t]{1,4})?(?="[^"\n]{4,200}"[ \t\r]*$)/gim),
  },
  // What Dovecot and SMTP servers log of a login: base64 of NUL, user, NUL, password, or padded; the answer to `Password:`.
  {
    hint: 'resp=',
    pattern: anchor(
      /[ \t]resp=(?=A[C-H][A-Za-z0-9+/]{8,1000}={0,2}(?:\s|$)|[A-Za-z0-9+/]{14,1000}={1,2}(?:\s|$))/g,
    ),
  },
  {
    hint: '334 ugfzc3dvcmq6',
    pattern: anchor(
      /\b334[ \t]UGFzc3dvcmQ6(?:\r?\n|(?:\\r)?\\n)[ \t]{0,8}(?:C:[ \t]|[<>~-]{1,3}[ \t])?(?=[A-Za-z0-9+/]{4,400}={0,2}[ \t\r]*(?:$|\\[rn]))/gm,
    ),
  },
  // Macros of Nagios, and the account of a UPS.
  { hint: '$user', pattern: anchor(/^\$USER\d{1,3}\$[ \t]{0,4}=[ \t]{0,4}(?=\S)/gm), isDoubtful: true },
  {
    hint: 'monitor ',
    pattern: anchor(
      /\bMONITOR[ \t]\S{1,100}[ \t]\d{1,3}[ \t]\S{1,64}[ \t](?=\S{1,128}[ \t](?:primary|secondary|master|slave)\b)/g,
    ),
  },
  {
    hint: 'acl setuser',
    pattern: anchor(/\bacl[ \t]setuser[ \t]\S{1,64}(?:[ \t]\S{1,64}){0,4}?[ \t]["']?[>#](?=\S{4})/gi),
  },
  {
    hint: '(',
    pattern: anchor(
      /(?:password|auth|login|credentials?)\w{0,20}\([ \t]{0,4}["'][^"'\n]{0,64}["'],[ \t]{0,4}["'](?=[^"'\n]{6,128}["'])/gi,
    ),
    isDoubtful: true,
  },
  {
    hint: 'send',
    pattern: anchor(/\bsend(?:[ \t]+--)?[ \t]+["'](?=[^"'\s\\]{6,64}\\[rn]["'])/g),
    isDoubtful: true,
  },
  // PowerShell.
  {
    hint: 'convertto-securestring',
    pattern: anchor(
      /\bConvertTo-SecureString[ \t]{1,4}(?:-(?:String|AsPlainText|Force)[ \t]{1,4}){0,3}(?=["'\w])/gi,
    ),
  },
  // Variables of fish, and the value in braces of ODBC.
  {
    hint: 'set -',
    pattern: anchor(
      /\bset[ \t]{1,4}(?:--?[a-z]{1,10}[ \t]{1,4}){1,4}\w{0,40}(?:pass(?:word|wd|phrase)?|pwd|token|secret|(?:api|access|secret|auth)_?key)[ \t]{1,4}(?=\S{4})/gi,
    ),
  },
  {
    hint: '={',
    pattern: anchor(/\b(?:pwd|password)[ \t]{0,2}=[ \t]{0,2}\{(?=[^{}\s;$]{4,128}\}(?:[;"']|$))/gim),
    isDoubtful: true,
  },
  // What belongs to a name or an id that stands before it.
  {
    hint: '"keyname"',
    pattern: anchor(/"keyName"[^{}]{0,200}?"value"[ \t]{0,4}:[ \t]{0,4}(?="[A-Za-z0-9+/]{40,100}={0,2}")/gi),
  },
  {
    hint: 'a',
    pattern: anchor(
      /\b(?:AKIA|ASIA)[A-Z0-9]{16}["'`]?(?:[ \t]{0,4}[/|:,;&+][ \t]{0,4}|[ \t]{1,4}(?:and[ \t]|und[ \t])?)["'`]?(?=[A-Za-z0-9+/]{40}(?![\w+/]))/g,
    ),
  },
  // A password that a program made up or asks back.
  { hint: 'new value: ', pattern: anchor(/\bnew value:[ \t](?=\S{16})/gi), isDoubtful: true },
  {
    hint: 'is generated for',
    pattern: anchor(/\bpassword[ \t]is[ \t]generated[ \t]for[ \t]\S{1,100}:[ \t](?=\S)/gi),
  },
  {
    hint: '.password',
    pattern: anchor(/\b(?:hibernate|javax|spring|jakarta)[\w.]{1,60}\.password[ \t]{1,8}(?=\S)/gi),
  },
];
