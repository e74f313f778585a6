const done =
  /(?:^|[.,!\n]\s*)(?:(?:ok|okay|yes|yep|yeah|yup|alright|sure|right|good idea|thanks?|thx)[ ,.!:]+)*(?:done|did (?:that|it|so|this|both)|(?:i )?(?:just )?(?:ran|did|tried|executed) (?:it|that|this|them|both|your|the)|that (?:worked|did it|fixed|helped|was it|solved|brought)|(?:it |this )?worked\b|it (?:started|came back|is up|ran))/i;
const notDone =
  /\b(?:did ?n[o'’]t|have ?n[o'’]t|has ?n[o'’]t|not) (?:do|done|did|run|try|tried|yet)\b|\bdone (?:yet)?\?|\b\w{3,}ed nothing\b/i;
const no =
  /^(?:(?:ah|oh|uh|hm+|well|er|um)[ ,.]+)*(?:no+|nope|nah|hold on|wait|don['’]?t|dont|do not|not (?:yet|now|touching|going|needed|necessary)|never|negative|rather not|i['’]?d rather not|please don['’]?t|stop)\b(?!\s+(?:errors?|problem|worries))/i;
const declined =
  /\b(?:i |we )?(?:don['’]?t|do not|dont|won['’]?t|wouldn['’]?t) (?:want|dare|like|think|run|do|touch|bounce|restart)|\b(?:too (?:risky|dangerous)|not (?:needed|necessary)|no need|skip(?:ping|ped)?)\b/i;

/** Commands by the word that tells of them when they are done: `systemctl restart x`, "restarted it". */
const pastOf: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:restart|reboot)\b/i, /\b(?:restarted|rebooted|bounced)\b/i],
  [/\breload\b/i, /\breloaded\b/i],
  [/\bstart\b/i, /\bstarted (?:it|them|the)\b/i],
  [/\bstop\b/i, /\bstopped (?:it|them|the)\b/i],
  [/\b(?:undo|rollback|revert)\b/i, /\b(?:rolled (?:it )?back|reverted|undone)\b/i],
  [
    /\b(?:rm|delete|drop|unlink|prune|clean|vacuum)\b|-delete\b/i,
    /\b(?:deleted|removed|cleaned|pruned|dropped|vacuumed|cleared)\b/i,
  ],
  [/\b(?:kill|pkill|killall|terminate|pg_terminate_backend)\b/i, /\b(?:killed|terminated)\b/i],
  [/\bscale\b/i, /\bscaled\b/i],
  [/\bdrain\b/i, /\bdrained\b/i],
  [/\b(?:flush\w*|purge)\b/i, /\b(?:flushed|purged)\b/i],
  [/\bapply\b/i, /\bapplied\b/i],
  [/\b(?:enable|disable)\b/i, /\b(?:enabled|disabled)\b/i],
  [/\b(?:renew)\b/i, /\brenewed\b/i],
  [/\btruncate\b/i, /\btruncated\b/i],
];

/** Whether a reply says that its author did what was proposed. */
export function takesUp(reply: string, command: string): boolean {
  if (notDone.test(reply) || no.test(reply.trim()) || declined.test(reply)) return false;
  const words = command.replace(/\s--[\w-]+/g, ' ');
  return (
    done.test(reply) ||
    pastOf.some(([program, past]) => program.test(words) && past.test(reply)) ||
    tellsPastOf(reply, words)
  );
}

/** "Patched it with that" takes up `kubectl patch …`, whatever the verb: its regular past form opens the reply. */
function tellsPastOf(reply: string, command: string): boolean {
  const verbs = command.match(/(?<![\w./-])[a-z]{3,}(?![\w./-])/g) ?? [];
  const [, opening = ''] =
    /^(?:(?:ok(?:ay)?|yes|yep|right|done|i|we|just|so|then|and|have|['’]ve)[ ,.:]+)*([a-z]{4,}ed)\b/i.exec(
      reply,
    ) ?? [];
  return verbs.some((verb) => pastFormsOf(verb).includes(opening.toLowerCase()));
}

const pastFormsOf = (verb: string): readonly string[] => [
  `${verb}ed`,
  verb.replace(/e$/, 'ed'),
  verb.replace(/([^aeiou])y$/, '$1ied'),
  `${verb}${verb.at(-1)}ed`,
];

/** Whether a reply says that what was proposed will not be done. */
export function turnsDown(reply: string): boolean {
  return no.test(reply.trim()) || declined.test(reply);
}
