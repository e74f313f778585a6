/** The words by which messages are told apart. One word a form; matching is exact and ignores case. */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What operators write when something is wrong. */
export const troubleWords = list(`
  abort aborted aborting alert alerting alerts amiss backlog bad behind blank blocked blocking bounced broke broken
  burning burst cannot choking collision complain complaining complains conflict conflicts corrupt corrupted corruption
  crash crashed crashes crashing crashloop crashloopbackoff critical dead deadlock deadlocked defunct degraded delayed
  denied die died dies down drop dropped dropping drops dying dead duplicate eats emergency enospc errno error errored
  erroring errors evicted exceeded exception exceptions exhausted expired expires expiring fail failed failing fails
  failure failures faulty filling firing flap flapping flaps flood flooded flooding forbidden freezes frozen full gone
  hang hanging hangs high hung imagepullbackoff inaccessible incident issue issues kernel killed lag lagging lags late
  latency leak leaking leaks locked loop looping lost low misconfigured mismatch missing notready offline oom oomkilled
  outage outdated overloaded overcommitted overloads panic panicked pending problem problems readonly rebooting refused
  refusing rejected rejecting rejects restarting restarts reset saturated segfault skew slow slowly slowness spike spikes
  spiking split stale stalled starved stuck stopped suspicious terminated unable unready vanished warning restarted corruptions deprecated sick fenced throttled throttling timeout timeouts
  unavailable unbalanced unhealthy unreachable unresponsive unschedulable unstable wedged wrong zombie zombies`);

/** Words that are trouble only together: "out of memory", "can't reach", "timed out". */
export const troubleMarks =
  /\b(?:out of (?:memory|disk|space|room|sync|date|quota)|no (?:space|route|leader|route to host|longer|backup|master|primary)|no .{1,20} left|tim(?:e|ed|es|ing) out|nothing (?:respond|work|load|start|answer)s?|(?:ca|could|do|does|did|is|are|was|were|has|have|wo|would)n['’]?t|can ?not|(?:is|are|was|were|has|have|did|does|do|could|must) not|no (?:\w+ )?(?:ready|running|leading|available|elected|instances?|nodes?|pods?|replicas?)|not (?:responding|working|ready|reachable|running|starting|scheduled|synced?|available|ok|found)|over and over|again and again|keeps? \w+ing|nobody can|read[- ]only|too (?:many|much|high|low|slow|old|few)|run(?:s|ning) out|maxed out|blue ?screen\w*|(?:only|just) \d+ of \d+|never (?:finish|return|restart|start|complete)\w*|(?:dis|mis|un)(?:connected|scheduled|placed|synced))\b/iu;

/** HTTP failures and load: 5xx, 502, "at 100 %". */
export const troubleNumbers = /\b(?:5\d\ds?|[45]xx|403s?|404s?|429s?)\b|\b(?:9\d|100) ?(?:%|percent)/iu;

/** `KubePodCrashLooping`, `HostOutOfDiskSpace`: names that alerts carry. */
export const alertName =
  /\b(?:\p{Lu}[\p{Ll}\d]+|\p{Lu}{2,}){3,}\b|\b(?:\p{Lu}[\p{Ll}\d]+){2,}(?=:)|\[?FIRING/u;

/** What people talk about who do not report an incident, whatever is wrong with it. */
export const socialWords = list(`
  anniversary babysitter beer birthday bike bowling brb breakfast cake calendar chair coffee congrats
  dentist dinner doctor flu fridge haircut headphones headset holiday holidays keyboard kitchen meeting microphone
  muted offsite party pizza planning plumber printer retro sandwich school snacks sofa sprint
  standup team-lunch umbrella vacation webcam wfh`);

/** Times of a day or week; an incident may begin then, so they make small talk only of what reports nothing. */
export const socialTimes = list(`
  afternoon afk friday lunch monday mornings office saturday sunday thursday train tuesday wednesday weekend`);

export const greeting =
  /^(?:hi|hello|hey|hiya|howdy|yo|(?:good )?(?:morning|evening|afternoon|night)|welcome|cheers|gm|bye|goodbye|see (?:you|ya)|cya|ttyl)\b/iu;

/** Thanks, agreement and being on it: the whole of a short message. */
export const acknowledgement =
  /^(?:ok(?:ay)?|k|ack(?:ed|nowledged)?|thanks?|thank you|thx|ty|tyvm|cheers|great|nice|cool|perfect|awesome|lgtm|sgtm|\+1|-1|yes|yep|yeah|yup|no problem|no worries|no(?=[,.!]|$)|nope|sure|done|agreed|understood|got it|roger|will do|on it|looking|i(?:'|’)?(?:m|ll| am| will) (?:on|look|check|take|have|be|join|grab|back)\w*|sounds good|makes sense|np|lol|haha+|wow|same|sorry|my bad|oops|back|brb|afk)\b/iu;

export const resolved =
  /\b(?:resolved|fixed|solved|recovered|mitigated|false alarm|never ?mind|nvm|all (?:good|green|clear|fine)|back (?:up|to normal|online|again)|works (?:again|now|fine)|working (?:again|now)|(?:is|are|looks?|looking) (?:fine|good|ok|healthy|green)(?: (?:now|again))?|can be closed|closing this)\b/iu;

/** A change that somebody makes or made, or work on one: news, as long as nothing in it goes wrong. */
export const announcement =
  /\b(?:(?:deploy|releas|merg|publish|promot|shipp|bump|tagg)(?:ing|ed)|roll(?:ing|ed) (?:out|back)|roll(?:out|back) (?:is |was )?(?:finished|complete\w*|started)|drafted|reviewers?|(?:review|approve) (?:please|my)|release \S+ is out|(?:deploy|release|migration|upgrade|maintenance|training|demo)\w* (?:is |was |went )?(?:done|great|fine|well)|(?:please|pls) vote|(?:i|we)['’]ll (?:write|send|migrate|share|prepare|present|be)|needs? (?:a |another )?(?:second )?review|feature flag|changelog|release notes|(?:is|went|goes|going|now) live|(?:is|are) on for \d+ ?%)\b/iu;

/** What takes a "fixed" back. */
export const unresolved =
  /\b(?:not|never(?! ?mind)|still|again and again|(?:is|was|has|did|does|can)n['’]?t|unresolved|until|but)\b/iu;

/** A question about knowledge, even when it names trouble: "how do I drain a failed node". */
export const knowledgeQuestion =
  /^(?:how (?:do|can|should|to|would)|where (?:is|are|do|can)|who (?:is|are|owns|has|can)|when (?:is|are|do|will|was)|what(?:'s|’s| is| are| does)|which|is there|are there|do we|does anyone have|can (?:we|i|you|someone|anyone)|could (?:we|you|someone)|should (?:we|i)|shall we)\b/iu;
