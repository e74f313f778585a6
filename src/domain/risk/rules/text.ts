import { judgeAwk } from '../programs/awk.ts';
import { judgeInterpreter } from '../programs/interpreters.ts';
import { judgeSed } from '../programs/sed.ts';
import { destroysUnless, judgedBy, type RuleTable, reads, readsExcept, readsWith } from '../rule.ts';

/** Filters and formatters: they read input and print. */
export const textRules: RuleTable = {
  'grep egrep fgrep tr cut paste join fold fmt expand unexpand column rev od hexdump strings colrm pr tsort':
    reads,
  'seq yes factor numfmt jq base32 echo true false expr bc cal look ts gron printenv': reads,
  rg: readsExcept({ destructive: '--pre= --hostname-bin=' }),
  base64: reads,
  iconv: readsExcept({ writes: '-o= --output=' }),
  sort: readsExcept({
    harmless: '-k= -t= -S= --key= --field-separator= --buffer-size= --parallel= --batch-size= --files0-from=',
    destructive: '--compress-program= -T= --temporary-directory=',
    writes: '-o= --output=',
  }),
  uniq: readsExcept({ harmless: '-f= -s= -w=' }, { atMost: 1, otherwise: 'destructive' }),
  xxd: readsExcept({ harmless: '-c= -g= -l= -s= -o=' }, { atMost: 1, otherwise: 'destructive' }),
  split: readsExcept(
    { mutating: '-b= -l= -n= -C=', executes: '--filter=' },
    { atMost: 0, otherwise: 'mutating' },
  ),
  'sed gsed': judgedBy(judgeSed),
  'awk gawk mawk nawk': judgedBy(judgeAwk),
  yq: readsExcept({ destructive: '-i --inplace --in-place -s= --split-exp= --from-file=' }),
  xmllint: readsExcept({ destructive: '--shell', writes: '--output= -o=' }),
  'python python3 perl ruby node php lua': judgedBy(judgeInterpreter),
  java: destroysUnless({ reading: '-version --version' }),
  'help whatis apropos tldr': reads,
  info: readsExcept({ writes: '-o= --output= --dribble=', executes: '--restore=' }),
  man: readsWith('-k -f -w -a --where --all'),
  'envsubst csvcut csvlook csvstat csvgrep csvsort csvjson xsv datamash jless fx hexyl htmlq pup ansi2txt uconv':
    reads,
  mlr: readsExcept({ mutating: '-I', writes: '--ofile=', executes: '-f= --prepipe= --prepipex=' }),
  'sleep usleep': reads,
};
