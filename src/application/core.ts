import type { AlertSettings } from '#domain/alert/alert-settings.ts';
import type { ApprovalSettings } from '#domain/approval/settings.ts';
import type { CaptureSettings } from '#domain/automatic-capture/capture-settings.ts';
import type { Listening } from '#domain/hearing/listening.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { FoldSettings } from '#domain/learning/fold-settings.ts';
import type { OwnersSettings } from '#domain/learning/owners-settings.ts';
import type { UseSettings } from '#domain/learning/use.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { RankingSettings } from '#domain/ranking/ranking-settings.ts';
import type { Redact } from '#domain/redaction/redact.ts';
import type { MatchWhole } from '#domain/text/match.ts';
import type { Chat } from '#ports/chat.ts';
import type { Clock } from '#ports/clock.ts';
import type { CommandParser } from '#ports/command-parser.ts';
import type { DrawPicture } from '#ports/draw-picture.ts';
import type { Ids } from '#ports/ids.ts';
import type { Leases } from '#ports/leases.ts';
import type { LineDiff } from '#ports/line-diff.ts';
import type { Logger } from '#ports/logger.ts';
import type { MatchPattern } from '#ports/match-pattern.ts';
import type { RemoteShell } from '#ports/remote-shell.ts';
import type { RunbookParser } from '#ports/runbook-parser.ts';
import type { SecretStore } from '#ports/secret-store.ts';
import type { SolutionSearch } from '#ports/solution-search.ts';
import type { TicketAccess } from '#ports/ticket-system.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';
import type { Workspaces } from '#ports/workspaces.ts';
import type { AskModel } from './ask-model.ts';

export interface CoreSettings {
  readonly ranking: RankingSettings;
  readonly fold: FoldSettings;
  readonly owners: OwnersSettings;
  readonly uses: UseSettings;
  readonly alerts: AlertSettings;
  readonly capture: CaptureSettings;
  readonly approval: ApprovalSettings;
  /** What the operator decided about who may do what, where and when. */
  readonly policy: Policy;
  readonly listening: Listening;
  /** Whether a chat model is asked where rules have nothing more to say. */
  readonly consults: boolean;
  /** The longest command that a card of this workspace's chat can show whole; a longer one cannot be approved there. */
  readonly longestCommand: (workspace: WorkspaceId) => number;
}

/** What the use cases need from outside; each names the members that it takes. */
export interface Core {
  readonly unitOfWork: UnitOfWork;
  readonly workspaces: Workspaces;
  readonly leases: Leases;
  readonly search: SolutionSearch;
  readonly shell: RemoteShell;
  /** Secrets of a workspace, for the steps that name them; what is read is known to `redact` from then on. */
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly commandParser: CommandParser;
  readonly runbookParser: RunbookParser;
  /** Null where no chat model is configured: then rules alone decide. Outside of transactions only. */
  readonly askModel: AskModel | null;
  readonly lineDiff: LineDiff;
  readonly drawPicture: DrawPicture;
  readonly matchPattern: MatchPattern;
  readonly matchWhole: MatchWhole;
  /** The systems that alerts come from and that can be asked for something; outside of transactions only. */
  readonly tickets: readonly TicketAccess[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Takes known secret values and recognised ones out of a text. */
  readonly redact: Redact;
  /** Of the workspace's own chat, as `Chat.read`; `unavailable` while it is not connected. Outside of transactions only. */
  readonly readThread: Chat['read'];
  /** Of the workspace's own chat, as `Chat.mayRead`; false while it is not connected. Outside of transactions only. */
  readonly mayRead: (
    workspace: WorkspaceId,
    ...asked: Parameters<Chat['mayRead']>
  ) => ReturnType<Chat['mayRead']>;
  /** Whether this process has not heard yet what people did while it was away; never for long. */
  readonly isBehind: (workspace: WorkspaceId) => boolean;
  /** Wakes the outbox: something may be waiting to be sent. */
  readonly postsWaiting: () => void;
  readonly settings: CoreSettings;
  /** This process, as a holder of leases and a runner of steps. */
  readonly instance: string;
}
