import { classifyStep } from '#domain/risk/classify-step.ts';
import { readOnly, type Verdict, worstVerdict } from '#domain/risk/risk.ts';
import type { Found } from './find-targets.ts';

type Parse = Parameters<typeof classifyStep>[2];

/** The names of hosts may make the commands of one step differ; the one that harms most speaks for it. */
export function judgeWorst({ command, given, fanOut }: Found, parse: Parse): Verdict {
  const others = (fanOut?.targets ?? []).map((target) => target.command);
  const verdicts = [...new Set([command, ...others])].map((one) => classifyStep(one, given, parse));
  return worstVerdict(verdicts, readOnly('nothing'));
}
