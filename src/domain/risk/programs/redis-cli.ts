import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { judgeVerbRule } from '../judge-verb-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { redisCommands } from '../rules/redis-commands.ts';
import { literalOf, literalWord, unknownWord } from '../word.ts';

const flags = {
  harmless: `-h= -p= -s= -a= -u= -n= -c -3 -2 -r= -i= -t= --user= --pass= --no-auth-warning --raw --no-raw --csv --json
    --tls --sni= --cacert= --cert= --key= --insecure --pattern= --quoted-pattern= --count= -e -D= -d= --verbose
    --memkeys-samples= --askpass --show-pushes= --type=`,
  reading:
    '--bigkeys --memkeys --hotkeys --keystats --latency --latency-history --latency-dist --stat --scan --version -v --intrinsic-latency= --cluster=check --cluster=info',
  executes: '-x -X= --pipe --eval= --replica --cluster= --ldb --ldb-sync-mode --lru-test=',
  writes: '--rdb= --functions-rdb=',
} as const satisfies Flags;

/** redis-cli(1): one command as words, or several lines of text on its input. */
export const judgeRedisCli: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, flags, true);
  const own = [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, flags, false)];
  const judged = () => {
    if (read.flags.some(({ effect }) => effect === 'reading')) return readOnly(`${program} only reads`);
    if (read.operands.length > 0) return judgeRedisCommand(read.operands.map(literalOf));
    return stdin.kind === 'text' && stdin.text !== null
      ? judgeRedisText(stdin.text)
      : destructive(`${program} runs commands that nobody sees here`);
  };
  return worstVerdict([judged(), ...own], readOnly(''));
};

/** Commands of Redis, one a line. */
export function judgeRedisText(text: string): Verdict {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return worstVerdict(
    lines.map((line) => judgeRedisCommand(line.trim().split(/\s+/))),
    readOnly('Redis: nothing to run'),
  );
}

/** Redis knows no case. */
function judgeRedisCommand(words: readonly (string | null)[]): Verdict {
  const args = words.map((text) => (text === null ? unknownWord('…') : literalWord(text.toLowerCase())));
  // No word is an option here: a negative number is a value like any other.
  const call = {
    program: 'redis',
    args: [literalWord('--'), ...args],
    stdin: { kind: 'inherited' },
  } as const;
  const outcome = judgeVerbRule(redisCommands, call);
  return outcome.kind === 'verdict' ? outcome.verdict : destructive('redis: not understood');
}
