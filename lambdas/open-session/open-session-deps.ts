import type { ShopConfig } from '#core/contracts/config.ts';
import type { Experiments } from '#core/domain/experiments/experiment.ts';
import type { AffinityLists } from '#core/ports/affinity.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { OfferCounts } from '#core/ports/offer-counts.ts';
import type { OfferHistories } from '#core/ports/offer-histories.ts';
import type { Offers } from '#core/ports/offers.ts';
import type { CheckOrderToken } from '#core/ports/order-tokens.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import type { SessionTokens } from '#core/ports/session-tokens.ts';
import type { Sessions } from '#core/ports/sessions.ts';
import type { ToldEvents } from '#core/ports/told-events.ts';

export interface OpenSessionDeps {
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly experiments: Experiments;
  readonly sessions: Sessions;
  readonly offers: Pick<Offers, 'of'>;
  readonly counts: Pick<OfferCounts, 'of' | 'spentOf' | 'priorsOf'>;
  readonly histories: Pick<OfferHistories, 'of'>;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly customers: Pick<Customers, 'read'>;
  readonly purchases: Pick<Purchases, 'of'>;
  readonly affinity: AffinityLists;
  readonly orderTokens: CheckOrderToken;
  readonly sessionTokens: SessionTokens;
  /** What customers do. */
  readonly told: ToldEvents;
  /** Facts of ours. */
  readonly publisher: EventPublisher;
  readonly digest: Digest;
  readonly now: () => Date;
}
