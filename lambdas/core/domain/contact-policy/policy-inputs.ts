import type { Treatment } from '../experiments/arms.ts';
import type { Order } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel, Purpose, ShopPage, Touch } from '../touches/touch.ts';
import type { Asking } from './caps.ts';
import type { ContactHistory } from './contact-history.ts';
import type { DropReason, HoldReason, RuleResult } from './decision.ts';
import type { ContactPolicy } from './policy.ts';
import type { RelevanceInputs } from './relevance.ts';
import type { AddressSuppression, Trouble } from './suppression.ts';

/** Everything that a decision looks at. */
export interface PolicyInputs extends RelevanceInputs {
  readonly policy: ContactPolicy;
  readonly touchId: string;
  /** What the deployment can deliver by. */
  readonly channels: readonly Channel[];
  /** Pages that the shop has, beside those that every shop has. */
  readonly pages: readonly ShopPage[];
  /** Whose consent counts. */
  readonly legalEntity: string;
  /** Regions of the policy that the customer is in. */
  readonly regions: readonly string[];
  /** Zones that the customer may be in: what is quiet in one of them is quiet. */
  readonly zones: readonly string[];
  /** Addresses that may not be used any more, by channel. */
  readonly suppressed: Readonly<Partial<Record<Channel, AddressSuppression>>>;
  /** What keeps messages back, and since when. */
  readonly trouble: Trouble;
  /** What the customer lately got, and what waits for them. */
  readonly history: Pick<ContactHistory, 'contacts' | 'held'>;
  /** When the touch was first held. */
  readonly heldSince?: Instant | undefined;
  /** When it was first decided. @default now */
  readonly askedAt?: Instant | undefined;
  /** What experiments make of it. @default nothing */
  readonly treatment?: Treatment | undefined;
  /** Share of the month's SMS budget that is spent; absent without a budget. */
  readonly smsBudgetSpent?: number | undefined;
}

/** What the rules say of one channel. */
export interface ChannelVerdict {
  readonly channel: Channel;
  /** Why it is out of the question. */
  readonly refusal?: DropReason | undefined;
  /** When it is open; absent when it is open now. */
  readonly wait?: { readonly until: Instant; readonly reason: HoldReason } | undefined;
  readonly rules: readonly RuleResult[];
}

/** The touch as the caps see it. */
export const askingOf = ({
  order,
  touch,
  touchId,
  heldSince,
  now,
}: Pick<PolicyInputs, 'touchId' | 'heldSince' | 'now'> & {
  readonly order: Pick<Order, 'orderId'>;
  readonly touch: Pick<Touch, 'name'> & { readonly purpose: Purpose };
}): Asking => ({
  orderId: order.orderId,
  touchId,
  touch: touch.name,
  purpose: touch.purpose,
  since: heldSince ?? now,
});
