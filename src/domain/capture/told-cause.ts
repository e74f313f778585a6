import { hedged, type Said, saidFrom } from './said.ts';

const naming =
  /\b(?:root cause|rca|culprit|turns? out|turned out|because|caused? by|the cause|due to|owing to|thanks to|thats? (?:what|why|how|our|the (?:reason|problem|issue|cause))|that['’]s (?:what|why|how|our|the (?:reason|problem|issue|cause))|(?:is|was|explains) why|explains|(?:the )?(?:real |actual |underlying )?(?:problem|issue|reason|cause|trigger) (?:is|was|were|here)\b|found (?:it|the|out)|got it\b|as a result|hence|which (?:is why|made|caused|broke|blocked|filled|killed|took|means|meant)|led to|what (?:stopped|broke|killed|filled|caused|happened)|the one that|it['’]?s the\b|it was the\b|so (?:the|every|all|it|nothing|each|no|that|our)\b.{0,60}\b(?:can ?not|can['’]?t|could|blows?|fails?|failed|never|kept|keeps|got|ran|had|was|were|is)\b|since the\b|(?:ever )?since\b.{0,40}\b(?:move|deploy|update|upgrade|change|migration|release|rollout|reboot|switch)|after (?:the|last|friday|yesterday)\b|my (?:bad|fault|mistake)|mea culpa|i forgot|forgot to|reason\s*:|(?:confirms?|confirmed|says)\s*:)/i;
/** What goes wrong by itself or by somebody's doing. */
const happening =
  /\b(?:expired?|left \S+ \w+ (?:running|open|on)|us(?:e|es|ing) \d+ of|eats?|(?:fell|fallen) (?:into|off|out|over)|evict\w*|lost its|looks? at the (?:old|wrong)|nobody (?:updated|noticed|told)|(?<=\b(?!(?:i|we|just|have|then|and|also)\b)\w{1,30} )(?:deleted|removed|replaced|stopped|upgraded|closed|blocked|moved)|exhausted|leak\w*|left (?:on|over|behind|open|running|it|the)|never (?:\w+)|forgot\w*|forgotten|misconfigur\w*|wrong(?:ly)?|missing|without (?:our|a|any)|disabled|switched (?:on|off)|turned (?:on|off)|was changed|changed|ships?|shipped|introduced|dropped|deleted by|removed by|overwrit\w+|overwrote|someone|somebody|corrupt\w*|bad|broken|poison|stale|old\b.{0,40}\bstill|still (?:lying|pointing|using|running|set|had|has|on)|has been failing|been failing|ran out|run out|filled|full of|full|too (?:many|small|low|big|large)|default (?:is|was|of)|limit\w*|pool (?:is|was|size)|deadlock\w*|race|bug|typo|regression|hard-?coded|hit the|exceed\w*|blocks?\b|blocked|holds?|locks?|retries|retrying|throws|every (?:second|minute|pod|request)|caches?|inodes|oom|died|hung|crashed|flapp\w*|duplicate|conflict\w*|mismatch|firewall|revoked|rotated|rate[- ]limit\w*|throttl\w*|quota|unplugged|failed disk|dead|memory|certificate|cert|password)\b/i;
const wrapping =
  /\b(?:summary|tl;?dr|for the record|post-?mortem|rca|root cause|to sum up|recap|conclusion|what happened|explanation)\b/i;
const finding = /\b(?:that was it|found (?:it|the)|got it|ah+|aha|bingo|oh)\b/i;
/** What lay behind an alarm where nothing was wrong. */
const explaining =
  /\b(?:(?:that['’]?s|thats|it['’]?s|it was|that was|this is) (?:just |only )?(?:me|us|my|our)|test|planned|maintenance|scheduled|forgot|threshold|muted|silenced?|expected|because|drill)\b/i;
const owning =
  /\b(?:(?:that['’]?s|thats|it['’]?s|it was|that was|this is) (?:just |only )?(?:me|us|my|our)|planned|maintenance|scheduled|load ?test)\b/i;
const unknown =
  /\b(?:no (?:idea|clue)(?! what else)|(?:do ?n[o'’]?t|dont|did ?n[o'’]?t|never|still (?:do ?n[o'’]?t|dont)) (?:know|find|found|understand|figured?)(?: out)?(?: yet)? (?:why|what|how|the (?:cause|reason|root))|(?:root )?(?:cause|reason) (?:is |was |remains |still )*(?:unknown|unclear|not (?:known|found|clear)|tbd|open)|unknown (?:root )?cause|unclear (?:why|what)|mystery|not sure why|we['’]ll never know|why (?:it|that) (?:happened|hung|died|crashed) (?:is|remains))\b/i;
const agreeing =
  /^(?:\W*(?:oh|ah|ok|ha|wow)\W+)*(?:(?:yes|yep|ya|yea|ja|aye|yeah|yup|correct|exactly|indeed|bingo|confirmed|right|good (?:catch|call|guess|find)|nailed it|spot on|you(?:['’]re| were| are) right)\b|that(?:['’]?s| was| is) (?:it|right|the one|exactly)|(?:it|that) (?:was|is) (?:indeed|exactly))/i;
const refuting =
  /^(?:\W*(?:oh|ah|ok|hm+|well)\W+)*(?:no+|nope|nah|not (?:that|it|the)|wasn['’]?t|isn['’]?t|that['’]?s not|can['’]?t be|ruled out|negative)\b(?!\s+(?:more|problem|worries|idea|clue))|\b(?:can ?(?:no|['’])?t be|could ?n[o'’]?t be|(?:is|was) (?:unrelated|not (?:it|the (?:cause|reason|problem)))|nothing to do with)\b/i;
const planning =
  /\b(?:will|['’]ll|tomorrow|next week|ticket|todo|follow[- ]?up|should|(?:i|we|you) (?:could|would)|let['’]?s|want to|going to|please)\b/i;
const doing =
  /^(?:(?:ok|so|then|and|now|i|we|i['’]ve|we['’]ve|just|also|as a workaround)[ ,]+)*(?:ran|restarted|killed|rolled|reverted|deleted|removed|moved|skipped|cleared|added|set|did|unlocked|scaled|drained|reloaded|restarting|running|renewed|bumped|increased|put|fixed|deployed|stopped|disabled|enabled|flushed|rebooted|truncated|raised|lowered|blocked|replaced|updated|created|rebuilt|tried|switched|pointed|failed over|\w+ing (?:it|the|this|them)\b.{0,40}\bnow)\b/i;

/** The sentence that tells why it happened; null where nobody did, or nobody could. */
export function findCause(said: readonly Said[], dismissedBy: Said | null): Said | null {
  const scored = said.map((one, index) => ({ one, score: scoreOf(said, index, dismissedBy) }));
  const best = scored.reduce<(typeof scored)[number] | null>(
    (top, next) => (top === null || next.score >= top.score ? next : top),
    null,
  );
  if (!best || best.score < 1.5) return null;
  const nobodyKnows = said.some(({ at, text }) => at >= best.one.at && unknown.test(text));
  return nobodyKnows && best.score < 4 ? null : best.one;
}

function scoreOf(said: readonly Said[], index: number, dismissedBy: Said | null): number {
  const one = said[index];
  if (!one || unknown.test(one.text)) return 0;
  const { text, at } = one;
  const others = saidFrom(said, at, 1).filter((next) => next !== one);
  const found = others.some((next) => finding.test(next.text)) ? 1.5 : 0;
  // "Loop?" – "Yes. They patched it into itself": the word of assent vouches for what follows it.
  const vouched = others.some((next) => agreeing.test(next.text) && !/\s/.test(next.text)) ? 1.5 : 0;
  const wrapped = [one, ...others].some((next) => wrapping.test(next.text)) ? 1 : 0;
  const dismissed = dismissedBy ? dismissedScore(text, others.includes(dismissedBy)) : 0;
  return (
    wordsScore(text) + repliesScore(said, one) + found + vouched + wrapped + dismissed - (at === 0 ? 3 : 0)
  );
}

/** Where nothing was wrong, what lay behind the alarm is the cause. */
function dismissedScore(text: string, isBesideDismissal: boolean): number {
  const explained = owning.test(text) ? 5 : 2.5;
  return (isBesideDismissal ? 2 : 0) + (explaining.test(text) ? explained : 0);
}

/** A guess becomes a statement when somebody else agrees. */
function repliesScore(said: readonly Said[], { text, at, author }: Said): number {
  const replies = saidFrom(said, at + 1, 2).filter((next) => next.author !== author);
  const agreed = replies.some((next) => agreeing.test(next.text));
  const refuted = !agreed && replies.some((next) => refuting.test(next.text));
  const guess = agreed ? 1 : -3;
  return (refuted ? -3 : 0) + (hedged.test(text) ? guess : 0);
}

const outright =
  /\b(?:root cause|culprit|turns? out|turned out|found it|caused by|because|that['’]?s why|is why|was why)\b/i;
const fruitless = /\b(?:did ?n[o'’]?t help|ca ?n(?:no|['’]?)t fix|no (?:change|effect|difference))\b/i;
const recalling = /\blast (?:time|week|month|year)\b.{0,20}\bwas\b/i;
const contrast = /^[\w ]+, not (?:the )?\w+/i;

function wordsScore(text: string): number {
  const events = new Set(text.toLowerCase().match(new RegExp(happening, 'gi')) ?? []).size;
  const event = events > 0 ? 1 + Math.min(events, 3) / 2 : 0;
  // "Yes, the worker crashed": who answers and goes on knows better than who asked.
  const marks: readonly (readonly [boolean, number])[] = [
    [naming.test(text), 2.5],
    [contrast.test(text), 2],
    [events > 0 && agreeing.test(text), 1.5],
    [outright.test(text), 1],
    [planning.test(text), -1.5],
    [doing.test(text), -2],
    [text.split(/\s+/).length < 3, -2],
    [recalling.test(text), -3],
    [fruitless.test(text), -3],
  ];
  return marks.reduce((sum, [isSo, points]) => sum + (isSo ? points : 0), event);
}
