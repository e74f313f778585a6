/** Which part of a flag's value is the secret: all of it, or what stands behind the first such sign. */
export type SecretPart = 'all' | ':' | '%' | '=' | ',' | '/' | 'pass:';

/** How a program takes a secret in a flag whose name does not say so. */
export interface FlagRule {
  /** Names of the programs, as the last part of their paths. */
  readonly programs: string;
  /** Flags as they are written. */
  readonly flags: string;
  /** `attached`: `-psecret` only; `next`: `-p secret` only; `either`: both, and `-p=secret`. */
  readonly takes: 'attached' | 'next' | 'either';
  /** The last of several letters behind one dash counts too: `curl -su user:…`. */
  readonly isBundled?: true;
  /** All of the value unless said otherwise. */
  readonly part?: SecretPart;
  /** Counts only behind this word: `docker -p` publishes a port, `docker login -p` takes a password. */
  readonly after?: string;
}

export const flagRules: readonly FlagRule[] = [
  { programs: 'check_http check_tcp check_ldap', flags: '-a', takes: 'next', part: ':' },
  { programs: 'fly flyctl', flags: '-p', takes: 'next', after: 'connect' },
  {
    programs:
      'mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlbinlog mysqlslap mysqlpump mysql_upgrade mydumper myloader mariadb mariadb-dump mariadb-admin mariadb-check mariabackup xtrabackup innobackupex pt-query-digest pt-online-schema-change mycli mytop',
    flags: '-p',
    takes: 'attached',
  },
  {
    programs:
      'mycli pt-online-schema-change pt-table-checksum mydumper myloader xtrabackup innobackupex mysqlsh',
    flags: '-p',
    takes: 'next',
  },
  { programs: 'sshpass', flags: '-p', takes: 'either' },
  {
    programs: 'mongo mongosh mongodump mongorestore mongostat mongotop mongoexport mongoimport mongofiles',
    flags: '-p',
    takes: 'either',
  },
  { programs: 'docker podman nerdctl buildah', flags: '-p', takes: 'next', after: 'login' },
  {
    programs: 'helm oc skopeo crane az oras regctl cosign ibmcloud cf faas-cli',
    flags: '-p',
    takes: 'next',
    after: 'login',
  },
  {
    programs:
      'rabbitmqadmin racadm cqlsh beeline evil-winrm twine elasticsearch-users rdesktop psexec crackmapexec nxc netexec ncftpput ncftpget ncftp ipmiutil mcrcon vncdo vsql impala-shell salt-api net-snmp-config',
    flags: '-p',
    takes: 'either',
  },
  {
    programs:
      'sqlcmd bcp osql ipmitool mosquitto_pub mosquitto_sub mosquitto_rr zip unzip zipcloak bsqldb tsql ssh-keygen',
    flags: '-P',
    takes: 'either',
  },
  { programs: 'ssh-keygen', flags: '-N', takes: 'next' },
  { programs: 'curl', flags: '-u --user -U --proxy-user', takes: 'either', part: ':', isBundled: true },
  { programs: 'http https xh httpie', flags: '-a --auth', takes: 'next', part: ':' },
  { programs: 'curl', flags: '--oauth2-bearer --pass --proxy-pass', takes: 'either' },
  { programs: 'wget aria2c', flags: '--http-passwd --ftp-passwd', takes: 'either' },
  { programs: 'http https xh httpie', flags: '-a --auth', takes: 'next', after: 'bearer' },
  { programs: 'ab', flags: '-A -P', takes: 'next', part: ':' },
  {
    programs: 'redis-cli valkey-cli redis-benchmark memtier_benchmark keydb-cli',
    flags: '-a',
    takes: 'either',
  },
  {
    programs: 'ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldapcompare ldapmodrdn ldapexop',
    flags: '-w',
    takes: 'either',
  },
  { programs: 'ldappasswd', flags: '-w -s -a', takes: 'either' },
  { programs: 'slappasswd', flags: '-s', takes: 'next' },
  { programs: 'openssl', flags: '-passin -passout -pass', takes: 'next', part: 'pass:' },
  { programs: 'openssl', flags: '-k -K -password -psk', takes: 'next' },
  {
    programs: 'keytool jarsigner',
    flags: '-storepass -keypass -srcstorepass -deststorepass -srckeypass -destkeypass -new',
    takes: 'next',
  },
  {
    programs: 'smbclient rpcclient net smbget smbmap smbcacls smbpasswd wmic winexe wbinfo',
    flags: '-U --user',
    takes: 'either',
    part: '%',
  },
  { programs: '7z 7za 7zr 7zz rar unrar', flags: '-p -hp', takes: 'attached' },
  { programs: 'kubectl oc', flags: '--from-literal', takes: 'either', part: '=', after: 'secret' },
  {
    programs:
      'snmpwalk snmpget snmpset snmpbulkwalk snmpbulkget snmptable snmptrap snmpstatus snmpusm snmpgetnext snmpinform',
    flags: '-A -X -c',
    takes: 'either',
  },
  { programs: 'check_snmp', flags: '-A -X -C', takes: 'next' },
  { programs: 'eapol_test', flags: '-s', takes: 'next' },
  { programs: 'useradd usermod adduser', flags: '-p --password', takes: 'next' },
  { programs: 'kadmin kadmin.local plink pscp psftp nodetool', flags: '-w -pw', takes: 'next' },
  { programs: 'java jenkins-cli.jar jenkins-cli', flags: '-auth', takes: 'next', part: ':' },
  { programs: 'lftp', flags: '-u', takes: 'next', part: ',' },
  { programs: 'etcdctl ctr hey', flags: '-u --user -a', takes: 'either', part: ':' },
  {
    programs: 'skopeo crictl podman buildah',
    flags: '--src-creds --dest-creds --creds',
    takes: 'either',
    part: ':',
  },
  {
    programs: 'influx doctl flyctl fly turso railway nats render',
    flags: '-t --access-token',
    takes: 'either',
  },
  { programs: 'winrs', flags: '-p:', takes: 'attached' },
  { programs: 'schtasks', flags: '/rp /p /RP /P', takes: 'next' },
  { programs: 'rclone', flags: '--sftp-pass --webdav-pass --ftp-pass', takes: 'either' },
  { programs: 'xfreerdp wfreerdp xfreerdp3 cmdkey mstsc', flags: '/p: /pass:', takes: 'attached' },
  { programs: 'gpg gpg2 borg', flags: '--passphrase', takes: 'either' },
  {
    programs: 'aws',
    flags: '--secret-string --master-user-password --auth-token --password --secret-access-key',
    takes: 'either',
  },
  { programs: 'gh glab', flags: '-b --body', takes: 'either', after: 'secret' },
  { programs: 'aws az', flags: '--value', takes: 'either', after: 'secret' },
  { programs: 'aws', flags: '--value', takes: 'either', after: 'put-parameter' },
  { programs: 'consul nomad', flags: '-token -consul-token -vault-token', takes: 'either' },
  { programs: 'nxc crackmapexec impacket-psexec hydra', flags: '-H -hashes', takes: 'next' },
  { programs: 'zabbix_get zabbix_sender', flags: '--psk', takes: 'next' },
  { programs: 'iscsiadm', flags: '-v', takes: 'next', after: 'node.session.auth.password' },
  { programs: 'restic', flags: '--password', takes: 'either' },
  { programs: 'vault', flags: '-token', takes: 'either' },
  { programs: 'wg', flags: '--preshared', takes: 'next' },
];

/** A secret at a fixed place behind a program. */
export interface PositionRule {
  /** The program, then the arguments: `*` is any, `$` the secret; flags and other words between are passed over. */
  readonly words: string;
  readonly part?: SecretPart;
  /** Only with this flag. */
  readonly needs?: RegExp;
}

export const positionRules: readonly PositionRule[] = [
  { words: 'rabbitmqctl add_user * $' },
  { words: 'rabbitmqctl change_password * $' },
  { words: 'rabbitmqctl authenticate_user * $' },
  { words: 'htpasswd * * $', needs: /^-[A-Za-z]*b/ },
  { words: 'htpasswd * $', needs: /^-(?=\w*n)\w*b/ },
  { words: 'htdbm * * $', needs: /^-[A-Za-z]*b/ },
  { words: 'mosquitto_passwd * * $', needs: /^-[A-Za-z]*b/ },
  { words: 'openssl passwd $' },
  { words: 'mkpasswd $' },
  { words: 'vault login $' },
  { words: 'vault operator unseal $' },
  { words: 'cargo login $' },
  { words: 'flyctl auth token $' },
  { words: 'fly auth token $' },
  { words: 'aws configure set aws_secret_access_key $' },
  { words: 'aws configure set aws_session_token $' },
  { words: 'aws configure set aws_access_key_id $' },
  { words: 'mc alias set * * * $' },
  { words: 'mc config host add * * * $' },
  { words: 'ipmitool user set password * $' },
  { words: 'net user * $' },
  { words: 'net use * $' },
  { words: 'net rpc password * $' },
  { words: 'radtest * $' },
  { words: 'radtest * * * * $' },
  { words: 'wpa_passphrase * $' },
  { words: 'nmcli password $' },
  { words: 'nmcli 802-11-wireless-security.psk $' },
  { words: 'nmcli wifi-sec.psk $' },
  { words: 'redis-cli auth $' },
  { words: 'redis-cli AUTH $' },
  { words: 'valkey-cli auth $' },
  { words: 'valkey-cli AUTH $' },
  { words: 'ansible-vault encrypt_string $' },
  { words: 'cloudflared service install $' },
  { words: 'virsh secret-set-value * $' },
  { words: 'rclone obscure $' },
  { words: 'bw unlock $' },
  { words: 'bw login * $' },
  { words: 'sqlplus $', part: '/' },
  { words: 'expdp $', part: '/' },
  { words: 'impdp $', part: '/' },
  { words: 'sqlldr $', part: '/' },
  { words: 'rman target $', part: '/' },
  { words: 'rman catalog $', part: '/' },
  { words: 'rman auxiliary $', part: '/' },
  { words: 'etcdctl user add $', part: ':' },
  { words: 'consul acl set-agent-token * $' },
  { words: 'git config github.token $' },
  { words: 'drush upwd * $' },
  { words: 'grafana-cli reset-admin-password $' },
];
