import { abandonedWeights } from './fitted/abandoned-weights.ts';
import { actImpressionWeights } from './fitted/act-impression-weights.ts';
import { actRoleWeights } from './fitted/act-role-weights.ts';
import { askImpressionWeights } from './fitted/ask-impression-weights.ts';
import { askRoleWeights } from './fitted/ask-role-weights.ts';
import { causeImpressionWeights } from './fitted/cause-impression-weights.ts';
import { causeRoleWeights } from './fitted/cause-role-weights.ts';
import { causeWeights } from './fitted/cause-weights.ts';
import { chatImpressionWeights } from './fitted/chat-impression-weights.ts';
import { chatRoleWeights } from './fitted/chat-role-weights.ts';
import { confirmationWeights } from './fitted/confirmation-weights.ts';
import { dismissImpressionWeights } from './fitted/dismiss-impression-weights.ts';
import { dismissRoleWeights } from './fitted/dismiss-role-weights.ts';
import { failedWeights } from './fitted/failed-weights.ts';
import { fixWeights } from './fitted/fix-weights.ts';
import { giveupImpressionWeights } from './fitted/giveup-impression-weights.ts';
import { giveupRoleWeights } from './fitted/giveup-role-weights.ts';
import { guessImpressionWeights } from './fitted/guess-impression-weights.ts';
import { guessRoleWeights } from './fitted/guess-role-weights.ts';
import { lookImpressionWeights } from './fitted/look-impression-weights.ts';
import { lookRoleWeights } from './fitted/look-role-weights.ts';
import { makeshiftImpressionWeights } from './fitted/makeshift-impression-weights.ts';
import { makeshiftRoleWeights } from './fitted/makeshift-role-weights.ts';
import { noeffectImpressionWeights } from './fitted/noeffect-impression-weights.ts';
import { noeffectRoleWeights } from './fitted/noeffect-role-weights.ts';
import { partialWeights } from './fitted/partial-weights.ts';
import { proposeImpressionWeights } from './fitted/propose-impression-weights.ts';
import { proposeRoleWeights } from './fitted/propose-role-weights.ts';
import { resolvedWeights } from './fitted/resolved-weights.ts';
import { troubleImpressionWeights } from './fitted/trouble-impression-weights.ts';
import { troubleRoleWeights } from './fitted/trouble-role-weights.ts';
import { wellImpressionWeights } from './fitted/well-impression-weights.ts';
import { wellRoleWeights } from './fitted/well-role-weights.ts';
import type { StoryWeights } from './tell-story.ts';

/** What was fitted by bench/fit-capture.ts. */
export const fittedStory: StoryWeights = {
  judging: {
    impressions: {
      trouble: troubleImpressionWeights,
      look: lookImpressionWeights,
      ask: askImpressionWeights,
      guess: guessImpressionWeights,
      cause: causeImpressionWeights,
      propose: proposeImpressionWeights,
      act: actImpressionWeights,
      noeffect: noeffectImpressionWeights,
      well: wellImpressionWeights,
      makeshift: makeshiftImpressionWeights,
      giveup: giveupImpressionWeights,
      dismiss: dismissImpressionWeights,
      chat: chatImpressionWeights,
    },
    roles: {
      trouble: troubleRoleWeights,
      look: lookRoleWeights,
      ask: askRoleWeights,
      guess: guessRoleWeights,
      cause: causeRoleWeights,
      propose: proposeRoleWeights,
      act: actRoleWeights,
      noeffect: noeffectRoleWeights,
      well: wellRoleWeights,
      makeshift: makeshiftRoleWeights,
      giveup: giveupRoleWeights,
      dismiss: dismissRoleWeights,
      chat: chatRoleWeights,
    },
  },
  cause: causeWeights,
  fix: fixWeights,
  confirmation: confirmationWeights,
  outcomes: {
    resolved: resolvedWeights,
    partial: partialWeights,
    failed: failedWeights,
    abandoned: abandonedWeights,
  },
};
