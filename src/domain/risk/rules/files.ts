import { judgeDd, judgeTar, judgeTee } from '../programs/file-copies.ts';
import { judgeFind } from '../programs/find.ts';
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
  readsWith,
  verbs,
} from '../rule.ts';

/** Files, directories, archives, disks and file systems. */
export const fileRules: RuleTable = {
  'ls dir vdir stat du df pwd readlink realpath basename dirname namei lsattr getfacl lsblk lsof findmnt':
    reads,
  'cat tac head tail nl wc zcat bzcat xzcat zstdcat': reads,
  'less zless more zmore': readsExcept(
    { destructive: '-o= -O= --log-file= --LOG-FILE= -k= --lesskey-file= --lesskey-src=' },
    // `+!command` runs a program before the first page.
    { matching: /^[^+]/, otherwise: 'destructive' },
  ),
  tree: readsExcept({ writes: '-o=' }),
  file: readsExcept({ destructive: '-C --compile' }),
  'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum crc32': reads,
  'cmp diff zdiff comm': reads,
  'zgrep zegrep zfgrep xzgrep bzgrep zipinfo': reads,
  find: judgedBy(judgeFind),
  tee: judgedBy(judgeTee),
  dd: judgedBy(judgeDd),
  tar: judgedBy(judgeTar),
  fuser: readsExcept({ destructive: '-k --kill' }),
  blkid: readsWith(
    '-o= -s= -t= -p -i -L= -U= -k --output= --match-tag= --match-token= --probe --label= --uuid=',
  ),
  mount: readsWith(
    { harmless: '-l -t= -v --show-labels --types=', mutating: '-o= --options= -a --all -r -w --bind' },
    { atMost: 0, otherwise: 'mutating' },
  ),
  mountpoint: readsWith('-q -d -x --quiet --fs-devno --devno'),
  swapon: mutatesWith({ reading: '-s --show? --summary', harmless: '-a -v -p= --noheadings --raw --bytes' }),
  umount: destroys,
  swapoff: mutates,
  'mkdir touch mkfifo mktemp chcon restorecon': mutates,
  'rm rmdir unlink shred truncate srm wipe rename rsync scp sftp': destroys,
  'cp mv': destroysUnless({
    bounding: '-n --no-clobber',
    harmless: `-a --archive -d -i -f -l -L -P -p -r -R -s -T -t= -u -v -x -Z --preserve? --no-preserve= --parents
      --recursive --symbolic-link --target-directory= --update? --verbose --sparse= --reflink? --backup? -b -S=`,
  }),
  install: destroys,
  ln: mutatesExcept({ destructive: '-f --force' }),
  'chmod chown chgrp setfacl chattr': mutatesExcept({
    destructive: '-R --recursive -b --remove-all --restore=',
  }),
  fallocate: mutatesExcept({
    destructive: '-p --punch-hole -c --collapse-range -z --zero-range -d --dig-holes -i --insert-range',
  }),
  'gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd': mutatesWith({
    reading: '-l --list -t --test -c --stdout',
    harmless: '-k --keep -v -q -d --decompress -# -n -N',
  }),
  unzip: destroysUnless({ reading: '-l -t -Z -p', harmless: '-v -q -1' }),
  'zip 7z': mutatesExcept({ destructive: '-m --move -d --delete -TT= --unzip-command= -sdel' }),
  cpio: destroysUnless({ reading: '-t --list', harmless: '-v -i --quiet -F=' }),

  'mkfs mkfs.ext4 mkfs.xfs mkfs.btrfs mkswap wipefs mke2fs gdisk sgdisk': destroys,
  'fdisk sfdisk parted': destroysUnless({ reading: '-l --list', harmless: '-s -x -o= --json -J -d' }),
  'lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan': readsExcept({
    mutating: '--cache --mknodes',
  }),
  'lvextend vgextend pvresize resize2fs xfs_growfs growpart lvcreate': mutates,
  'lvremove vgremove pvremove lvreduce vgreduce': destroys,
  'fsck e2fsck xfs_repair': destroysUnless({ reading: '-n -N', harmless: '-v -V -f -T' }),
  'tune2fs dumpe2fs': destroysUnless({ reading: '-l -h' }),
  xfs_info: reads,
  smartctl: readsWith(
    '-a -A -H -i -x -c -l= -d= -n= -q= -j --all --info --health --attributes --json? --xall --scan',
  ),
  mdadm: destroysUnless({
    reading: '-D -Q -E --detail --query --examine',
    harmless: '-s -v --scan --verbose',
  }),
  nvme: verbs({ flags: {}, reads: 'list, smart-log, list-subsys, error-log, id-ctrl, id-ns, version' }),
  'quota repquota': reads,
  logrotate: mutatesWith({ reading: '-d --debug', harmless: '-v --verbose -f --force' }),
};
