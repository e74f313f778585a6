import { type Anchor, anchor } from '../anchors/anchor.ts';
/**
 * A form without letters of its own at the beginning: a text that must occur for the pattern to be tried, and the pattern. It begins
 * with what is rarest in it; `front` is what of the token stands before that, `secret` all of it where other signs lead to it.
 */
export interface TokenShape {
  readonly hint: string;
  /** Where a run of characters begins with none before it, so that each is read once. */
  readonly pattern: Anchor;
}

export const tokenShapes: readonly TokenShape[] = [
  // Terraform Cloud, Telegram, Discord, Mailchimp, Azure AD, Azure DevOps, New Relic ingest.
  {
    hint: '.atlasv1.',
    pattern: anchor(
      /\.atlasv1\.[\w-]{60,70}(?<=(?<![\w-])(?<front>[A-Za-z0-9]{14})\.atlasv1\.[\w-]{60,70})/g,
    ),
  },
  {
    hint: ':AA',
    pattern: anchor(/:AA[\w-]{32,36}(?![\w-])(?<=(?<![\w-])(?<front>\d{8,10}):AA[\w-]{32,36})/g),
  },
  { hint: '.', pattern: anchor(/(?<![\w.-])[MNO][\w-]{22,28}\.[\w-]{6,7}\.[\w-]{27,40}(?![\w.-])/g) },
  { hint: '-us', pattern: anchor(/-us\d{1,2}(?!\w)(?<=(?<![\w-])(?<front>[0-9a-f]{32})-us\d{1,2})/g) },
  { hint: 'Q~', pattern: anchor(/Q~[\w~.-]{31,34}(?<=(?<![\w~.-])(?<front>[\w~.-]{3}\d)Q~[\w~.-]{31,34})/g) },
  // The recovery key of BitLocker.
  { hint: '-', pattern: anchor(/(?<![\w-])\d{6}(?:-\d{6}){7}(?![\w-])/g) },
  {
    hint: 'AZDO',
    pattern: anchor(/AZDO[A-Za-z0-9]{4}(?!\w)(?<=(?<!\w)(?<front>[A-Za-z0-9]{76})AZDO[A-Za-z0-9]{4})/g),
  },
  { hint: 'NRAL', pattern: anchor(/NRAL(?!\w)(?<=(?<!\w)(?<front>[0-9a-f]{32,40}(?:FFFF)?)NRAL)/g) },
  { hint: 'dckr', pattern: anchor(/(?<![\w-])dckr_pat_[\w-]{20,255}/g) },
];

/** A token with letters of its own in the middle, of which there may be several. */
export const keyOfOpenai = /(?<![\w-])[\w-]{20,100}T3BlbkFJ[\w-]{20,100}/g;

const saltedTail = '[\\w./+=,$-]';

/** Password hashes: crypt(5), its relatives in frameworks, databases, directories and network devices. */
export const hashShapes: readonly TokenShape[] = [
  {
    hint: '$',
    pattern: anchor(
      /(?<![\w$])\$(?:1|5|6|apr1|md5|sha1)\$(?:rounds=\d{1,9}\$)?[\w./]{1,16}\$[\w./]{20,128}/g,
    ),
  },
  { hint: '$2', pattern: anchor(/(?<![\w$])\$2[abxy]?\$\d\d\$[\w./]{53}/g) },
  {
    hint: '$',
    pattern: anchor(
      new RegExp(
        `(?<![\\w$])\\$(?:y|7|gy|8|9|P|H|S|14|scrypt|bcrypt-sha256|pbkdf2(?:-sha\\d{1,3})?)\\$${saltedTail}{20,512}`,
        'g',
      ),
    ),
  },
  {
    hint: '$argon2',
    pattern: anchor(new RegExp(`(?<![\\w$])\\$argon2(?:id|i|d)\\$${saltedTail}{20,512}`, 'g')),
  },
  {
    hint: 'pbkdf2_',
    pattern: anchor(/(?<!\w)pbkdf2_sha\d{1,3}\$(?<secret>\d{1,9}\$[\w./+=-]{1,64}\$[\w./+=-]{20,128})/g),
  },
  {
    hint: 'pbkdf2:',
    pattern: anchor(/(?<!\w)pbkdf2:sha\d{1,3}:\d{1,9}\$(?<secret>[\w./+=-]{1,64}\$[0-9a-f]{32,128})/g),
  },
  {
    hint: 'scrypt:',
    pattern: anchor(/(?<!\w)scrypt:\d{1,9}:\d{1,4}:\d{1,4}\$(?<secret>[\w./+=-]{1,64}\$[0-9a-f]{32,256})/g),
  },
  {
    hint: 'grub.pbkdf2',
    pattern: anchor(/grub\.pbkdf2\.sha512\.\d{1,9}\.(?<secret>[0-9A-F]{32,512}\.[0-9A-F]{32,512})/g),
  },
  {
    hint: '{',
    pattern: anchor(
      /\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]{0,12}|ARGON2|x-issha, ?\d{1,6})\}[\w+/=.$-]{12,256}/gi,
    ),
  },
  { hint: '{', pattern: anchor(/\{(?:PLAIN|CLEAR|CLEARTEXT)\}(?<secret>[^\s"',;]{4,128})/gi) },
  {
    hint: 'SCRAM-SHA-',
    pattern: anchor(
      /(?<!\w)SCRAM-SHA-(?:1|256|512)\$\d{1,8}:[\w+/=]{8,64}\$[\w+/=]{20,128}:[\w+/=]{20,128}/g,
    ),
  },
  { hint: 'md5', pattern: anchor(/(?<![\w./-])md5[0-9a-f]{32}(?!\w)/g) },
  { hint: '*', pattern: anchor(/(?<![\w*])\*[0-9A-F]{40}(?!\w)/g) },
  { hint: '0x0', pattern: anchor(/(?<!\w)0x0[12]00[0-9A-F]{40,140}(?!\w)/gi) },
  {
    hint: ':::',
    pattern: anchor(/:\d{1,10}:(?<secret>(?:[0-9a-fA-F]{32}|NO PASSWORD\*{21}):[0-9a-fA-F]{32})(?=:::)/g),
  },
  { hint: '$krb5', pattern: anchor(/(?<![\w$])\$krb5(?:tgs|asrep|pa)\$[\w.*$@/:-]{20,4096}/g) },
  {
    hint: '::',
    pattern: anchor(
      /::(?<=^[\w.\\-]{1,64}::)[\w.-]{0,64}:(?<secret>[0-9a-fA-F]{16}:[0-9a-fA-F]{32}:[0-9a-fA-F]{32,1024})/gm,
    ),
  },
  // The hash of shadow and htpasswd lines in the old form of 13 characters (DES).
  {
    hint: ':',
    pattern: anchor(
      /:(?<=^[\w.-]{1,32}:)(?<secret>[./A-Za-z0-9]{13}(?=:\d{1,6}:)|(?=[./A-Za-z]{0,12}\d)[./A-Za-z0-9]{13}(?=[ \t\r]*$))/gm,
    ),
  },
];
