import type { ShopConfig } from '#core/contracts/config.ts';
import type { LinkSigner } from '#core/ports/link-signer.ts';
import type { SessionTokens } from '#core/ports/session-tokens.ts';
import type { Sessions } from '#core/ports/sessions.ts';
import type { StageScheduler } from '#core/ports/stage-scheduler.ts';
import type { ToldEvents } from '#core/ports/told-events.ts';
import type { CountNewsDeps } from '#core/sessions/count-news.ts';

export interface RecordInteractionDeps extends CountNewsDeps {
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly sessions: Sessions;
  readonly sessionTokens: Pick<SessionTokens, 'read'>;
  /** Signs the way to pages of the shop. */
  readonly links: LinkSigner;
  /** Calls expire-acceptance, once. */
  readonly schedule: StageScheduler;
  /** What customers do. */
  readonly told: ToldEvents;
  readonly now: () => Date;
  /** Is told what failed without the customer's noticing. */
  readonly report: (what: string, error: unknown) => void;
  /** How many products were asked for. */
  readonly countAccepts: (accepts: number) => void;
}
