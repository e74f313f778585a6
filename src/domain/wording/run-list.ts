import type { Reply } from '../reply.ts';
import { type ListedRun, runLine, section } from './overview-lines.ts';

/** The latest runs with their state, who started them, when and where. */
export function runList(runs: readonly ListedRun[], now: number): Reply {
  return {
    summary: runs.length === 0 ? 'Nothing was run yet.' : `The latest ${runs.length} runs`,
    tone: 'plain',
    blocks: section(
      'Latest runs',
      runs.map((run) => runLine(run, now)),
      'Nothing was run yet.',
    ),
  };
}
