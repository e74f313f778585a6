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
const tarOptions = new Set(
  `--list --verbose --gzip --gunzip --bzip2 --xz --zstd --numeric-owner --wildcards --create
   --one-file-system --null --skip-old-files --keep-old-files --absolute-names --xattrs --acls --selinux
   --extract --get --to-stdout --totals --no-same-owner --no-same-permissions --exclude-vcs`.split(/\s+/),
);
const tarOptionsWithValue = /^--(?:file|exclude|directory|strip-components|sort|exclude-from|warning)=/;

/** An archive that is a disk or a tape. Memory is no device. */
const onDevice = /^(?:-?[A-Za-z]*f|--file=)?\/dev\/(?!null$|stdout$|shm\/)/;

/** tar(1): listing reads, creating makes an archive, extracting overwrites; options that run programs are refused. */
export const judgeTar: Judge = ({ args }) => {
  const texts = args.map((word) => literalOf(word) ?? leadOf(word));
  const [first = ''] = texts;
  // In the old style, without a dash, the values of all letters follow as words of their own.
  const old = first.startsWith('-') ? '' : first;
  const words = texts.slice(old === '' ? 0 : 1);
  const short = words
    .filter((text) => /^-[^-]/.test(text))
    .map((text) => /^-[^fCTXbgVHNLK]*[fCTXbgVHNLK]?/.exec(text)?.[0]);
  const letters = [old, ...short].join('').replaceAll('-', '');
  const long = words.filter((text) => text.startsWith('--'));
  // -I, -F, -M and -K run programs or span volumes; without --null a list of files (-T) may hold options.
  const isUnknown = /[IFMK]/.test(letters) || (letters.includes('T') && !long.includes('--null'));
  if (isUnknown || !long.every((text) => tarOptions.has(text) || tarOptionsWithValue.test(text))) {
    return destructive('tar with options that can run programs or remove files');
  }
  const verdict = judgeTarMode(letters, long);
  return verdict === makesArchive ? judgeArchive(texts) : verdict;
};

const makesArchive = mutating('tar writes an archive');

/** A new archive goes to the output, onto a device or into a file. */
function judgeArchive(texts: readonly string[]): Verdict {
  const isPiped =
    texts.includes('--file=-') ||
    texts.some((text, index) => /^-?[a-zA-Z]*f$/.test(text) && texts[index + 1] === '-');
  if (isPiped) return readOnly('tar writes to its output');
  return texts.some((text) => onDevice.test(text)) ? destructive('tar writes onto a device') : makesArchive;
}

function judgeTarMode(letters: string, long: readonly string[]): Verdict {
  const has = (letter: string, ...names: readonly string[]) =>
    letters.includes(letter) || names.some((name) => long.includes(name));
  const lists = has('t', '--list');
  const creates = has('c', '--create');
  const extracts = has('x', '--extract', '--get');
  const edits = /[ruAd]/.test(letters);
  if (lists && !creates && !extracts && !edits) return readOnly('tar only lists');
  if (creates && !extracts && !edits) return makesArchive;
  return extracts && !edits
    ? judgeExtraction(has('O', '--to-stdout'), long)
    : destructive('tar overwrites files');
}

/** Extracted files are printed, added, or written over those that are there. */
function judgeExtraction(prints: boolean, long: readonly string[]): Verdict {
  if (prints) return readOnly('tar prints files');
  return long.includes('--skip-old-files') || long.includes('--keep-old-files')
    ? mutating('tar adds files and keeps those that are there')
    : destructive('tar overwrites files');
}

/** `aws s3 cp`: a download to `-` is printed; every other copy overwrites its target. */
export const judgeObjectCopy: Judge = ({ program, args }) => {
  const [from, to, ...more] = args.filter((word) => leadOf(word) === '-' || !leadOf(word).startsWith('-'));
  const isPrinted =
    from && to && leadOf(from).startsWith('s3://') && literalOf(to) === '-' && more.length === 0;
  return isPrinted
    ? readOnly(`${program} prints the object`)
    : destructive(`${program} overwrites its target`);
};
