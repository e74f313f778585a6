import type { Span } from '../span.ts';

/** A token format: a text that must occur for the pattern to be tried, and the pattern of the whole token. */
interface TokenFormat {
  readonly hint: string;
  readonly pattern: RegExp;
}

/**
 * Formats that issuers document so that scanners can find them. Each begins where no other token character
 * stands before it, so that every run of characters is read once.
 */
const formats: readonly TokenFormat[] = [
  { hint: 'gh', pattern: /(?<![\w-])gh[pousr]_[A-Za-z0-9]{30,255}/g },
  { hint: 'github_pat_', pattern: /(?<![\w-])github_pat_\w{22,255}/g },
  { hint: 'gl', pattern: /(?<![\w-])gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[\w-]{16,255}/g },
  { hint: 'xox', pattern: /(?<![\w-])xox[abcdeoprs]-[\w-]{10,255}/g },
  { hint: 'xapp-', pattern: /(?<![\w-])xapp-[\w-]{10,255}/g },
  { hint: 'hooks.', pattern: /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{8,255}/g },
  { hint: '/webhooks/', pattern: /(?<=\/api\/webhooks\/\d{5,25}\/)[\w-]{20,255}/g },
  { hint: 'A', pattern: /(?<![A-Za-z0-9_-])A(?:KIA|SIA|ROA|IDA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g },
  { hint: 'sk-', pattern: /(?<![\w-])sk-(?=[\w-]{0,255}\d)[\w-]{20,255}/g },
  { hint: 'k_', pattern: /(?<![\w-])[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}/g },
  { hint: 'whsec_', pattern: /(?<![\w-])whsec_[A-Za-z0-9+/=]{20,255}/g },
  { hint: 'npm_', pattern: /(?<![\w-])npm_[A-Za-z0-9]{36}(?!\w)/g },
  { hint: 'hf_', pattern: /(?<![\w-])hf_[A-Za-z0-9]{34}(?!\w)/g },
  { hint: '_v1_', pattern: /(?<![\w-])do[opr]_v1_[a-f0-9]{64}/g },
  { hint: 'shp', pattern: /(?<![\w-])shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g },
  { hint: 'dckr_pat_', pattern: /(?<![\w-])dckr_pat_[\w-]{20,255}/g },
  { hint: 'glsa_', pattern: /(?<![\w-])glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}/g },
  { hint: 'NRAK-', pattern: /(?<![\w-])NRAK-[A-Z0-9]{27}/g },
  { hint: 'SG.', pattern: /(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{16,64}/g },
  { hint: 'ATATT', pattern: /(?<![\w-])ATATT3[\w=-]{50,255}/g },
  { hint: 'AIza', pattern: /(?<![\w-])AIza[\w-]{35}/g },
  { hint: 'ya29.', pattern: /(?<![\w-])ya29\.[\w.-]{20,2048}/g },
  { hint: 'eyJ', pattern: /(?<![\w-])eyJ[\w-]{8,8192}\.[\w-]{8,8192}(?:\.[\w-]{0,8192}){1,3}/g },
  { hint: 'pypi-', pattern: /(?<![\w-])pypi-[\w-]{40,1024}/g },
  { hint: 'hv', pattern: /(?<![\w-])hv[sbr]\.[\w-]{20,1024}/g },
  { hint: 'SK', pattern: /(?<![\w-])SK[0-9a-f]{32}(?!\w)/g },
  { hint: ':AA', pattern: /(?<![\w-])\d{8,10}:AA[\w-]{32,36}(?![\w-])/g },
  { hint: '.', pattern: /(?<![\w.-])[MNO][\w-]{22,28}\.[\w-]{6,7}\.[\w-]{27,40}(?![\w.-])/g },
  { hint: 'AGE-SECRET', pattern: /(?<![\w-])AGE-SECRET-KEY-1[0-9A-Z]{50,80}/g },
  // Password hashes (crypt(5)).
  {
    hint: '$',
    pattern: /(?<![\w$])\$(?:1|5|6|apr1)\$(?:rounds=\d{1,9}\$)?[\w./]{1,16}\$[\w./]{22,86}/g,
  },
  { hint: '$2', pattern: /(?<![\w$])\$2[abxy]\$\d\d\$[\w./]{53}/g },
  { hint: '$', pattern: /(?<![\w$])\$(?:y|7|gy)\$[\w./$]{20,512}/g },
  { hint: '$argon2', pattern: /(?<![\w$])\$argon2(?:id|i|d)\$[\w=,]{1,64}\$[\w=,]{1,64}\$[\w+/=$]{20,512}/g },
];

/** Tokens of known formats, and password hashes. */
export function findTokenFormats(text: string): readonly Span[] {
  return formats.flatMap(({ hint, pattern }) => (text.includes(hint) ? spansOf(text, pattern) : []));
}

function spansOf(text: string, pattern: RegExp): readonly Span[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
