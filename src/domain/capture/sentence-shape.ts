/** Pasts that do not end in -ed, of what people do to systems. Regular ones are known by their end. */
const irregular = words(
  'took gave put made did cut set sent brought built threw wrote ran shut swept went got fed held hit hung kept laid led left let lit lost met paid reset rebuilt rewrote sat slid split spun stuck stole tore undid withdrew wound forced bound bounced bent bought broke caught chose dealt drew drove dug fell froze grew redid redrew resent reran regrew retook rose shook shrank shrunk struck swung upset taken given done undone written thrown shaken frozen chosen broken drawn driven gotten begun run',
);
/** Pasts of looking, thinking, talking and waiting: whoever did these changed nothing. */
const idle = words(
  'looked checked noticed seemed appeared happened wanted needed asked mentioned reported expected hoped wondered guessed suspected assumed believed realised realized remembered compared counted watched waited tested measured listed verified confirmed viewed read opened pinged pulled searched looked traced logged grepped talked called emailed mailed messaged paged informed told answered replied escalated agreed discussed tried failed crashed died stopped started dropped timed refused denied missed caused used lasted changed occurred worked turned helped arrived landed delivered finished completed succeeded passed recovered returned cleared drained resolved solved',
);
const toldThings = words(
  'said saw found thought knew heard felt meant was were had got went came became began fell rose',
);
const notVerbs = words(
  'need indeed speed feed seed bed red shed embed hundred used based supposed related expected unexpected failed degraded limited red id shared managed dedicated unrelated tired worried scheduled planned required',
);
const fillers = words(
  "ok okay so and then now just also yes yep yeah right well hm hmm oh ah alright sure anyway meanwhile first second finally again already still actually i i've we we've have has had he she they they've he's been simply quickly manually both me no",
);
const pronouns = words("i we i've we've he she they they've i'd");
const auxiliaries = words(
  "is are was were do does did can could should would will shall may might have has had isn't aren't don't doesn't didn't can't couldn't shouldn't wouldn't won't haven't hasn't",
);
const asks = words('what why how who where when which whose anyone anybody someone');
const verbsOfChange = words(
  'restart reboot reload roll rollback revert kill stop start scale drain clear flush purge delete remove drop add set raise bump increase lower reduce move switch point disable enable fail failover swap replace rebuild recreate rerun renew rotate apply patch merge deploy redeploy ship push pull bounce kick put take turn give make run try block unblock allow mute pause resume restore reset resize extend grow free shrink unlock release install update upgrade downgrade cordon evict reassign reindex vacuum truncate cancel cut close reopen limit throttle bypass redirect reroute mount remount wipe swap reissue reimport resend replay requeue retry',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

const isPast = (word: string): boolean =>
  irregular.has(word) || (/^[a-z-]{2,}ed$/.test(word) && !notVerbs.has(word));
const isChange = (word: string): boolean => isPast(word) && !idle.has(word) && !toldThings.has(word);
const isGoing = (word: string): boolean => /^[a-z-]{3,}ing$/.test(word) && !going.has(word);
const going = words(
  'thing nothing something everything anything during morning evening warning king ring string being having going looking checking seeing getting missing failing waiting thinking wondering',
);

/** Words at the beginning that are read to see who did what. */
const opening = 8;

/**
 * What a sentence is like, whatever it speaks of: whether somebody tells what was done, does it now, asks, advises, or
 * says how things stand. By the forms of words, so that it holds for verbs that no list has.
 */
export function shapesOf(sentence: string): readonly string[] {
  const all =
    sentence
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[a-z][a-z'-]*|[?]/g) ?? [];
  const start = all.slice(0, opening);
  const first = start.find((word) => !fillers.has(word)) ?? '';
  return [...openingsOf(start, first), ...tellingsOf(all), ...standingsOf(sentence)];
}

function openingsOf(start: readonly string[], first: string): readonly string[] {
  const [zero = '', one = ''] = start;
  const isPronoun = pronouns.has(zero);
  const shapes: Readonly<Record<string, boolean>> = {
    'opens with a change': isChange(first),
    'opens with a past': isPast(first) && !isChange(first),
    'opens with doing': isGoing(first),
    'opens with an order': verbsOfChange.has(first) && !isPast(first),
    'opens with who': isPronoun,
    'opens with asking': asks.has(first) || auxiliaries.has(zero) || (auxiliaries.has(first) && !isPronoun),
    'opens with what': /^(?:the|its?|it's|that|this|that's|there|there's|these|those)$/.test(zero),
    'opens with naming': /^(?:it's|its|it|that's|this|that)$/.test(zero) && namingNext.test(one),
  };
  return Object.keys(shapes).filter((name) => shapes[name]);
}

const namingNext = /^(?:is|the|a|an|because|not)$/;

const tellingsOf = (all: readonly string[]): readonly string[] =>
  all.flatMap((word, at) => (isPast(word) ? tellingOf(word, all[at - 1] ?? '', all[at - 2] ?? '') : []));

/** Who did it, as far as the two words before a past tell. */
function tellingOf(past: string, before: string, further: string): readonly string[] {
  if (/^(?:was|were)$/.test(before)) return ['was done'];
  if (/^(?:is|are|been|being|got|gets)$/.test(before)) return ['is done'];
  const isChanging = isChange(past);
  if (
    pronouns.has(before) ||
    (/^(?:have|has|just|already|also|then|now)$/.test(before) && pronouns.has(further))
  )
    return [isChanging ? 'somebody changed' : 'somebody did'];
  if (!isChanging) return [];
  return [before === 'and' ? 'and changed' : 'changed somehow'];
}

const standings: Readonly<Record<string, RegExp>> = {
  'has a number': /\d/,
  'has a measure':
    /\b\d[\d.,]*\s?(?:ms|s|sec|min|m|h|g|gb|gib|mb|kb|k|tb|tib|%|percent|x|req\S*|rps|mbit\S*)(?![a-z])/i,
  'from to': /\d\S*\s?%?\s*(?:->|→|=>|⇒|to)\s*\d/,
  'of all':
    /\b(\d+) (?:of|\/) \1\b|\ball (?:of (?:them|it)|\d+|good|green|up|in|through)\b|\bboth\b|\beveryone\b|\beverybody\b/i,
  'of some': /\b(?:still|only|but|except|apart from|remaining|left|other(?:s)?)\b/i,
  able: /\b(?:i|we|they|he|she|you|users?|customers?|people|everyone|clients?|colleagues?|\w+s) can (?!you|we|i|not\b|t\b)\w+/i,
  unable:
    /\b(?:can(?:no|')?t|cannot|unable|won'?t|doesn'?t|does not|don'?t|refuses?|fails?|failing|denied)\b/i,
  again: /\bagain\b/i,
  back: /\bback\b/i,
  negated: /\b(?:not?|never|none|nothing|nobody|neither|nor|n't|no)\b|n['’]t\b/i,
  same: /\b(?:same|still|unchanged|as before|no better|worse|identical)\b/i,
  happy:
    /[😀-😆😊-😎🙂🎉🥳💚❤👍🙏✅🟢🚀]|:(?:tada|heart|green_heart|rocket|raised_hands|pray|\+1|thumbsup|white_check_mark|partying_face|clap|muscle)\w*:|(?:^|\s)[:;]-?\)|\b(?:yay|hooray|phew|woo+|finally|merci|danke|thank)\b|!!/iu,
  sad: /[😞😩😢😭😱🙁💥🔥]|:(?:sob|cry|disappointed|man-facepalming|facepalm|scream|weary|tired_face)\w*:|(?:^|\s):-?[(/]|\b(?:ugh|argh|meh|sigh|damn|crap|sorry|unfortunately)\b/iu,
  because:
    /\b(?:because|since (?:the|we|it|i|that)|due to|caused by|reason|turns? out|turned out|culprit|so that'?s|which is why|that is why|hence|explains?|root cause|after (?:the|an?) \w+)\b/i,
  when: /\b(?:yesterday|last (?:night|week|month|friday|monday)|this (?:morning|afternoon|noon)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at \d{1,2}[:.]\d\d|since \w+|ago|weekend|on the \d+(?:st|nd|rd|th))\b/i,
  soon: /\b(?:tomorrow|tonight|later|monday|next (?:week|time)|will|'ll|going to|gonna|until|till)\b/i,
  maybe:
    /\b(?:maybe|perhaps|could be|might|may|i think|i guess|guess|probably|possibly|not sure|suspect|seems?|looks like|sounds like|smells like|could|would)\b|\?$/i,
  tells:
    /\b(?:says|shows|gives|returns|reports|according to|log|logs|output|metrics?|graph|dashboard|trace|dump)\b/i,
  version: /\bv?\d+\.\d+(?:\.\d+)*\b/,
  others: /\b(?:they|he|she|vendor|provider|carrier|hoster|support|noc|team|guys?)\b/i,
};

const standingsOf = (sentence: string): readonly string[] =>
  Object.entries(standings).flatMap(([name, pattern]) => (pattern.test(sentence) ? [name] : []));
