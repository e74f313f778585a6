import { judgeFlagRule } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { readOnly, type Verdict, worstVerdict } from '../risk.ts';
import { type Judge, mutatesWith } from '../rule.ts';
import { literalOf } from '../word.ts';
import { judgeHttpRequest } from './http-request.ts';

const rule = mutatesWith({
  reading: '--spider -O=- -O=/dev/null --output-document=- --output-document=/dev/null -V',
  harmless: `-q -S -v -nv -4 -6 --quiet --server-response --no-verbose -T= --timeout= -t= --tries= --header=
    --user= --password= --no-check-certificate --ca-certificate= -U= --user-agent= -c --max-redirect=
    --connect-timeout= --read-timeout= --method=GET --method=HEAD -i= --input-file= --no-proxy -e=
    --content-disposition --http-user= --http-password= --no-hsts --max-redirect= --waitretry=
    --retry-connrefused`,
  mutating: '--post-data= --body-data= --post-file= --body-file= --method=POST --method=PUT',
  destructive: '--method=DELETE --method=PATCH -P= --directory-prefix= -r --recursive -m --mirror',
  executes: '--use-askpass= -e= --execute= --config=',
  writes: '-O= --output-document= -o= --output-file=',
});

/** wget(1): judged by where its output goes and by the request that it makes. */
export const judgeWget: Judge = (call) => {
  const { flags, operands } = readArguments(call.args, rule.flags);
  const has = (...names: readonly string[]) => flags.some(({ name }) => names.includes(name));
  const named = flags.find(({ name }) => name === '--method')?.value;
  const sends = has('--post-data', '--post-file') ? 'POST' : has('--spider') ? 'HEAD' : 'GET';
  // A page that cannot be looked at by its head alone is fetched, and with a list nobody sees what is.
  const method = named ? literalOf(named)?.toUpperCase() : sends === 'HEAD' ? 'GET' : sends;
  const requests = operands.map((word): Verdict => {
    const url = literalOf(word) ?? word.source;
    return judgeHttpRequest(call.program, { method: method ?? null, url });
  });
  return worstVerdict([judgeFlagRule(rule, call), ...requests], readOnly(''));
};
