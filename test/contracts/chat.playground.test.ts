import { openPlaygroundPeer } from '#test/support/chat-peers/open-playground-peer.ts';
import { putPlaygroundOnStage } from '#test/support/chat-peers/put-playground-on-stage.ts';
import { featureTable } from './chat/feature-table.ts';
import type { Results } from './chat/feature-tests.ts';
import { chatContract } from './chat.contract.ts';
import { chatOutcomesContract } from './chat-outcomes.contract.ts';

const results: Results = new Map();
chatContract('playground', results, openPlaygroundPeer);
chatOutcomesContract('playground', results, putPlaygroundOnStage);
featureTable('playground', results);
