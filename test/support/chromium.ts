import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { requirePeer } from '#test/support/peers.ts';

export type TestChromium = {
  readonly browser: Browser;
  /** A page in a context of its own: no cookies or storage shared with another page. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Ends the browser and every page of it, and removes its profile. */
  readonly close: () => Promise<void>;
};

// Without these Chromium calls its maker's servers at every start, many at a time; root has no sandbox.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the installed Chromium headless on a fresh, temporary profile. */
export const launchChromium = async (): Promise<TestChromium> => {
  const browser = await chromium.launch({
    executablePath: requirePeer('chromium'),
    headless: true,
    args: flags,
  });
  return {
    browser,
    newPage: async (options) => (await browser.newContext(options)).newPage(),
    close: () => browser.close(),
  };
};
