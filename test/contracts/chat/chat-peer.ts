import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import type { Inquiry, Received, Suggestion } from '#ports/inbound.ts';
import type { Stage } from '#test/support/stage/stage.ts';

/** A chat adapter on its real other side, with a core that the contract plays. */
export interface ChatPeer extends AsyncDisposable {
  readonly stage: Stage;
  readonly chat: () => Chat;
  readonly workspace: WorkspaceId;
  /** What was handed in, each delivery once. */
  readonly received: readonly { readonly intent: ChatIntent; readonly delivery: string }[];
  /** Somebody writes to the bot alone. */
  readonly sayDirectly?: (text: string) => Promise<void>;
  /** A bot and, where there are any, a webhook send an alert that says this only in its card. Returns how many did. */
  readonly sendAlerts?: (title: string) => Promise<number>;
  /** Lets the server say of a message under which key it was posted, where it forgets that. */
  readonly recall?: (key: string, message: string) => void;
  /** From now on the next `times` new messages are refused for a second. */
  readonly refusePosts?: (times: number) => void;
}

/** The core that the contract plays. */
export interface PlayedCore {
  readonly answer: (intent: ChatIntent) => Promise<Received>;
  readonly suggest: (inquiry: Inquiry) => Promise<readonly Suggestion[]>;
}
