import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { readOnly, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';
import { judgeHttpRequest } from './http-request.ts';

const flags = {
  harmless: `-j --json -f --form -h --headers -b --body -v --verbose -a= --auth= -A= --auth-type= --timeout= --verify= --follow -F
    --check-status --pretty= -p= --print= --ignore-stdin -I --session-read-only= --max-redirects= -q --quiet --stream -S --cert=
    --cert-key= --proxy= --all --default-scheme= -s= --style= --format-options=`,
  destructive: '-d --download --session= -c --continue',
  writes: '-o= --output=',
} as const satisfies Flags;

/** HTTPie: `http [METHOD] URL [items]`; items that are data make the request a POST. */
export const judgeHttpie: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, flags);
  const [first, ...others] = read.operands.map(literalOf);
  const method = first !== undefined && first !== null && /^[A-Z]+$/.test(first) ? first : undefined;
  const [url, ...items] = method === undefined ? [first, ...others] : others;
  // `Header:value` and `name==query` go with any method; `name=value`, `name:=json` and `name@file` are a body.
  const hasData =
    items.some((item) => typeof item !== 'string' || /^[^:=@]+(?:=(?!=)|:=|@)/.test(item)) ||
    stdin.kind !== 'inherited';
  const ignoresInput = read.flags.some(({ name }) => name === '--ignore-stdin' || name === '-I');
  const sends = items.length > 0 ? hasData : hasData && !ignoresInput;
  const request = judgeHttpRequest(program, { method: method ?? (sends ? 'POST' : 'GET'), url: url ?? null });
  return worstVerdict(
    [request, ...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, flags, false)],
    readOnly(''),
  );
};
