import { judgeDd, judgeTar, judgeTee } from '../programs/file-copies.ts';
import { judgeFind } from '../programs/find.ts';
import { judgeRsync } from '../programs/rsync.ts';
import {
  destroys,
  destroysUnless,
  judgedBy,
  mutates,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsExcept,
  verbs,
} from '../rule.ts';

/** Files, directories and archives. */
export const fileRules: RuleTable = {
  'ls dir vdir stat du df pwd readlink realpath basename dirname namei lsattr getfacl lsblk lsof findmnt getfattr':
    reads,
  'cat tac head tail nl wc zcat bzcat xzcat zstdcat lz4cat most tailf duf dust eza exa': reads,
  'bat batcat': readsExcept({ executes: '--pager=' }),
  'locate mlocate plocate': reads,
  'fd fdfind': readsExcept({ executes: '-x= -X= --exec= --exec-batch=' }),
  'inotifywait inotifywatch fatrace': readsExcept({ writes: '-o= --outfile=', destructive: '-d --daemon' }),
  'pathchk getcap lsinitramfs lsinitrd': reads,
  setcap: mutatesExcept({ destructive: '-r' }),
  sync: mutates,
  'less zless more zmore': readsExcept(
    { destructive: '-o= -O= --log-file= --LOG-FILE= -k= --lesskey-file= --lesskey-src=' },
    // `+!command` runs a program before the first page; `+G`, `+F`, `+120` and `+/word` only move about.
    { matching: /^(?:[^+]|\+(?:[GFg]|\d+|\/[\w .:-]+)$)/, otherwise: 'destructive' },
  ),
  tree: readsExcept({ writes: '-o=' }),
  file: readsExcept({ destructive: '-C --compile' }),
  'md5 md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum crc32': reads,
  'cmp diff diff3 zdiff zcmp comm colordiff icdiff wdiff': reads,
  'zgrep zegrep zfgrep xzgrep bzgrep zstdgrep zipinfo zipgrep': reads,
  find: judgedBy(judgeFind),
  tee: judgedBy(judgeTee),
  dd: judgedBy(judgeDd),
  tar: judgedBy(judgeTar),
  fuser: readsExcept({ destructive: '-k --kill' }),
  'mkdir touch mkfifo mktemp chcon restorecon': mutates,
  'rm rmdir unlink shred truncate srm wipe rename prename sftp tmpwatch tmpreaper': destroys,
  rsync: judgedBy(judgeRsync),
  scp: destroys,
  'cp mv': destroysUnless({
    bounding: '-n --no-clobber',
    harmless: `-a --archive -d -i -f -l -L -P -p -r -R -s -T -t= -u -v -x -Z --preserve? --no-preserve=
      --parents --recursive --symbolic-link --target-directory= --update? --verbose --sparse= --reflink?
      --backup? -b -S=`,
  }),
  install: destroys,
  ln: mutatesExcept({ destructive: '-f --force' }),
  'chmod chown chgrp setfacl chattr': mutatesExcept({
    destructive: '-R --recursive -b --remove-all --restore=',
  }),
  fallocate: mutatesExcept({
    destructive: '-p --punch-hole -c --collapse-range -z --zero-range -d --dig-holes -i --insert-range',
  }),
  // The file is replaced by another one, unless it is kept.
  'gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd lz4 unlz4 pigz pbzip2 compress uncompress': destroysUnless({
    reading: '-l --list -t --test -c --stdout',
    bounding: '-k --keep',
    harmless: '-v -q -d --decompress -# -n -N -T= --threads= --fast --best',
  }),
  unzip: destroysUnless({ reading: '-l -t -Z -p -v -z', harmless: '-q -1 -x=', bounding: '-n' }),
  '7z 7za 7zr': verbs({
    flags: { harmless: '-ba -slt' },
    reads: 'l, t, i, h',
    mutates: 'a',
    destroys: 'x, e, d, u, rn',
  }),
  zip: mutatesExcept({ destructive: '-m --move -d --delete -TT= --unzip-command= -sdel' }),
  cpio: destroysUnless({ reading: '-t --list', harmless: '-v -i --quiet -F=' }),

  logrotate: mutatesWith({ reading: '-d --debug', harmless: '-v --verbose -f --force' }),
};
