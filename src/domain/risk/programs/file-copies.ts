import { judgeUnlisted } from '../judge-flag-rule.ts';
import { judgeAppend, judgeOverwrite } from '../judge-target.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, mutating, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { leadOf, literalOf, literalWord } from '../word.ts';

const teeFlags = {
  harmless: '-a --append -i --ignore-interrupts -p --output-error?',
} as const satisfies Flags;

/** tee(1): every file is overwritten, or appended to with `-a`. */
export const judgeTee: Judge = ({ program, args }) => {
  const read = readArguments(args, teeFlags);
  const appends = read.flags.some((flag) => flag.name === '-a' || flag.name === '--append');
  const files = read.operands.map((word) => (appends ? judgeAppend(word) : judgeOverwrite(word)));
  return worstVerdict(
    [readOnly('tee only copies to its output'), ...files, ...judgeUnlisted(program, read, teeFlags, false)],
    readOnly(''),
  );
};

/** dd(1): only `of=` writes. */
export const judgeDd: Judge = ({ args }) => {
  const verdicts = args.map((word) => {
    const lead = leadOf(word);
    if (/^(?:if|bs|ibs|cbs|count|skip|iseek|iflag|status|conv|oflag)=/.test(lead))
      return readOnly('dd only reads');
    if (!lead.startsWith('of=')) return destructive(`dd with ${word.source}`);
    const file = literalOf(word)?.slice('of='.length);
    return judgeOverwrite(file === undefined ? null : literalWord(file));
  });
  return worstVerdict([readOnly('dd only reads'), ...verdicts], readOnly(''));
};

/** Long options that only say which files, how, and where. */
const tarOptions =
  /^--(?:list|verbose|file=.*|gzip|gunzip|bzip2|xz|zstd|exclude=.*|directory=.*|numeric-owner|wildcards|strip-components=.*|create|one-file-system|null|skip-old-files|keep-old-files|absolute-names|xattrs|acls|selinux)$/;

/** tar(1): listing reads, creating makes an archive, extracting overwrites; options that run programs are refused. */
export const judgeTar: Judge = ({ args }) => {
  const texts = args.map((word) => literalOf(word) ?? leadOf(word));
  const [first = ''] = texts;
  const words = first.startsWith('-') ? texts : [`-${first}`, ...texts.slice(1)];
  const letters = words
    .filter((text) => /^-[^-]/.test(text))
    .join('')
    .replaceAll('-', '');
  const long = words.filter((text) => text.startsWith('--'));
  // -I, -F, -M and -K run programs or span volumes; without --null a list of files (-T) may hold options.
  const isUnknown = /[IFMK]/.test(letters) || (letters.includes('T') && !long.includes('--null'));
  if (isUnknown || !long.every((text) => tarOptions.test(text))) {
    return destructive('tar with options that can run programs or remove files');
  }
  return judgeTarMode(letters, long);
};

function judgeTarMode(letters: string, long: readonly string[]): Verdict {
  const isList = letters.includes('t') || long.includes('--list');
  const isCreate = letters.includes('c') || long.includes('--create');
  if (isList && !/[xrucAd]/.test(letters) && !isCreate) return readOnly('tar only lists');
  if (isCreate && !/[xruA]/.test(letters)) return mutating('tar writes an archive');
  const keepsOld = long.includes('--skip-old-files') || long.includes('--keep-old-files');
  if (keepsOld && letters.includes('x')) return mutating('tar adds files and keeps those that are there');
  return destructive('tar overwrites files');
}
