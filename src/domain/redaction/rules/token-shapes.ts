/** A form without a beginning of its own: a text that must occur for the pattern to be tried, and the pattern. */
export interface TokenShape {
  readonly hint: string;
  /** Each begins where no other token character stands before it, so that every run of characters is read once. */
  readonly pattern: RegExp;
}

export const tokenShapes: readonly TokenShape[] = [
  // Terraform Cloud, Telegram, Discord, Mailchimp, Azure AD, Azure DevOps, New Relic ingest.
  { hint: '.atlasv1.', pattern: /(?<![\w-])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}/g },
  { hint: ':AA', pattern: /(?<![\w-])\d{8,10}:AA[\w-]{32,36}(?![\w-])/g },
  { hint: '.', pattern: /(?<![\w.-])[MNO][\w-]{22,28}\.[\w-]{6,7}\.[\w-]{27,40}(?![\w.-])/g },
  { hint: '-us', pattern: /(?<![\w-])[0-9a-f]{32}-us\d{1,2}(?!\w)/g },
  { hint: 'Q~', pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/g },
  // The recovery key of BitLocker.
  { hint: '-', pattern: /(?<![\w-])\d{6}(?:-\d{6}){7}(?![\w-])/g },
  { hint: 'AZDO', pattern: /(?<!\w)[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?!\w)/g },
  { hint: 'NRAL', pattern: /(?<!\w)[0-9a-f]{32,40}(?:FFFF)?NRAL(?!\w)/g },
  { hint: 'T3BlbkFJ', pattern: /(?<![\w-])[\w-]{20,100}T3BlbkFJ[\w-]{20,100}/g },
  { hint: 'dckr', pattern: /(?<![\w-])dckr_pat_[\w-]{20,255}/g },
];

const saltedTail = '[\\w./+=,$-]';

/** Password hashes: crypt(5), its relatives in frameworks, databases, directories and network devices. */
export const hashShapes: readonly TokenShape[] = [
  {
    hint: '$',
    pattern: /(?<![\w$])\$(?:1|5|6|apr1|md5|sha1)\$(?:rounds=\d{1,9}\$)?[\w./]{1,16}\$[\w./]{20,128}/g,
  },
  { hint: '$2', pattern: /(?<![\w$])\$2[abxy]?\$\d\d\$[\w./]{53}/g },
  {
    hint: '$',
    pattern: new RegExp(
      `(?<![\\w$])\\$(?:y|7|gy|8|9|P|H|S|14|scrypt|bcrypt-sha256|pbkdf2(?:-sha\\d{1,3})?)\\$${saltedTail}{20,512}`,
      'g',
    ),
  },
  { hint: '$argon2', pattern: new RegExp(`(?<![\\w$])\\$argon2(?:id|i|d)\\$${saltedTail}{20,512}`, 'g') },
  { hint: 'pbkdf2_', pattern: /(?<=(?<!\w)pbkdf2_sha\d{1,3}\$)\d{1,9}\$[\w./+=-]{1,64}\$[\w./+=-]{20,128}/g },
  { hint: 'pbkdf2:', pattern: /(?<=(?<!\w)pbkdf2:sha\d{1,3}:\d{1,9}\$)[\w./+=-]{1,64}\$[0-9a-f]{32,128}/g },
  {
    hint: 'scrypt:',
    pattern: /(?<=(?<!\w)scrypt:\d{1,9}:\d{1,4}:\d{1,4}\$)[\w./+=-]{1,64}\$[0-9a-f]{32,256}/g,
  },
  { hint: 'grub.pbkdf2', pattern: /(?<=grub\.pbkdf2\.sha512\.\d{1,9}\.)[0-9A-F]{32,512}\.[0-9A-F]{32,512}/g },
  {
    hint: '{',
    pattern:
      /\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]{0,12}|ARGON2|x-issha, ?\d{1,6})\}[\w+/=.$-]{12,256}/gi,
  },
  { hint: '{', pattern: /(?<=\{(?:PLAIN|CLEAR|CLEARTEXT)\})[^\s"',;]{4,128}/gi },
  {
    hint: 'SCRAM-SHA-',
    pattern: /(?<!\w)SCRAM-SHA-(?:1|256|512)\$\d{1,8}:[\w+/=]{8,64}\$[\w+/=]{20,128}:[\w+/=]{20,128}/g,
  },
  { hint: 'md5', pattern: /(?<![\w./-])md5[0-9a-f]{32}(?!\w)/g },
  { hint: '*', pattern: /(?<![\w*])\*[0-9A-F]{40}(?!\w)/g },
  { hint: '0x0', pattern: /(?<!\w)0x0[12]00[0-9A-F]{40,140}(?!\w)/gi },
  { hint: ':::', pattern: /(?<=:\d{1,10}:)(?:[0-9a-fA-F]{32}|NO PASSWORD\*{21}):[0-9a-fA-F]{32}(?=:::)/g },
  { hint: '$krb5', pattern: /(?<![\w$])\$krb5(?:tgs|asrep|pa)\$[\w.*$@/:-]{20,4096}/g },
  {
    hint: '::',
    pattern: /(?<=^[\w.\\-]{1,64}::[\w.-]{0,64}:)[0-9a-fA-F]{16}:[0-9a-fA-F]{32}:[0-9a-fA-F]{32,1024}/gm,
  },
  // The hash of shadow and htpasswd lines in the old form of 13 characters (DES).
  {
    hint: ':',
    pattern:
      /(?<=^[\w.-]{1,32}:)(?:[./A-Za-z0-9]{13}(?=:\d{1,6}:)|(?=[./A-Za-z]{0,12}\d)[./A-Za-z0-9]{13}(?=[ \t\r]*$))/gm,
  },
];
