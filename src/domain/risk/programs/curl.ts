import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, mutating, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { leadOf, literalOf } from '../word.ts';

const flags = {
  harmless: `-0 -1 -2 -3 -4 -6 -: -a -f -g -i -I -j -k -l -L -n -N -p -q -R -s -S -v -V -# -G --fail --fail-with-body
    --fail-early --globoff --include --head --insecure --location --location-trusted --netrc --no-buffer --silent
    --show-error --verbose --version --get --compressed --http1.0 --http1.1 --http2 --http3 --http2-prior-knowledge
    --ipv4 --ipv6 --ssl-reqd --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --tls-max= --no-keepalive
    --no-progress-meter --progress-bar --path-as-is --proto= --proto-default= --retry-all-errors
    --retry-connrefused --tcp-nodelay --tcp-fastopen --anyauth --basic --digest --negotiate --ntlm --parallel -Z
    -A= --user-agent= -b= --cookie= -e= --referer= -E= --cert= --cert-type= --key= --key-type= --pass= --cacert=
    --capath= --ciphers= -H= --header= -m= --max-time= --connect-timeout= --max-redirs= --max-filesize= -r= --range=
    --resolve= --connect-to= --interface= --local-port= --noproxy= -x= --proxy= -U= --proxy-user= --proxy-header=
    --proxy-insecure --retry= --retry-delay= --retry-max-time= --limit-rate= -y= -Y= --speed-limit= --speed-time= -u=
    --user= --oauth2-bearer= --unix-socket= --abstract-unix-socket= --url= --url-query= --dns-servers= --keepalive-time= -z=
    --time-cond= --haproxy-protocol --cert-status --http0.9 --alt-svc= --aws-sigv4= -w= --write-out= -X= --request=
    --output-dir= --create-dirs -J --no-clobber`,
  mutating: `-d= --data= --data-ascii= --data-binary= --data-raw= --data-urlencode= --json= -F= --form= --form-string=
    -T= --upload-file=`,
  destructive: '-O --remote-name --remote-name-all',
  writes: `-o= --output= -D= --dump-header= -c= --cookie-jar= --trace= --trace-ascii= --stderr= --libcurl=
    --etag-save= --hsts=`,
} as const satisfies Flags;

/** curl(1): GET reads; other methods change what the server makes of them; output files are overwritten. */
export const judgeCurl: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const sendsQuery = read.flags.some((flag) => flag.name === '-G' || flag.name === '--get');
  const counted = read.flags.filter((flag) => !(sendsQuery && /^(?:-d|--data)/.test(flag.name)));
  const verdicts = [
    readOnly('curl only fetches'),
    ...judgeFlags(program, counted),
    ...judgeUnlisted(program, read, flags, false),
    ...judgeMethod(read),
    ...judgeFormat(read),
    ...judgeAddresses(read),
  ];
  return worstVerdict(verdicts, readOnly(''));
};

function valuesOf(read: ReadArguments, ...names: readonly string[]): readonly (string | null)[] {
  const found = read.flags.filter((flag) => names.includes(flag.name));
  return found.map(({ value }) => value && literalOf(value));
}

function judgeMethod(read: ReadArguments): readonly Verdict[] {
  return valuesOf(read, '-X', '--request').map((method) => {
    if (method === null) return destructive('curl: its method is known only when it runs');
    if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) return readOnly(`curl ${method} only fetches`);
    if (/^(?:POST|PUT|PATCH|PURGE)$/.test(method)) return mutating(`curl ${method} changes state`);
    return destructive(`curl ${method} can delete`);
  });
}

/** Since 8.3 a format may open files: `-w '%output{file}…'`. */
function judgeFormat(read: ReadArguments): readonly Verdict[] {
  const formats = valuesOf(read, '-w', '--write-out');
  return formats
    .filter((format) => format === null || /%output|^@/.test(format))
    .map(() => destructive('curl -w can write files'));
}

/** Only the web and files are known to stay reading; `gopher:`, `telnet:` and others send what they like. */
function judgeAddresses(read: ReadArguments): readonly Verdict[] {
  const urls = [...read.operands.map(leadOf), ...valuesOf(read, '--url').map((url) => url ?? '')];
  const strange = urls.filter(
    (url) => /^[a-z0-9+.-]+:\/\//i.test(url) && !/^(?:https?|ftps?|file):/i.test(url),
  );
  return strange.map((url) => destructive(`curl with the protocol of ${url}`));
}
