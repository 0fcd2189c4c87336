import type { DropReason, TouchDecision } from '../contact-policy/decision.ts';
import type { ContentRef } from '../content/product-texts.ts';
import type { DrawnArm } from '../experiments/arms.ts';
import type { Instant } from '../orders/order-event.ts';
import type { PersonalisedElement, Purpose, TouchRequest } from './touch.ts';

/** Names one touch of one order. */
export interface TouchRef {
  readonly shop: string;
  readonly orderId: string;
  readonly touchId: string;
}

/**
 * - `decided`: see the decision; one that goes waits in its channel's queue, one that is held for its time
 * - `sending`: handed to the provider, answer not yet recorded
 * - `returned`: it could not go when its turn came, and is decided again
 * - `sent`, `refused` (by the provider), `dropped` (at send time): final
 * - `in-doubt`: a crash hides whether it was sent, and it may not go twice: final
 */
export type TouchState =
  'decided' | 'sending' | 'returned' | 'sent' | 'refused' | 'dropped' | 'in-doubt';

/** One decision on a touch; a held one is decided again. */
export interface TouchTurn {
  readonly decision: TouchDecision;
  readonly decidedAt: Instant;
  /** The arms of experiments that it shows; a message is written by those of its touch's last turn. @default none */
  readonly arms?: readonly DrawnArm[] | undefined;
}

/** One touch of one order: what was decided, why, and what became of it. */
export interface TouchRecord extends TouchRef, TouchRequest, TouchTurn {
  readonly purpose: Purpose;
  /** The customer it is for, as known when it was decided; absent where nobody is known. */
  readonly customerId?: string | undefined;
  /** Zones that the customer may be in, as known when it was decided. */
  readonly zones: readonly string[];
  /** Counts the decisions, from 1. */
  readonly turn: number;
  /** The decisions before this one, oldest first. */
  readonly earlier: readonly TouchTurn[];
  readonly state: TouchState;
  /** How often the provider was called; more than once means the customer may have got it twice. */
  readonly attempts: number;
  readonly outcome?: TouchOutcome | undefined;
  /** What came back, by kind: when it was first heard. */
  readonly feedback?: TouchFeedback | undefined;
}

export const feedbackKinds = [
  'delivered',
  'bounced',
  'complained',
  'clicked',
  'unsubscribed',
  'answered',
] as const;

export type FeedbackKind = (typeof feedbackKinds)[number];

export type TouchFeedback = Readonly<Partial<Record<FeedbackKind, Instant>>>;

export type TouchOutcome =
  | {
      readonly state: 'sent';
      readonly at: Instant;
      /** The provider's id. */
      readonly messageId: string;
      readonly locale: string;
      readonly inDoubt: boolean;
      /** Parts that an SMS was sent in. */
      readonly segments?: number | undefined;
      /** What of the message depends on the order or the customer. */
      readonly personalised?: readonly PersonalisedElement[] | undefined;
      /** The versions of product texts in it. */
      readonly content?: readonly ContentRef[] | undefined;
      /** Keyed hash of the address it went to. */
      readonly addressId?: string | undefined;
    }
  | { readonly state: 'refused'; readonly at: Instant; readonly because: string }
  | { readonly state: 'dropped'; readonly at: Instant; readonly reason: DropReason }
  | { readonly state: 'in-doubt'; readonly at: Instant };

/** When the touch was first decided: when its journey asked for it. */
export const askedAtOf = ({ decidedAt, earlier }: TouchRecord): Instant =>
  earlier[0]?.decidedAt ?? decidedAt;

/** When the touch was first held, if it is held now or was up to now. */
export const heldSinceOf = ({ decision, decidedAt, earlier }: TouchRecord): Instant | undefined =>
  [...earlier, { decision, decidedAt }].find((turn) => turn.decision.kind === 'hold')?.decidedAt;
