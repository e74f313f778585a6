import type { ChatIntent, Speaker } from '#domain/intent.ts';

/** How a speaker was kept before there were standings: only other bots were told from people. */
type EarlierSpeaker = Pick<Speaker, 'externalId' | 'name'> & { readonly isBot: boolean };

/** An intent as the inbox kept it, which may have been an earlier program. */
export type KeptIntent = ChatIntent | (Omit<ChatIntent, 'speaker'> & { readonly speaker: EarlierSpeaker });

/** The intent in today's form. A replica of an earlier version may still write the form before. */
export function readKeptIntent(kept: KeptIntent): ChatIntent {
  const speaker = 'isBot' in kept.speaker ? inStanding(kept.speaker) : kept.speaker;
  // Reactions were kept without their time: anything later counts more.
  return (
    kept.kind === 'reaction-changed' ? { at: 0, ...kept, speaker } : { ...kept, speaker }
  ) as ChatIntent;
}

function inStanding({ isBot, externalId, name }: EarlierSpeaker): Speaker {
  return { externalId, name, standing: isBot ? 'bot' : 'member', groups: [] };
}
