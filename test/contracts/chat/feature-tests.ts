import { describe, it, onTestFailed } from 'vitest';
import { type FeatureName, type Platform, reasonAgainst } from './features.ts';

/** What the tests of one platform showed, by feature: proved, or why it cannot. */
export type Results = Map<FeatureName, 'proved' | 'failed' | { readonly cannot: string }>;

type Test = () => Promise<void>;

/**
 * Tests of one feature. On a platform that cannot, they are not run, and the reason is the result. A feature is proved
 * when all its tests pass.
 */
export const createFeatureTests =
  (platform: Platform, results: Results) =>
  (name: FeatureName, tests: Readonly<Record<string, Test>>): void => {
    const reason = reasonAgainst(name, platform);
    if (reason !== undefined) {
      results.set(name, { cannot: reason });
      return;
    }
    describe(name, () => {
      for (const [title, test] of Object.entries(tests))
        it(title, async () => {
          onTestFailed(() => void results.set(name, 'failed'));
          await test();
          if (!results.has(name)) results.set(name, 'proved');
        });
    });
  };

export type FeatureTests = ReturnType<typeof createFeatureTests>;
