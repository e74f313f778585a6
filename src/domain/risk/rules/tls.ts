import { destroysUnless, type RuleTable, reads, readsExcept, readsWith, verbs } from '../rule.ts';

/** Keys and certificates. */
export const tlsRules: RuleTable = {
  openssl: verbs({
    flags: {
      writes: `-out= -keyout= -writerand= -sess_out= -keylogfile= -respout= -reqout= -index= -cert_chain_out=
        -CAcreateserial -dumpcerts= -certsout= -crl_download=`,
      executes: '-engine= -provider-path= -config= -pkeyopt= -signkey= -CAkey=',
    },
    reads: `s_client, x509, verify, version, ciphers, crl, dgst, ocsp, asn1parse, crl2pkcs7, pkcs7, pkcs12,
      rsa, ec, pkey, sess_id, list, help, errstr, sha256, md5, sha1, rand, prime, speed, s_time, passwd,
      base64, enc, pkcs8, dsa, rsautl, pkeyutl, nseq, ecparam, dhparam, info, storeutl`,
    only: {
      // A new request makes a key, which goes to a file even where none is named.
      req: readsExcept({
        harmless: '-in= -text -noout -verify -subject -modulus -pubkey',
        writes: '-out= -keyout= -newkey= -writerand=',
        executes: '-config= -engine= -key=',
        destructive: '-new -x509',
      }),
    },
  }),
  'certbot letsencrypt': verbs({
    flags: {
      harmless: '--cert-name= -d= -n --non-interactive -q --dry-run',
      destructive: '--force-renewal',
      executes: '--pre-hook= --post-hook= --deploy-hook= --renew-hook= --config-dir=',
    },
    reads: 'certificates, show_account, plugins',
    mutates: 'renew, certonly, register, update_account',
    destroys: 'delete, revoke, install, run, rollback, unregister, reconfigure',
    rehearsal: ['--dry-run'],
  }),
  'acme.sh': destroysUnless({ reading: '--list --info -h --version', harmless: '-d=' }),
  keytool: readsWith(
    `-list -v -keystore= -storepass= -alias= -rfc -storetype= -printcert -file= -cacerts -sslserver= -printcrl
      -printcertreq`,
  ),
  'gpg gpg2': readsWith(
    `--list-keys --list-secret-keys -k -K --verify --with-colons --fingerprint --list-packets --batch --no-tty
      --status-fd= --version --list-sigs --check-sigs --with-fingerprint --keyid-format= --show-keys -d
      --decrypt`,
  ),
  'ssh-keygen': destroysUnless({ reading: '-l -F= -y -L', harmless: '-f= -E= -v', bounding: '-R=' }),
  'ssh-keyscan': readsWith('-t= -p= -T= -4 -6 -H -f='),
  'ssh-add': destroysUnless({ reading: '-l -L' }),
  certtool: destroysUnless({ reading: '-i --certificate-info', harmless: '--infile=' }),
  step: verbs({
    flags: { harmless: '--short --format=' },
    reads:
      'certificate inspect, certificate verify, certificate lint, version, ca health, certificate fingerprint',
  }),
  cfssl: verbs({ flags: { harmless: '-domain= -cert=' }, reads: 'certinfo, scan, info, version' }),
  'testssl testssl.sh sslscan sslyze': readsExcept({
    writes: '--logfile= --jsonfile= --csvfile= --htmlfile= -oL= -oJ= --json_out= --xml=',
  }),
  trust: verbs({ flags: {}, reads: 'list', mutates: 'anchor, extract' }),
  certutil: destroysUnless({ reading: '-L -V -K', harmless: '-d= -n= -u= -a' }),
  'klist kvno': reads,
};
