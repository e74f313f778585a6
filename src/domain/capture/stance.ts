/**
 * What the words around a command say of it. `ran`: somebody ran or is running it. `proposed`: somebody asked for it or
 * advised it, and it may follow. `refused`: nobody is to run it. `named`: it is only spoken of.
 */
export type Stance = 'ran' | 'proposed' | 'refused' | 'named';

const refusing =
  /\b(?:do(?:es)? ?n[o'’]?t|dont|never|please no|not (?:going to|gonna|touch\w*|yet|safe)|wo ?n[o'’]?t|would ?n[o'’]?t|can ?n[o'’]?t|(?:instead of|rather than)(?![^.;\n]* and )|avoid|no need (?:to|for)|nobody (?:ran|run)|has ?n[o'’]?t|have ?n[o'’]?t|did ?n[o'’]?t (?:run|do|touch|use|dare|try)|without running|afraid of|hold off)\b[^.;\n]{0,60}$|\bskip(?:ping|ped)?\s+(?:the\s+)?$/i;
const proposing =
  /\b(?:try(?!ing)(?!(?<=\b(?:first|second|third|next|last|another|my|our|more) try):)|could|can (?:you|we|someone|somebody|i|u)|can't we|(?:i|we) can (?:also |always )?(?:block|drop|restart|kill|roll|run|do|try|take|turn|switch|disable|move|scale|delete|purge|cut|set|fail|bump|raise|stop)\b|say (?:go|yes|when|the word)|should|shall|may ?be|might|perhaps|what about|how about|why not|would|lets|let['’]s|suggest\w*|recommend\w*|advis\w+|you (?:can|need|have|want)|you['’]ll (?:need|want|have)|pl(?:ease|s|z)|next (?:time|week|month|sprint)|if (?:it|that|this|not|you|we|all)|in case|worth|need(?:s)? to|have to|want me|I['’]?d|consider|option(?:al\w*)?|alternatively|otherwise|normally|usually|always|the runbook (?:says|has)|docs? says?|according to|plan is|going to|gonna|(?:we|you|one|i|they) may\b|will|['’]ll|before (?:we|you|i)|proposal|todo|tomorrow|later|either)\b/i;
const asking =
  /\b(?:(?<!\bdid |ed )what(?:['’]?s| is| does| do| did)?|anyone|did (?:you|anyone|someone|u)|have you|has anyone|is it|whats)\b/i;

/** Verbs that tell of something done, in the past or while it goes on. */
const telling =
  /\b(?:ran|re-?ran|did|done|doing|kicked|running|running:|tried|trying|put (?:it )?back|went with|undid|hit|set|took|shut|rolled|reset|cut|got|gives?|gave|says?|said|shows?|showed|returns?|returned|prints?|reports?|output|fails|failed|hangs?|hung|worked|works|looks?|ssh['’]?d|my|here['’]?s|result|(?:re)?start(?:ed|ing)|\w{3,}(?:ed|ing)(?: (?:it|them|back|that))?)\b|(?:→|->|=>|⇒)|^\s*and\s*[:,]?\s*$/i;

const imperative =
  /^(?:[\w@., ]{0,20}[:,] *)?(?:(?:ok|so|then|and|just|first|also|yes|no|yeah|now|hm+|go (?:forward|ahead|back)(?: again)?)[ ,:]+)*(?:run|restart|use|check|do|kill|drain|scale|roll|delete|remove|clear|flush|bump|apply|execute|start|stop|reload|set|go|look|have a look|paste|send|show|give|it['’]?s|verify|test|revert|rollback|disable|enable|increase|make|grab|get)\b/i;

/** The stance towards a command between `before` and `after` in one sentence, both without code. */
export function judgeStance(before: string, after: string): Stance {
  const near = before.slice(-160);
  if (
    refusing.test(near) ||
    /^\s*(?:is|was|would be|looks) (?:too )?(?:dangerous|a bad idea|risky)/i.test(after)
  )
    return 'refused';
  if (answering.test(after) && !/\?\s*$/.test(after)) return 'ran';
  if (/\?\s*$/.test(after) || (asking.test(near) && !/\?/.test(near))) return 'proposed';
  if (/\?\s*$/.test(near)) return 'proposed';
  return lastSpoken(near, after);
}

/** The word that stands nearest before the command counts: "could not wait, so I ran …". */
function lastSpoken(before: string, after: string): Stance {
  const ran = lastIndex(before, telling);
  const proposed = lastIndex(before, proposing);
  const asksFor = imperative.test(before.trim()) && !setAndDone.test(`${before} it ${after}`);
  if (proposed >= 0 && proposed >= ran) return 'proposed';
  if (ran < 0) return asksFor ? 'proposed' : spokenAfter(before, after);
  return asksFor && !/\b(?:ran|i |did|done)\b/i.test(before) ? 'proposed' : 'ran';
}

/** What a command answered, right behind it: "`df -h` on web-3 gives 98 %". */
const answering =
  /^\s*(?:(?:on|from|in|at)\s+\S+\s+)?(?:gives|gave|says|said|shows|showed|returns|returned|prints|printed|answers|reports|hangs|fails|is empty|is \d)\b/i;

/** "Set" and its like have one form for the order and for the past; a past behind it tells which. */
const setAndDone = /\b(?:set|put|cut|reset|shut)\b[^.\n]*\band \w+ed\b/i;

/** What runs a command by itself, and words for what it is only compared with. */
const habitual =
  /\b(?:runs|calls|executes|does|invokes|uses|wraps|triggers|quer(?:y|ies)|cron(?:job)?s?|hooks?|script|unit|playbook|pipeline|runbook|docs?|man page|alias\w*|equivalent|same as|such as|like|called|named|means|about|e\.?g\.?|i\.?e\.?)\b[^.;\n]{0,40}$|\b(?:see|read|cf\.?)\s+$/i;

/** "`…` and go", "`…` and the same for lb2": the rest of an order. */
const ordering =
  /^\s*(?:,|;)?\s*(?:and|then) (?:then )?(?:go|retry|see|tell|report|the same|again|repeat|you|it)\b/i;

/** A whole command between backticks is written there because it was typed, unless a word says otherwise. */
function spokenAfter(before: string, after: string): Stance {
  const tail = after.slice(0, 100);
  const toldAt = tail.search(telling);
  const proposedAt = tail.search(proposing);
  if (toldAt >= 0 && (proposedAt < 0 || toldAt < proposedAt)) return 'ran';
  if (proposedAt >= 0 || ordering.test(tail)) return 'proposed';
  return habitual.test(before) ? 'named' : 'ran';
}

function lastIndex(text: string, pattern: RegExp): number {
  let last = -1;
  for (const found of text.matchAll(new RegExp(pattern, 'gi'))) last = found.index;
  return last;
}
