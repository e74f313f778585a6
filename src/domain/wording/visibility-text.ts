import type { Reply } from '../reply.ts';
import type { SolutionKind } from '../solution.ts';
import type { Audience, SavingPlace, Visibility } from '../visibility/visibility.ts';
import { notice } from './notices.ts';

/** For whom a solution is, as the end of a sentence. `here` is the channel in which it is said. */
export function audienceText({ visibility, channel, team }: Audience, here: string): string {
  const own = channel === null || channel === here ? 'this channel' : 'the channel that it came from';
  switch (visibility) {
    case 'workspace':
      return 'everybody in the workspace';
    case 'team':
      return `${own} and the channels of the team ${team}`;
    case 'channel':
      return `${own} alone`;
    default:
      return visibility satisfies never;
  }
}

export const visibilityHint =
  'channel: this channel alone. team: the channels of its team. workspace: every channel.';

/** What counts in a channel for the cases that are saved there. */
export function savingCard(place: SavingPlace, counts: Audience): Reply {
  const why = place.set === null ? (place.open ? 'the channel is open' : 'the channel may be private') : '';
  const summary = `Cases that are saved here are shown to ${audienceText(counts, place.channel)}${why && ` (the default: ${why})`}.`;
  const team =
    place.team === null ? 'This channel is of no team.' : `This channel is of the team ${place.team}.`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [summary] },
      { kind: 'note', line: [`${team} Whoever saves a case can choose otherwise.`] },
    ],
  };
}

/** A runbook that was made of a case which is for fewer now. */
interface RunbookOfCase {
  readonly slug: string;
  /** Whether it is for fewer with its case. */
  readonly followed: boolean;
  readonly audience: Audience;
}

export function audienceNotice(
  slug: string,
  audience: Audience,
  here: string,
  runbook?: RunbookOfCase,
): Reply {
  const shown = `${slug} is shown to ${audienceText(audience, here)}.`;
  return notice(runbook ? `${shown} ${runbookOfCaseSentence(runbook, here)}` : shown);
}

/** Said where a case was narrowed. */
export const runbookOfCaseSentence = ({ slug, followed, audience }: RunbookOfCase, here: string): string =>
  followed
    ? `The runbook ${slug}, which was made from this case, is for the same from now on.`
    : `The runbook ${slug}, which was made from this case, is still shown to ${audienceText(audience, here)}: an approver can change that.`;

const mayDecide = {
  case: 'whoever saved it first, or an administrator, decides',
  runbook: 'an approver decides',
} as const satisfies Record<SolutionKind, string>;

export const notYours = (kind: SolutionKind): string =>
  `Who is shown this ${kind} stays as it is: ${mayDecide[kind]}.`;

export const noTeamSentence =
  'This channel is of no team. An administrator can change that with: /recourse visibility team NAME';

/** What is wrong with a choice of a form; undefined where it can be chosen. */
export function visibilityProblem(
  given: string | undefined,
  options: readonly Visibility[],
): string | undefined {
  if (given === undefined || options.some((one) => one === given.trim().toLowerCase())) return undefined;
  return given.trim().toLowerCase() === 'team' ? noTeamSentence : `Write one of: ${options.join(', ')}.`;
}
