// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are shell, not templates

import { describe, expect, it } from 'vitest';
import { knownForms, shortestSecret } from '#domain/redaction/known-forms.ts';
import { redact } from '#domain/redaction/redact.ts';
import { fc } from '#test/support/properties.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const filler = (length: number, alphabet = 'aB3dE5gH7') => alphabet.repeat(length).slice(0, length);

describe('known secrets', () => {
  const secret = `p@ss/w+rd "q" 'r' $x é\\n&<y>`;
  const shown = {
    plain: secret,
    'base64, padded': base64(secret),
    'base64, not padded': base64(secret).replace(/=+$/, ''),
    'base64 for URLs': base64(secret).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    'URL-encoded': encodeURIComponent(secret),
    'form-encoded': encodeURIComponent(secret).replaceAll('%20', '+'),
    'URL-encoded in lower case': encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in JSON inside JSON': JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    'between single quotes of a shell': secret.replaceAll("'", "'\\''"),
    'between double quotes of a shell': secret.replace(/["$`\\]/g, '\\$&'),
    'in hexadecimal': Buffer.from(secret).toString('hex'),
    'in hexadecimal capitals': Buffer.from(secret).toString('hex').toUpperCase(),
    'as escaped bytes': [...Buffer.from(secret)].map((byte) => `\\x${byte.toString(16)}`).join(''),
    'in base64 of UTF-16': Buffer.from(secret, 'utf16le').toString('base64'),
    'in XML': secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    'in a literal of SQL': secret.replaceAll("'", "''"),
    'with some characters URL-encoded': secret.replace('@', '%40').replace('/', '%2f').replace('"', '%22'),
  };

  it.each(Object.entries(shown))('masks one %s', (_name, text) => {
    expect(redact(`before ${text} after`, [secret])).toBe('before [redacted] after');
  });

  it.each(['', 'u', 'us', 'use', 'user:', 'user-name:'])(
    'masks base64 of a longer text that begins with %j',
    (prefix) => {
      const encoded = base64(`${prefix}${secret}\n`);
      const redacted = redact(`value ${encoded}`, [secret]);
      expect(redacted).toContain('[redacted]');
      expect(redacted.length).toBeLessThan(35);
    },
  );

  it('masks the lines of a secret that has several', () => {
    const key = [filler(40), filler(40, 'xY9z'), 'short'].join('\n');
    expect(redact(`a ${filler(40, 'xY9z')} b`, [key])).toBe('a [redacted] b');
    expect(redact('a short b', [key])).toBe('a short b');
  });

  it('leaves texts alone in which a secret of fewer than four characters would hide everywhere', () => {
    expect(shortestSecret).toBe(4);
    expect(redact('the db is db', ['db', '', 'abc'])).toBe('the db is db');
    expect(redact('abcd', ['abcd'])).toBe('[redacted]');
  });

  it('masks any secret anywhere, also when secrets overlap', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(word, word, fc.string(), (one, two, around) => {
        const redacted = redact(`${around}${one}${two}${around}`, [one, two, one + two]);
        return !redacted.replaceAll('[redacted]', '\0').includes(one);
      }),
      { numRuns: 200 },
    );
  });

  const wraps = {
    'a line break': '\n',
    'an indented line': '\r\n    ',
    'a continued line': '\\\n',
    'a written-out break': '\\n',
  };
  it.each(Object.entries(wraps))('masks one with %s in the middle', (_name, wrap) => {
    const secret = filler(24);
    const wrapped = base64(`${secret}${secret}`).replace(/.{20}/g, `$&${wrap}`);
    for (const text of [`${secret.slice(0, 9)}${wrap}${secret.slice(9)}`, wrapped]) {
      const redacted = redact(`a ${text} b`, [secret, `${secret}${secret}`]);
      expect(redacted).toMatch(/^a \[redacted\](?:\\?\r?\n *|\\n)? b$/);
    }
  });

  it('masks all of many secrets in a long text', () => {
    const secrets = Array.from({ length: 200 }, (_, n) => `${filler(12)}-${n}x`);
    const text = secrets
      .map((secret, n) => `line ${n} has ${n % 2 ? secret : base64(secret)} in it`)
      .join('\n');
    const redacted = redact(text, secrets);
    expect(redacted).toBe(secrets.map((_, n) => `line ${n} has [redacted] in it`).join('\n'));
  });

  it('prepares each spelling once', () => {
    const forms = knownForms('simple');
    expect(new Set(forms).size).toBe(forms.length);
    expect(forms).toContain('simple');
  });
});

/** Texts with a secret between « and »; the marks are taken out before redacting. */
const secrets: readonly string[] = [
  `restic --password-command 'echo «Hx7!mQ2z»' backup /srv`,
  `impala-shell --ldap_password_cmd="echo -n «eRVDRGuEWk9»" -q 'show tables'`,
  'postgres://app:«hunter2»@db-01:5432/app',
  'redis://:«p%40ss»@cache/0 and amqp://guest:«guest»@mq',
  'Authorization: Bearer «abcdef0123456789»',
  'authorization: Basic «dXNlcjpwYXNz» user=x',
  'curl -H "Authorization: token «abc123def»" https://x/',
  'curl -H "X-Api-Key: «zzz999yyy»" https://x/',
  "curl -u 'admin:«hunter2»' https://x/",
  'curl --user admin:«hunter2» https://x/',
  'DB_PASSWORD=«tr0ub4dor» ./run',
  'export API_TOKEN="«a b c 1»"',
  '{"user":"x","password":"«a b\\"c»","n":1}',
  '{\\"password\\":\\"«abc»\\"}',
  'password: «hunter2»',
  '  clientSecret: "«abc123»"',
  "'api_key' => '«k3y»',",
  'spring.datasource.password = «foo»',
  'Server=x;User=y;Password=«abc»;Db=z',
  'https://x/?token=«abc123»&page=2',
  'mysql -uroot -p«hunter2» -e "select 1"',
  'mysqldump --password=«hunter2» app',
  'sshpass -p "«my pass»" ssh host',
  'redis-cli -h x -a «hunter2» ping',
  'docker login -u me -p «hunter2» registry',
  'ldapsearch -D cn=x -w «hunter2» -b dc=y',
  'openssl rsa -passin pass:«hunter2» -in k',
  'app --db-password «hunter2» --verbose',
  'rabbitmqctl change_password app «hunter2»',
  'kubectl create secret generic s --from-literal=user=«abc»',
  'helm upgrade x --set db.password=«hunter2»',
  'machine x login y password «zed1»',
  'requirepass «foobared»',
  'Cookie: sid=«abc123»; theme=dark',
  'Set-Cookie: sid=«abc123»; Path=/; Max-Age=60',
  'the password for app is «Hunter2!»',
  '-----BEGIN RSA PRIVATE KEY-----\n«MIIabc»\n-----END RSA PRIVATE KEY-----',
  '-----BEGIN OPENSSH PRIVATE KEY-----\n«b3Blbn»',
  `«${['gh', 'p_'].join('')}${filler(36)}»`,
  `«${['github', '_pat_'].join('')}${filler(40)}»`,
  `«${['xo', 'xb-'].join('')}1234-${filler(20)}»`,
  `https://hooks.slack.com/services/«T000/B000/${filler(24)}»`,
  `«${['AK', 'IA'].join('')}${'ABCDEFGH23456723'}»`,
  `«${['s', 'k-'].join('')}proj-${filler(40)}»`,
  `«${['ey', 'J'].join('')}${filler(20)}.${filler(30)}.${filler(30)}»`,
  `root:«${['$', '6$'].join('')}salt$${filler(86)}»:19000:0:`,
  `PASSWORD elastic = «${filler(20)}»`,
  `X-JFrog-Art-Api: «${filler(73)}»`,
  `image: db\nPOSTGRES_PASSWORD: \${POSTGRES_PASSWORD:-«${filler(10)}»}`,
  `export TOKEN="\${API_TOKEN:=«${filler(40)}»}"`,
  `acmectl login -p «${filler(5)}!${filler(6)}» --yes`,
  `recovery codes: «${filler(5)}-${filler(5, 'b7')}», «${filler(5)}-${filler(5, 'c2')}» and the rest later`,
  `backup codes:\n«1234${filler(4, '5678')}»\n«8765${filler(4, '4321')}»\n`,
  'passphrase for the backup key: «orange harbor rabbit winter»',
];

describe('secrets in their usual places', () => {
  it.each(secrets)('%s', (marked) => {
    const expected = marked.replace(/«[^»]*»/g, '[redacted]');
    const redacted = redact(marked.replace(/[«»]/g, ''), []);
    expect(redacted).toBe(expected);
    expect(redact(redacted, [])).toBe(expected);
  });
});

/** Texts that look like secrets and are none. */
const harmless: readonly string[] = [
  'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  `image@sha256:${'0a1b2c3d'.repeat(8)}`,
  'id 550e8400-e29b-41d4-a716-446655440000',
  'pod api-7d4b9c6f5-x2x9z restarted 3 times',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEx7 user@host',
  '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'rate(http_requests_total{token="abc"}[5m]) > 0.5',
  'sum by (secret) (kube_secret_info{namespace="x",secret="db-creds"})',
  '{secret=~"db.*", job="x"} |= "error"',
  'password: ${DB_PASSWORD}',
  'password: "{{ vault_password }}"',
  'password: ENC[AES256_GCM,data:abc]',
  'password = os.environ["X"]',
  'password = getpass()',
  'password: <your password>',
  'password: ********',
  'password: null',
  'error: invalid token: expired',
  'password is required',
  'the password was changed',
  'passwordless login; tokens used=5; max_tokens: 4096',
  'PWD=/var/www OLDPWD=/root',
  'secretName: db-credentials',
  'secret: my-app-tls',
  'kubectl get secret db-secret -o yaml',
  'docker run -p 80:80 nginx',
  'mysql -p -e "select 1"',
  'mysql -h db -P 3306',
  'ssh -p 22 host; scp -p a b',
  'curl -u "$USER:$PASS" https://x/',
  'http://host:8080/x@y and git@github.com:a/b.git',
  'if token == expected',
  'where token = ? and password = $1',
  'topk(5, sum by (api_key) (rate(x[5m])))',
  'sk-some-long-kebab-case-class-name',
  'cat "$1" "$2" $3$4',
  'password: ${DB_PASSWORD:?must be set}',
  'PASSWORD_FILE=${DB_PASSWORD_FILE:-/run/secrets/db}',
  'token: ${API_TOKEN:-$OTHER}; ${PASSWORD:-} ${DB_PASSWORD:-changeme}',
  'git log -p HEAD~3..Main2 && grep -P Error5.+Fail log && cp -p Report2026.txt x',
  'the backup codes: ask the help desk; recovery code expired',
  'passphrase for the backup key: see the runbook of the vault',
  'podman run --secret=pw,type=env,target=DB_PASS app',
];

describe('look-alikes', () => {
  it.each(harmless)('stays: %s', (text) => {
    expect(redact(text, [])).toBe(text);
  });
});

describe('passwords that look like something else', () => {
  const password = `${'$'}ecret/${filler(4, 'Pa')}1234`;
  it.each([
    `DB_PASSWORD='${password}'`,
    `mysql -p'${password}' shop`,
    `  PASS: ${['sword', 'fish'].join('')}`,
  ])('%s', (text) => expect(redact(text, [])).toContain('[redacted]'));

  it.each(['DB_PASSWORD=$HOME/.db_password', '--- PASS: TestLogin (0.01s)', 'creds: user=$USER'])(
    'stays: %s',
    (text) => expect(redact(text, [])).toBe(text),
  );

  it('a megabyte between the quotes behind a flag ends', () => {
    const text = ` -u adm -p "1a${'$'.repeat(1_000_000)} " x`;
    expect(redact(text, []).length).toBeGreaterThan(0);
  });
});

describe('private keys', () => {
  it('are masked up to where they are cut, and what comes after stays', () => {
    const body = `${filler(64)}\n`.repeat(300);
    const text = `-----BEGIN PRIVATE KEY-----\n${body}$ ls /srv\n`;
    expect(redact(text, [])).toBe('-----BEGIN PRIVATE KEY-----\n[redacted]\n$ ls /srv\n');
  });

  it('are masked in one line, with and without their end', () => {
    const body = `${filler(64)}\\n${filler(30)}`;
    expect(redact(`{"k":"-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END PRIVATE KEY-----\\n"}`, [])).toBe(
      '{"k":"-----BEGIN PRIVATE KEY-----\\n[redacted]\\n-----END PRIVATE KEY-----\\n"}',
    );
    expect(redact(`-----BEGIN PRIVATE KEY-----\\n${body} then more`, [])).toBe(
      '-----BEGIN PRIVATE KEY-----\\n[redacted] then more',
    );
  });
});

describe('several texts', () => {
  it('judges every line by itself', () => {
    const lines = [...secrets.map((text) => text.replace(/[«»]/g, '')), ...harmless].filter(
      (text) => !text.includes('\n'),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 12 }), (some) => {
        expect(redact(some.join('\n'), [])).toBe(some.map((line) => redact(line, [])).join('\n'));
      }),
      { numRuns: 300 },
    );
  });
});
