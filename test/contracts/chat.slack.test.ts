import { openSlackPeer } from '#test/support/chat-peers/open-slack-peer.ts';
import { putSlackOnStage } from '#test/support/chat-peers/put-slack-on-stage.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { featureTable } from './chat/feature-table.ts';
import type { Results } from './chat/feature-tests.ts';
import { chatContract } from './chat.contract.ts';
import { chatOutcomesContract } from './chat-outcomes.contract.ts';

describeWithPeer('slack', 'Slack', () => {
  const results: Results = new Map();
  chatContract('slack', results, openSlackPeer);
  chatOutcomesContract('slack', results, putSlackOnStage);
  featureTable('slack', results);
});
