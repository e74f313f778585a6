import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Makes what is imported after this cheap. docs/benchmarks.md has the figures.
 *
 * The compile cache keeps the stripped TypeScript and its bytecode. It lies beside the code, because whoever may
 * write it may run code here, and the system's folder for temporary files is everybody's. A folder that cannot be
 * written only means no cache.
 */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/recourse', import.meta.url)));

/**
 * Node reads the package.json that governs a module once for every module it loads, and that of drizzle-orm lists
 * 180 kB of exports. Its files find each other by relative paths, which need no look into it.
 */
const crowded = '/node_modules/drizzle-orm/';

registerHooks({
  resolve: (specifier, context, next) => {
    if (!specifier.startsWith('.') || !context.parentURL?.includes(crowded)) return next(specifier, context);
    const format = context.parentURL.endsWith('.cjs') ? 'commonjs' : 'module';
    return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true };
  },
});
