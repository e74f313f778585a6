import { judgeUnlisted } from '../judge-flag-rule.ts';
import { judgeAppend, judgeOverwrite } from '../judge-target.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, mutating, readOnly, worstVerdict } from '../risk.ts';
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

/** tar(1): listing reads, creating makes an archive, extracting overwrites; options that run programs are refused. */
export const judgeTar: Judge = ({ args }) => {
  const texts = args.map((word) => literalOf(word) ?? leadOf(word));
  const [first = ''] = texts;
  const words = first.startsWith('-') ? texts : [`-${first}`, ...texts.slice(1)];
  const clusters = words.filter((text) => /^-[^-]/.test(text)).join('');
  const long = words.filter((text) => text.startsWith('--'));
  const known =
    /^--(?:list|verbose|file=.*|gzip|gunzip|bzip2|xz|zstd|exclude=.*|directory=.*|numeric-owner|wildcards|strip-components=.*|create|one-file-system)$/;
  if (!long.every((text) => known.test(text)) || /[IFMPK]/.test(clusters)) {
    return destructive('tar with options that can run programs or overwrite files');
  }
  const isList = clusters.includes('t') || long.includes('--list');
  const changes = /[xrucAd]/.test(clusters.replaceAll('-', '')) || long.includes('--create');
  if (isList && !changes) return readOnly('tar only lists');
  const creates = clusters.includes('c') && !/[xruA]/.test(clusters);
  return creates ? mutating('tar writes an archive') : destructive('tar overwrites files');
};
