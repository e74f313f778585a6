import { tellsHealth } from './recovery.ts';
import { hedged, type Said, saidFrom } from './said.ts';

const crediting =
  /\b(?:(?:that |which |it |and |finally )?(?:fixed|solved|cured|resolved|did|cleared) (?:it|the (?:issue|problem|incident|trick))|did the trick|did it\b|(?:fixed|resolved|solved|mitigated|recovered) (?:by|with|via|after|it by)|the (?:fix|solution|remedy) (?:was|is)|(?:fix|resolution|solution|remediation)\s*:|solution was|what (?:fixed|helped|worked)|(?:that|this) (?:helped|worked)|brought (?:it|them|everything) back|as a work-?around|work-?around(?: was| is|:)|got it (?:working|back|running)|made it work)\b/i;
const verbs =
  'ran|re-?ran|restarted|bounced|rebooted|reloaded|killed|terminated|rolled(?: it| them)? back|rolled|reverted|deleted|removed|moved|skipped|cleared|cleaned|purged|flushed|added|set|reset|scaled|drained|cordoned|renewed|rotated|reissued|bumped|increased|raised|lowered|doubled|put|fixed|patched|deployed|redeployed|stopped|started|disabled|enabled|truncated|switched|pointed|repointed|failed over|promoted|replaced|swapped|unblocked|restored|recreated|reindexed|resized|extended|expanded|grew|freed|mounted|remounted|unmounted|vacuumed|rebuilt|reconnected|updated|upgraded|downgraded|changed|corrected|unlocked|released|allowed|whitelisted|applied|installed|dropped|cancelled|canceled|aborted|paused|resumed|evicted|rescheduled|reset|synced|re-?synced|turned|unset|limited|throttled|blocked|banned|did';
const acting = new RegExp(
  `^(?:(?:ok(?:ay)?|so|then|and|now|i|we|i['’]?ve|we['’]?ve|i have|we have|just|also|have|finally|alright|right|done|done:|update:|meanwhile|on \\S+|for now)[ ,:]+)*(?:${verbs})\\b`,
  'i',
);
const actingLater = new RegExp(
  `\\b(?:i|we|i['’]?ve|we['’]?ve|and|then|so i|just) (?:just |have |then |now )?(?:${verbs})\\b`,
  'i',
);
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
  if (acting.test(text)) return credit + 2;
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
