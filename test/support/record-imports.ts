import { registerHooks } from 'node:module';
import process from 'node:process';

/**
 * Preloaded into a child (`node --import`): prints the npm packages whose code was loaded, and the folders of the domain, once the
 * child ends.
 */
const packages = new Set<string>();
const folders = new Set<string>();

registerHooks({
  load: (url, context, next) => {
    const inside = url.split('/node_modules/').at(-1) ?? '';
    const name = /^(@[^/]+\/[^/]+|[^/]+)/.exec(inside)?.[1];
    if (url.includes('/node_modules/') && name) packages.add(name);
    const folder = /\/src\/domain\/([^/]+)\//.exec(url)?.[1];
    if (folder) folders.add(folder);
    return next(url, context);
  },
});

process.on('exit', () =>
  process.stdout.write(
    `\nloaded packages: ${JSON.stringify([...packages].sort())}\nloaded folders: ${JSON.stringify([...folders].sort())}\n`,
  ),
);
