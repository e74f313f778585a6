import { findPeer, peers, requiredPeers } from '#test/support/peers.ts';

/** Before any test: a typing error in RECOURSE_TEST_REQUIRE must not quietly require nothing. */
export const setup = (): void => {
  requiredPeers();
};

/** After all tests: vitest counts the skipped but does not name them, so the reason is said here. */
export const teardown = (): void => {
  const missing = peers.filter((peer) => findPeer(peer) === undefined);
  if (missing.length > 0) console.log(`\n Not run: what needs ${missing.join(' or ')}, see docs/testing.md`);
};
