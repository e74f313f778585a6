import { tellsRecovery } from '../hearing/tells-recovery.ts';
import { tellsTrouble } from '../message/tells-trouble.ts';
import { type Said, saidFrom, sentencesOf } from './said.ts';
import type { ThreadMessage } from './thread.ts';

/** Where the thread says that it works again for good. */
export interface Recovery {
  /** Index of the message that says so first, after the last relapse. */
  readonly at: number;
  /** The sentences of people that say so from there on. */
  readonly sentences: readonly Said[];
}

/** What says so at any time. */
const positive =
  /\b(?:(?<!(?:rolled|roll|rolling|switched|set|put|reverted|went|go|going|moved|changed|fell|falls|fall) )back (?:to normal|up|online|in business|at (?:9\d|100|normal)|to (?:life|green|baseline|usual|\d))|(?:is|are|['’]s|we['’]?re) back\b|works?(?: for (?:me|us))?(?: (?:again|now|for (?:me|us)))|(?:work|load|respond|resolv|serv|send|sync|process|run|log|build|fill|flow|deliver|answer|connect|com|go|succeed|pass|upload|drain)(?:s|es|ing|ed|e|ting)?(?: (?:in|through|up|out))? (?:again|normally|through again)|recovered|resolved|(?:is|are|all|now|been|got|it['’]?s|we['’]?re) fixed|^fixed\b|all (?:good|green|clear|fine|healthy)|(?:errors?|alerts?|timeouts?|5\d\ds?|4\d\ds?|restarts|crash\w*) (?:have |has |are |is |all )?(?:stopped|gone|cleared|disappeared)|(?:is|are|now|shows?|went|goes?|nodes?) (?:all )?(?:Ready|Running|up|reachable|available|current|online|mounted|caught up)\b|caught up|(?:lag|queue|backlog)\b.{0,30}\b(?:0|zero|empty|drained|gone)|(?:down|dropped|(?<!(?:rolled|roll|rolling|switched|set|put|reverted|went|go|going|moved|changed|fell|falls|fall) )back(?: down)?|fell) (?:to|at|below|under) \S*\d|(?:is|are) (?:down|steady|stable) (?:at|again|to)|steady at|(?:zero|0) (?:\w+ )?(?:errors?|alerts?|failures?|timeouts?|drops?|restarts?|retries)|no (?:\w+ ){1,2}(?:for|since|in) (?:the )?(?:last |past )?(?:\d+|an?|some|few) ?(?:m|min\w*|h|hours?)\b|(?:loss|lag|errors?|error rate|backlog|queue) (?:is|are|at) (?:at )?(?:0|zero)\b|(?:connected|stable|up|running|quiet|green|clean) (?:since|for) (?:the last )?\d+|(?:finished|completed|ended) (?:with success|successfully)|(?:gets?|returns?|answers?|gives?) (?:an? )?(?:http )?2\d\d\b(?!\.\d)|call(?:ed|ing)? (?:it|this) (?:fixed|done|solved|good)|(?:is|are|now) (?:synced|healthy|connected|in sync)|closing|can be closed|mitigated|sorted|solved|healthy again|that (?:did it|fixed it|worked|did the trick|helped|solved it)|did the trick|no (?:more|new|further) (?:\w+ )?(?:errors?|alerts?|restarts?|failures?|timeouts?|5\d\ds?|complaints?)|p9\d (?:is )?(?:\w+ )?(?:at |back )?\d+ ?ms|backup (?:has )?(?:finished|completed)|(?:job|import|sync|restore|login|logins|deploy|build|pipeline|run|test|checkout|upload|apply|request|payment|order|mail|rollout)s? (?:has |have |is |are )?(?:finished|completed|succeeded|passed|works?|work|passes|went through|green|ok)\b|normal(?:ised|ized)? (?:again|now)|again (?:and )?(?:working|fine)|(?:is|are) filling again|(?:site|page|service|it|app|api|cluster|intranet|everything|db|database)(?:['’]s| is) (?:back|up)(?= again| now|[.!,]|$)|looks? (?:good|fine|healthy|ok|stable) (?:now|again|so far|from (?:here|my side))|good (?:now|again)|we['’]?re good)/i;

/** What says so once something was done; before, it only tells what is not affected. */
const mild =
  /\b(?:(?:is|are|all|looks?|looking|went|back to|turned|cluster|everything|now|been) (?:\w+ ){0,2}(?:green|healthy|normal|good|stable|steady|fine|clean|ok|okay)\b|(?:is|are|it) work(?:s|ing)\b|\w+ fine\b|\w+ ok(?:ay)?\W*$|(?:is|are) there\b|all (?:\w+ )?up\b|confirm(?:ed|ing)?\b|verified|(?:site|page|service|app|api|cluster|intranet|everything) (?:back|up)\b|works\W*$|(?:is|are) (?:up|back|alive|serving)\b|(?:is|are|now) (?:Ready|Running)\b|ok now|green\W*$)/i;

const denied =
  /\?\s*$|\b(?:not|never|isn['’]?t|aren['’]?t|doesn['’]?t|does ?nt|didn['’]?t|didnt|don['’]?t|dont|won['’]?t|can['’]?t|cant|cannot|wasn['’]?t|still (?!\w+ing fine|fine|good|ok|green|stable|healthy)|only (?:one|two|half|some|\d+)|un(?:resolved|confirmed)|until|once (?:it|that|we)|when (?:it|that)|should (?:be|work|help|recover)|hope\w*|would be|will be|let me know|if (?:it|that|this)|nearly|almost|supposed|wait(?:ing)? (?:for|until)|before (?:it|we)|check if|whether|no longer works?)\b/i;

const relapsing =
  /\b(?:spoke too soon|(?:it['’]?s|its|is|are|went|all|now) (?:dead|gone|stuck|hanging|broken|slow|red) again|(?:happen|fail|fir|flapp|crash|break|tim|climb|hang|alert|dropp?)(?:ing|ed|s) (?:out )?again|(?:came|coming|comes|crept|creeping) back(?! (?:up|online|green|healthy|ok|fine|clean))|(?:problem|errors?|lag|issue|symptoms?|5\d\ds|4\d\ds|timeouts?|alerts?|latency)(?: (?:is|are)|['’]s)? back(?! to (?:normal|zero|baseline|green|\d))|not (?:fixed|resolved|gone|better|over)|(?:still|again) (?:broken|down|failing|stuck|slow|dead|losing|timing|dropping|crashing|throwing|seeing|getting|red|firing|no luck|the same|happening|flapping|erroring|full|unreachable)|(?:did|does)(?: not|n['’]?t) (?:help|work|fix|change|last|hold|do it)|no (?:change|effect|luck|difference|improvement|dice|joy)|made (?:it|things) worse|worse now|same (?:error|problem|issue|thing|result)|started again|down again|back to (?:square|broken)|reopen\w*)\b|\bback at \d{3}s/i;

/** What is asked, or is to be kept from happening. */
const excusing =
  /\?\s*$|\b(?:can['’]?t|cannot|wo n?['’]?t|never|prevent|avoid|so (?:that )?(?:it|this)|in case|if) /i;

/** "Mails are arriving again", with whatever verb. */
const goesOn = /\b(?:is|are|['’]re|keeps?) (?:now )?\w+ing(?: \w+)? again\b/i;

/** "It's back" means health after silence, and a relapse once all was well. */
const isBack =
  /\b(?:it|that|this|he|she)(?:['’]?s| is) back\b(?! (?:up|online|to (?:normal|life|green)|in))/i;
const sighing = /^\W*(?:a+nd|ugh|argh|hm+|oh no|damn|nope|sigh|uh oh|crap)\b|:\(|😞|😩/iu;

/** The state after the last word about it; null where nobody ever said that it works again, or it broke again. */
export function findRecovery(
  messages: readonly ThreadMessage[],
  said: readonly Said[],
  changedFrom: number,
): Recovery | null {
  let since: { at: number; sentences: Said[] } | null = null;
  for (const [at, message] of messages.entries()) {
    const own = saidFrom(said, at, 1);
    const told = tellOf(message, own, { wasWell: since !== null, isChanged: at >= changedFrom });
    if (told.turn === 'relapse') since = null;
    if (told.turn !== 'recovery' && !(told.turn === 'nothing' && at >= changedFrom && isTicked(message)))
      continue;
    since ??= { at, sentences: [] };
    since.sentences.push(...told.sentences);
  }
  return since;
}

const ticks = new Set(['✅', '✔', '☑', 'white_check_mark', 'heavy_check_mark', 'ballot_box_with_check']);

/** Somebody else ticked off what a person did; on a question or an alert a tick says only that it was seen. */
const isTicked = ({ author, isBot, text, reactions }: ThreadMessage): boolean =>
  !isBot &&
  !/\?\s*$/.test(text) &&
  reactions.some(
    ({ emoji, users }) =>
      ticks.has(emoji.replace(/^:|:$|\uFE0F/g, '')) && users.some((user) => user !== author),
  );

interface Told {
  readonly turn: 'recovery' | 'relapse' | 'nothing';
  readonly sentences: readonly Said[];
}

interface Before {
  readonly wasWell: boolean;
  readonly isChanged: boolean;
}

function tellOf(message: ThreadMessage, said: readonly Said[], before: Before): Told {
  if (message.isBot) return { turn: turnOfBot(message.text, before.wasWell), sentences: [] };
  const turns = said.map((one) => turnOf(one.text, before));
  const last = turns.findLast((turn) => turn !== 'nothing') ?? 'nothing';
  return { turn: last, sentences: said.filter((_, index) => turns[index] === 'recovery') };
}

function turnOf(sentence: string, { wasWell, isChanged }: Before): Told['turn'] {
  if (isBack.test(sentence) && (wasWell || sighing.test(sentence))) return 'relapse';
  if (relapsing.test(sentence) && !excusing.test(sentence)) return 'relapse';
  return tellsHealth(sentence, isChanged) ? 'recovery' : 'nothing';
}

/** Whether a sentence states that it works, and does not only hope so. */
export const tellsHealth = (sentence: string, isChanged: boolean): boolean =>
  clausesOf(sentence).some(
    (clause) =>
      (positive.test(clause) ||
        (goesOn.test(clause) && !tellsTrouble(clause)) ||
        (isChanged && mild.test(clause))) &&
      !denied.test(clause),
  );

/** "It was not the firewall, all good now": what a clause denies is not denied of the next. */
const clausesOf = (sentence: string): readonly string[] =>
  /\?\s*$/.test(sentence) ? [sentence] : sentence.split(/[,;:]\s+|\s+(?:and|but|so|—|–|-)\s+/);

/** Alerts say their state first, or within brackets: `[RESOLVED]`, "OK: disk". */
function turnOfBot(text: string, wasWell: boolean): Told['turn'] {
  const [first = ''] = sentencesOf(text);
  const head = `${text.slice(0, 40)} ${first}`;
  if (
    tellsRecovery(text) ||
    /\[(?:resolved|recovered|ok)\]|\bresolved:|^\W*(?:up|ok|recovery|recovered)\s*[:!-]/i.test(head)
  )
    return 'recovery';
  const fires = /\[?(?:firing|triggered|alerting|problem)\b/i.test(head);
  return fires && wasWell ? 'relapse' : 'nothing';
}
