import { describe } from 'vitest';
import type { ChatPeer, PlayedCore } from './chat/chat-peer.ts';
import { createChatScene } from './chat/chat-scene.ts';
import { createFeatureTests, type Results } from './chat/feature-tests.ts';
import type { Platform } from './chat/features.ts';
import { intentsIn } from './chat/intents-in.ts';
import { readingBack } from './chat/reading-back.ts';
import { repliesOut } from './chat/replies-out.ts';

/**
 * What every chat adapter does the same, on its real other side: the same intents in, the same replies out. `results`
 * gets what was shown, feature by feature.
 */
export function chatContract(
  platform: Platform,
  results: Results,
  open: (core: PlayedCore) => Promise<ChatPeer>,
): void {
  describe(`${platform}: a chat`, () => {
    const feature = createFeatureTests(platform, results);
    const scene = createChatScene(open);
    intentsIn(feature, scene);
    repliesOut(feature, scene);
    readingBack(feature, scene);
  });
}
