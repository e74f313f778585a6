import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';
import { judgeMongoScript } from './mongo-script.ts';

const flags = {
  harmless: `--quiet --host= --port= -u= --username= -p= --password= --authenticationDatabase= --authenticationMechanism= --json?
    --norc --tls --ssl --tlsCAFile= --tlsCertificateKeyFile= --tlsAllowInvalidCertificates --eval= --nodb --retryWrites=
    --apiVersion= --readPreference= --sslCAFile= --sslPEMKeyFile= --tlsAllowInvalidHostnames`,
  reading: '--version',
  executes: '--shell --file= -f=',
} as const satisfies Flags;

/** mongosh(1): the code of `--eval` or of its input is judged; script files are not seen. */
export const judgeMongosh: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, flags);
  const own = [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, flags, false)];
  const scripts = read.operands.filter((word) => /\.m?js$/.test(literalOf(word) ?? '.js'));
  const given = read.flags
    .filter(({ name }) => name === '--eval')
    .map(({ value }) => value && literalOf(value));
  const typed = stdin.kind === 'text' ? [stdin.text] : [null];
  const judged = (given.length > 0 ? given : typed).map(judgeCode);
  const asks = read.flags.some(({ effect }) => effect === 'reading');
  const verdicts = asks ? [readOnly(`${program} prints its version`)] : judged;
  const unseen = scripts.map((word) => destructive(`${program} runs ${word.source}, which nobody sees here`));
  return worstVerdict([...verdicts, ...own, ...unseen], readOnly(''));
};

function judgeCode(code: string | null): Verdict {
  return code === null ? destructive('mongosh: its code is known only when it runs') : judgeMongoScript(code);
}
