/**
 * Arrows point inward: domain ← ports ← application ← commands; adapters know the core and their own SDK; only the
 * composition root (main, compose, cli, composition/) sees several adapters.
 */
const root = '^src/(main|compose|cli|shards)[.]ts$|^src/composition/';

/** Which adapter folders may load an SDK; everybody else may not. */
const sdks = {
  ssh2: 'ssh',
  '@electric-sql/pglite': 'postgres',
  '@electric-sql/pglite-pgvector': 'postgres',
  'drizzle-orm': 'postgres',
  postgres: 'postgres',
  'pg-boss': 'postgres|queue',
  openai: 'openai',
  hono: 'alerts|http|playground|slack',
  '@hono/node-server': 'http',
  pino: 'system',
  'prom-client': 'metrics',
  '@resvg/resvg-js': 'resvg',
  'node-cron': 'cron|config',
  zod: 'alerts|config|discord|inventory|policy|markdown|playground|prompts|rerank|slack|tickets|yaml-file',
  'web-tree-sitter': 'shell-syntax',
  'tree-sitter-bash': 'shell-syntax',
  diff: 'diff',
  'mdast-util-from-markdown': 'markdown',
  'mdast-util-frontmatter': 'markdown',
  'micromark-extension-frontmatter': 'markdown',
  '@slack/bolt': 'slack',
  '@slack/types': 'slack',
  '@slack/web-api': 'slack',
  'lru-cache': 'slack|discord',
  'discord.js': 'discord',
  uuid: 'system',
  'htmx.org': 'playground',
};

const npm = (name) => `(^|/)node_modules/${name.replace('.', '[.]')}/`;

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-imports-itself',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/|^(node:)?crypto$' },
    },
    {
      name: 'ports-import-domain',
      severity: 'error',
      from: { path: '^src/ports/' },
      to: { pathNot: '^src/(domain|ports)/' },
    },
    {
      name: 'application-imports-core',
      severity: 'error',
      from: { path: '^src/application/' },
      to: { pathNot: '^src/(domain|ports|application)/|^(node:)?timers/promises$' },
    },
    {
      name: 'commands-import-core',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: '^adapters/|^src/composition/' },
    },
    {
      name: 'adapters-import-core-and-themselves',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: { path: '^(adapters|src)/', pathNot: '^adapters/($1|yaml-file)/|^src/(domain|ports)/' },
    },
    {
      name: 'only-the-root-sees-adapters',
      severity: 'error',
      from: { path: '^src/', pathNot: root },
      to: { path: '^adapters/' },
    },
    ...Object.entries(sdks).map(([sdk, folders]) => ({
      name: `${sdk}-stays-in-${folders.replace('|', '-and-')}`,
      severity: 'error',
      from: { path: '^(src|adapters)/', pathNot: `^adapters/(${folders})/` },
      to: { path: npm(sdk) },
    })),
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^mdast$' },
    },
    { name: 'no-dev-dependencies', severity: 'error', from: {}, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
