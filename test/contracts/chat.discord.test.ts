import { openDiscordPeer } from '#test/support/chat-peers/open-discord-peer.ts';
import { putDiscordOnStage } from '#test/support/chat-peers/put-discord-on-stage.ts';
import { featureTable } from './chat/feature-table.ts';
import type { Results } from './chat/feature-tests.ts';
import { chatContract } from './chat.contract.ts';
import { chatOutcomesContract } from './chat-outcomes.contract.ts';

const results: Results = new Map();
chatContract('discord', results, openDiscordPeer);
chatOutcomesContract('discord', results, putDiscordOnStage);
featureTable('discord', results);
