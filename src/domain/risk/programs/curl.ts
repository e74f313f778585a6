import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { leadOf, literalOf } from '../word.ts';
import { judgeHttpRequest } from './http-request.ts';

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

/** curl(1): judged by the request that it makes; output files are overwritten. */
export const judgeCurl: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const verdicts = [
    readOnly('curl only fetches'),
    ...judgeRequests(program, read),
    ...judgeFlags(
      program,
      read.flags.filter(({ effect }) => effect !== 'mutating'),
    ),
    ...judgeUnlisted(program, read, flags, false),
    ...judgeFormat(read),
    ...judgeAddresses(read),
  ];
  return worstVerdict(verdicts, readOnly(''));
};

function judgeRequests(program: string, read: ReadArguments): readonly Verdict[] {
  const methods = methodsOf(read);
  const urls = [...read.operands.map((word) => literalOf(word) ?? word.source), ...valuesOf(read, '--url')];
  return methods.flatMap((method) => urls.map((url) => judgeHttpRequest(program, { method, url })));
}

/** The method that is named, or the one that follows from what is sent. Data beside an explicit GET stays a GET. */
function methodsOf(read: ReadArguments): readonly (string | null)[] {
  const named = valuesOf(read, '-X', '--request');
  if (named.length > 0) return named;
  const uploads = read.flags.some(({ name }) => name === '-T' || name === '--upload-file');
  const asks = read.flags.some(({ name }) => /^(?:-G|--get|-I|--head)$/.test(name));
  const sends = read.flags.some(({ effect }) => effect === 'mutating');
  // Over FTP and the like an upload overwrites a file.
  const overFiles = read.operands.some((word) => /^(?:s?ftps?|scp|smbs?|file):/i.test(leadOf(word)));
  if (uploads) return [overFiles ? 'STOR' : 'PUT'];
  return [sends && !asks ? 'POST' : 'GET'];
}

function valuesOf(read: ReadArguments, ...names: readonly string[]): readonly (string | null)[] {
  const found = read.flags.filter((flag) => names.includes(flag.name));
  return found.map(({ value }) => value && literalOf(value));
}

/** Since 8.3 a format may open files: `-w '%output{file}…'`. */
function judgeFormat(read: ReadArguments): readonly Verdict[] {
  const formats = valuesOf(read, '-w', '--write-out');
  return formats
    .filter((format) => format === null || /%output|^@(?!\/dev\/null$)/.test(format))
    .map(() => destructive('curl -w can write files'));
}

/** Only the web and files are known to stay reading; `gopher:` and others send what they like. */
function judgeAddresses(read: ReadArguments): readonly Verdict[] {
  const urls = [...read.operands.map(leadOf), ...valuesOf(read, '--url').map((url) => url ?? '')];
  const strange = urls.filter(
    (url) => /^[a-z0-9+.-]+:\/\//i.test(url) && !/^(?:https?|ftps?|file|telnet):/i.test(url),
  );
  return strange.map((url) => destructive(`curl with the protocol of ${url}`));
}
