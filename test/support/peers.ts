import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

/** Every peer that a test can ask for. */
export const peers = [
  'postgres',
  'sshd',
  'shells',
  'chromium',
  'slack',
  'alertmanager',
  'prometheus',
] as const;

/** A real program that tests talk to; docs/testing.md says how to get each. */
export type Peer = (typeof peers)[number];

/** Comes with `npm ci` on Linux x64, and nowhere else. */
const localSlack = fileURLToPath(
  new URL('../../node_modules/local-slack-linux-x64/bin/local-slack', import.meta.url),
);

/** The login shells beside dash and bash, and sudo. */
const loginShells = ['/usr/bin/fish', '/usr/bin/busybox', '/usr/bin/sudo'];

/** Where each peer is on this machine: a URL for postgres, a path for the others. */
const locate: Readonly<Record<Peer, () => string | undefined>> = {
  postgres: () => process.env.RECOURSE_TEST_POSTGRES_URL || undefined,
  sshd: () => executable('/usr/sbin/sshd'),
  shells: () => (loginShells.every(executable) && mayMount() ? '/usr/bin' : undefined),
  chromium: () => executable(process.env.CHROME_PATH || '/usr/bin/chromium'),
  alertmanager: () => executable('/usr/bin/prometheus-alertmanager'),
  prometheus: () => executable('/usr/bin/prometheus'),
  slack: () => (mayMakeNamespaces() ? executable(localSlack) : undefined),
};

/** The peers that RECOURSE_TEST_REQUIRE names (comma-separated); throws on a name that is no peer. */
export const requiredPeers = (value: string = process.env.RECOURSE_TEST_REQUIRE ?? ''): readonly Peer[] =>
  value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      if (!isPeer(name)) {
        throw new Error(`RECOURSE_TEST_REQUIRE names '${name}'; known are ${peers.join(', ')}`);
      }
      return name;
    });

/** Where the peer is, or undefined when this machine has none. */
export const findPeer = (peer: Peer): string | undefined => locate[peer]();

/** Where the peer is; throws, naming the page that says how to get it, when this machine has none. */
export const requirePeer = (peer: Peer): string => {
  const location = findPeer(peer);
  if (location === undefined) throw new Error(`needs ${peer}, see docs/testing.md`);
  return location;
};

/**
 * A suite that needs a peer; `suite` gets the peer's location. Without the peer the suite is not run: it is
 * reported as skipped under a name that says why, or as failed when RECOURSE_TEST_REQUIRE names the peer.
 */
export const describeWithPeer = (peer: Peer, title: string, suite: (location: string) => void): void => {
  const location = findPeer(peer);
  if (location !== undefined) {
    describe(title, () => suite(location));
    return;
  }
  const required = requiredPeers().includes(peer);
  describe(required ? title : `${title} (skipped: needs ${peer}, see docs/testing.md)`, () => {
    it.skipIf(!required)(`needs ${peer}`, () => {
      requirePeer(peer);
    });
  });
};

const isPeer = (name: string): name is Peer => peers.some((peer) => peer === name);

const executable = (path: string): string | undefined => {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
};

/** The Slack server listens on every interface, so it only runs where it can be given a network of its own. */
const mayMakeNamespaces = (): boolean =>
  spawnSync('unshare', ['--user', '--map-root-user', '--net', 'perl', '-e', '1']).status === 0;

/** A server with accounts of its own has files of its own mounted over those of the machine. */
const mayMount = (): boolean =>
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
