import { tellsHealth } from './recovery.ts';
import { hedged, type Said, saidFrom } from './said.ts';

const crediting =
  /\b(?:(?:that |which |it |and |finally )?(?:fixed|solved|cured|resolved|did|cleared) (?:it|the (?:issue|problem|incident|trick))|did the trick|did it\b|(?:fixed|resolved|solved|mitigated|recovered) (?:by|with|via|after|it by)|the (?:fix|solution|remedy) (?:was|is)|(?:fix|resolution|solution|remediation)\s*:|solution was|what (?:fixed|helped|worked)|(?:that|this) (?:helped|worked)|brought (?:it|them|everything) back|as a work-?around|work-?around(?: was| is|:)|got it (?:working|back|running)|made it work)\b/i;
const verbs =
  'ran|re-?ran|restarted|bounced|rebooted|reloaded|killed|terminated|rolled(?: it| them)? back|rolled|reverted|deleted|removed|moved|skipped|cleared|cleaned|purged|flushed|added|set|reset|scaled|drained|cordoned|renewed|rotated|reissued|bumped|increased|raised|lowered|doubled|put|fixed|patched|deployed|redeployed|stopped|started|disabled|enabled|truncated|switched|pointed|repointed|failed over|promoted|replaced|swapped|unblocked|restored|recreated|reindexed|resized|extended|expanded|grew|freed|mounted|remounted|unmounted|vacuumed|rebuilt|reconnected|updated|upgraded|downgraded|changed|corrected|unlocked|released|allowed|whitelisted|applied|installed|dropped|cancelled|canceled|aborted|paused|resumed|evicted|rescheduled|reset|synced|re-?synced|turned|unset|limited|throttled|blocked|banned|pruned|detached|attached|issued|shut|deallocated|reverted|reinstalled|re-?pushed|pushed|merged|reconfigured|reassigned|moved|closed|opened|excluded|included|bypassed|redirected|rerouted|re-?enabled|adjusted|tuned|cut|wiped|emptied|freed|resubmitted|requeued|drained|did';
const acting = new RegExp(
  `^(?:(?:ok(?:ay)?|so|then|and|now|i|we|i['’]?ve|we['’]?ve|i have|we have|just|also|have|finally|alright|right|done|done:|update:|meanwhile|on \\S+|for now)[ ,:]+)*(?:${verbs})\\b`,
  'i',
);
const actingLater = new RegExp(
  `\\b(?:i|we|i['’]?ve|we['’]?ve|and|then|so i|just) (?:just |have |then |now )?(?:${verbs})\\b`,
  'i',
);
/** "Compacted and defragmented the database": any change to a thing; what only looks, asks or tells changes nothing. */
const changing =
  /^(?:(?:ok(?:ay)?|so|then|and|now|i|we|i['’]?ve|we['’]?ve|i have|we have|just|also|finally|done)[ ,:]+)*(?!(?:check|look|confirm|notic|observ|test|verifi|ask|call|tri|happen|crash|fail|need|seem|reproduc|acknowledg|ping|pag|notifi|report|search|compar|watch|caus|join|follow|want|us|escalat|open|investigat|inspect|monitor|review|guess|expect|miss|turn|receiv|reach|wait|hop|talk|mention|post|list|log|creat|found)(?:p|g|t|n)?ed\b)[a-z-]{2,20}ed (?:(?:and|\+|&) [a-z-]{2,20}ed )?(?:the|a|an|all|both|it|its|them|our|my|new|old|\w*[\d_-]\w*)\b/i;
/** "Rule added in the console", "all 12 restarted": what was done to a thing, by whoever says so. */
const actedOn =
  /^(?:(?:the|all|our|both|\d+|new|old) ){0,3}[\w.-]{2,40}(?: [\w.-]{2,30}){0,2} (?:(?:has been|have been|was|were|is|are) )?(?:now )?(?:added|pulled|plugged in|unplugged|re-?enabled|unlocked|changed|moved|swapped|updated|upgraded|fixed|patched|re-?run|restarted|reverted|rolled back|removed|deleted|deallocated|replaced|raised|lowered|renewed|rotated|merged|deployed|killed|disabled|enabled|scaled|extended|restored|purged|flushed|cleared|unblocked|reloaded)(?=$|[.,;!]| (?:in|on|from|to|via|with|by|now)\b)/i;
const ongoing =
  /^(?:(?:ok|so|then|and|now|i['’]?m|we['’]?re|just)[ ,:]+)*(?:restarting|rolling back|reverting|killing|deleting|removing|scaling|draining|clearing|renewing|failing over|increasing|bumping|running|applying|deploying)\b/i;
const planning =
  /\b(?:will|['’]ll|tomorrow|next week|next time|ticket|todo|follow[- ]?up|should|let['’]?s|going to|gonna|would|could|can we|so (?:it|this|that) (?:can['’]?t|cant|won['’]?t|does ?n[o'’]?t) happen)\b/i;
const fruitless =
  /\b(?:did ?n[o'’]?t (?:help|work|fix|change|do)|no (?:change|effect|luck|difference|improvement|dice)|made (?:it|things) worse|worse|still (?:stuck|broken|down|failing|the same|slow|happening|losing|seeing|getting|no)|same (?:error|problem|result|thing)|not (?:it|helping|fixed)|it['’]?s back|is back, |back at \d{3}s|n[o'’]?t (?:even )?start|put it back|spoke too soon)\b/i;

export interface FixContext {
  /** Where it works again. */
  readonly recoveredAt: number;
  /** Messages that tell of a change that was made. */
  readonly changedAt: readonly number[];
  /** Messages that proposed what was then done. */
  readonly proposedAt: readonly number[];
}

/** The sentence that tells what fixed it; null where nobody did anything. */
export function findFix(said: readonly Said[], context: FixContext): Said | null {
  const scored = said.map((one) => ({ one, score: scoreOf(said, one, context) }));
  const best = scored.reduce<(typeof scored)[number] | null>(
    (top, next) => (top === null || next.score >= top.score ? next : top),
    null,
  );
  return best && best.score >= 2 ? best.one : null;
}

function scoreOf(
  said: readonly Said[],
  one: Said,
  { recoveredAt, changedAt, proposedAt }: FixContext,
): number {
  const { text, at } = one;
  const isProposal = proposedAt.includes(at);
  const isTold = changedAt.includes(at);
  const score = actionScore(text) + (isTold ? 1.5 : 0) + (isProposal ? 3 : 0);
  if (score <= 0 || !/\s/.test(text)) return 0;
  // The last thing that was done before it worked again is what fixed it.
  const order = at <= recoveredAt ? 1 + at / (recoveredAt + 1) : lateScore(text, isTold);
  return (
    score + order - (isProposal ? 0 : doubt(text)) - (fruitless.test(text) || isFruitless(said, one) ? 5 : 0)
  );
}

const lateScore = (text: string, isTold: boolean): number => (crediting.test(text) ? 0 : isTold ? -1 : -2);
const doubt = (text: string): number =>
  (planning.test(text) && !crediting.test(text)) || hedged.test(text) ? 4 : 0;

function actionScore(text: string): number {
  const credit = crediting.test(text) && text.split(/\s+/).length >= 4 ? 3.5 : crediting.test(text) ? 0.5 : 0;
  if (acting.test(text) || changing.test(text)) return credit + 2;
  if (actedOn.test(text) && !hedged.test(text)) return credit + 1.5;
  if (actingLater.test(text)) return credit + 1.5;
  return credit + (ongoing.test(text) ? 1 : 0);
}

/** Whether what came next took the effect back, before anybody said that it works. */
function isFruitless(said: readonly Said[], one: Said): boolean {
  const after = saidFrom(said, one.at + 1, 4);
  const undone = after.find(({ text }) => fruitless.test(text));
  const worked = after.find(({ text }) => tellsHealth(text, true));
  const redone = after.find(({ text }) => acting.test(text));
  const before = (first?: Said, second?: Said) =>
    first !== undefined && (second === undefined || first.at <= second.at);
  if (undone && /\b(?:it['’]?s back|spoke too soon|is back)\b/i.test(undone.text))
    return before(undone, redone);
  return before(undone, worked) && before(undone, redone);
}

/** Whether somebody tells of a change that they made, with or without a command. */
export const tellsAction = (text: string): boolean =>
  (acting.test(text) || changing.test(text) || actingLater.test(text) || actedOn.test(text)) &&
  !planning.test(text) &&
  !hedged.test(text);
