import type { Recovery } from './recovery.ts';
import type { Said } from './said.ts';
import type { IncidentThread } from './thread.ts';
import type { ThreadOutcome } from './thread-draft.ts';

/** There was nothing wrong, or nothing that anybody had to do. */
const nothingWrong =
  /\b(?:false (?:alarm|positive|alert)|nothing (?:to do|is (?:actually )?wrong|wrong|to fix|to see|broken)|non-?(?:issue|incident|event)|not (?:an|a real) (?:incident|issue|problem|outage)|no (?:real )?(?:incident|outage|impact,? closing)|(?:my|our|the|a) (?:\w+ ){0,2}(?:load|perf(?:ormance)?|pen|chaos|stress|soak|dr|failover) ?-?test\w*|load ?test\w*|game ?day|fire ?drill|(?:that['’]?s|thats|it['’]?s|it was|that was|this is|this was) (?:just |only |probably |actually )*(?:me|us|my|our|planned|expected|intended|intentional|a (?:planned|test|drill)|scheduled|on purpose|by design)\b|planned (?:maintenance|work|change|outage|reboot|failover|migration|downtime)|scheduled maintenance|maintenance window|(?:^|[,.] ?)(?:please )?(?:ignore|disregard)(?: (?:this|it|that|me|the))?\b|never ?mind|\bnvm\b|was just (?:my|me|a)|(?:alert|monitor|check|probe|threshold|dashboard|exporter|sensor)\w* (?:itself )?(?:is|was|has been) (?:wrong|broken|misconfigured|too (?:sensitive|low|tight|aggressive)|noisy|bogus|stale|buggy|not muted|n['’]?t muted)|(?:forgot|forgotten) to (?:silence|mute)|(?:alert|it) (?:was|is)(?:n['’]?t| not) (?:muted|silenced)|works (?:fine )?as (?:designed|intended|expected)|expected behaviou?r|no (?:one|body) (?:is |was )?(?:affected|impacted)|can['’]?t reproduce|cannot reproduce|test (?:alert|page)|wrong (?:channel|cluster|environment|graph|dashboard)|user error)\b/i;
const notSo =
  /\b(?:not? (?:a |an |just )?(?:false|planned|test|drill)|isn['’]?t (?:a )?(?:false|planned|test)|n['’]?t (?:a )?(?:false|planned)|no false|thought it was|first i thought|can['’]?t ignore|not ignore|don['’]?t ignore)\b|\?\s*$/i;

/** It works by something that must not stay. */
const makeshift =
  /\b(?:work-?around|mitigat\w+|band-?aid|stop-?gap|temporar(?:y|ily)|temp fix|quick fix|partial(?:ly)?|partly|(?:ok(?:ay)?|fine|works?|working|stable|good|up|holding|mitigated|healthy|online|running|enough|alive|quiet) (?:\w+ ){0,2}for now|(?:for now|for the moment|until (?:then|tomorrow|monday|the)) (?:it|we|that|this)|buys? us|bought us|(?:real|proper|permanent|actual|long[- ]term|root) (?:fix|solution|cause)\b.{0,50}\b(?:needs?|tomorrow|pending|still|later|todo|to follow|will|has to|next|open|missing|unknown|requires|coming|tbd|after|is not|isn['’]?t)|(?:still|only) (?:\d+ of \d+|half|some of|one of)|keep(?:ing)? (?:this|it|the (?:incident|thread|ticket)) open|(?:degraded|reduced) (?:mode|capacity)|limp\w*|running on (?:one|the (?:standby|secondary|backup|spare))|leak is still|not the (?:real|root|actual) fix)\b/i;
const finalWord =
  /\b(?:(?:real|proper|permanent|actual|final) fix (?:is |has been |was )?(?:in|deployed|done|live|merged|out|shipped|rolled)|fully (?:resolved|fixed|recovered)|(?:workaround|temp\w* \w+|hotfix) (?:is |was |has been )?(?:removed|reverted|gone|replaced|no longer))\b/i;

const gaveUp =
  /\b(?:hand(?:ing|ed)?[ -]?(?:it |this |that )?over\b|handover|hand-?off|escalat\w+|out of ideas|giv(?:e|ing) up|gave up|no (?:luck|idea what else|solution)|(?:ca|could)(?:n['’]?t| ?not) (?:fix|solve|resolve|get it|repair|recover)|unresolved|not (?:fixed|resolved|solved)|still (?:down|broken|failing|losing|open|not|happening|stuck|slow|no)|nothing (?:helps|helped|works|worked)|wait(?:ing)? (?:for|on) (?:the )?(?:vendor|support|provider|carrier|upstream)|call(?:ing|ed) it a night|pick(?:ing)? (?:it|this) up (?:again )?(?:tomorrow|in the morning|monday)|data (?:is|are) (?:lost|gone)|unrecoverable)\b/i;

export interface Judged {
  readonly outcome: ThreadOutcome;
  /** Where somebody said that nothing was wrong. */
  readonly dismissedBy: Said | null;
}

/** How the thread ended, from what people said last; `changedAt` are the messages that tell of changes. */
export function judgeOutcome(
  thread: IncidentThread,
  said: readonly Said[],
  recovery: Recovery | null,
  changedAt: readonly number[],
): Judged {
  const dismissedBy = said.findLast(({ text }) => nothingWrong.test(text) && !notSo.test(text)) ?? null;
  const fixedIt = recovery !== null && changedAt.some((at) => at <= recovery.at);
  if (dismissedBy && !fixedIt && changedAt.every((at) => at < dismissedBy.at))
    return { outcome: 'abandoned', dismissedBy };
  return { outcome: outcomeOf(thread, said, recovery, changedAt), dismissedBy: null };
}

function outcomeOf(
  { resolvedAt }: IncidentThread,
  said: readonly Said[],
  recovery: Recovery | null,
  changedAt: readonly number[],
): ThreadOutcome {
  if (recovery)
    return isMakeshift(said, changedAt.findLast((at) => at <= recovery.at) ?? recovery.at)
      ? 'partial'
      : 'resolved';
  if (said.some(({ text }) => gaveUp.test(text) && !/\?\s*$/.test(text))) return 'failed';
  if (resolvedAt !== null) return isMakeshift(said, 0) ? 'partial' : 'resolved';
  return changedAt.length > 0 ? 'failed' : 'abandoned';
}

/** From the last change on: an earlier makeshift was replaced by it. */
function isMakeshift(said: readonly Said[], from: number): boolean {
  const after = said.filter(({ at }) => at >= from);
  const last = after.findLast(({ text }) => makeshift.test(text) && !/\?\s*$/.test(text));
  return last !== undefined && !after.some(({ at, text }) => at >= last.at && finalWord.test(text));
}
