import type { FailureCause } from './failure.ts';

/** What the output of a failed step says of why it failed. */
export interface FailureRule {
  readonly cause: Exclude<FailureCause, 'human-stop' | 'flaky'>;
  /** Exit codes that say so alone, whatever was written. */
  readonly exitCodes?: readonly number[];
  /** Of these one has to stand in what was written to the error stream, or in the last lines where it is empty. */
  readonly says?: RegExp;
  readonly why: string;
}

/**
 * The first that fits counts, so what is surest comes first. All patterns are without nesting: they take time that grows
 * with the text alone.
 */
export const failureRules: readonly FailureRule[] = [
  {
    cause: 'permission',
    says: /permission denied|operation not permitted|access (?:is )?denied|a password is required|a terminal is required to|not in the sudoers|is not allowed to execute|must be (?:run as )?root|are you root|interactive authentication required|authentication is required|\bforbidden\b|unauthorized|insufficient privileges?/i,
    why: 'the login may not do this',
  },
  { cause: 'permission', exitCodes: [126], why: 'the program may not be executed' },
  {
    cause: 'environment',
    says: /no space left on device|disk quota exceeded|read-only file system|cannot allocate memory|out of memory|resource temporarily unavailable|too many open files|temporary failure in name resolution|could not resolve host|name or service not known|no route to host|network is unreachable|connection (?:refused|reset|timed out)|input\/output error|failed to connect to bus|could not get lock/i,
    why: 'the host or its network was not in a state to do this',
  },
  { cause: 'environment', exitCodes: [127], why: 'the program is not on this host' },
  {
    cause: 'environment',
    exitCodes: [137],
    why: 'it was killed from outside, as the kernel does without memory',
  },
  {
    cause: 'wrong-target',
    says: /\bnot found\b|could not be found|not loaded|no such (?:file or directory|container|process|service|device|image|table|host)|does not exist|doesn't exist|unknown (?:database|host|service|unit|table)|cannot find|is not recognized/i,
    why: 'what it was for is not there',
  },
];
