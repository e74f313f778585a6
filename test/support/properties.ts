import fc from 'fast-check';

/**
 * fast-check with the same examples at every run: what CI says depends on the change alone, and a failure is there again
 * at the next run. `npm run test:properties` looks at new ones, ten times as many where a test does not say how many; the
 * seed of a failure is printed, and RECOURSE_TEST_SEED plays it again.
 */
const given = process.env.RECOURSE_TEST_SEED ?? '20261125';
const isFresh = given === 'fresh';
fc.configureGlobal({
  seed: isFresh ? Date.now() | 0 : Number(given),
  ...(isFresh && { numRuns: 1000 }),
});

export { fc };
