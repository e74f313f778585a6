import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/missing-peers.ts', 'test/support/ready-made-folder.ts'],
    pool: 'forks',
    // Test files hold whole databases, browsers and servers: more at a time starve each other.
    maxWorkers: 2,
    // Far above what any test takes: a time-out ends a hang, it never judges speed.
    // A loaded machine may take its time; only what never comes true fails.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
