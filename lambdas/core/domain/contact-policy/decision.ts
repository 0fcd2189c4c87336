import type { Instant } from '../orders/order-event.ts';
import type { Channel } from '../touches/touch.ts';

export type DropReason =
  | 'no-address'
  | 'no-channel'
  | 'no-consent'
  /** the address bounced, complained or said stop */
  | 'suppressed'
  /** support has an open case */
  | 'open-case'
  /** held for longer than the policy allows */
  | 'held-too-long'
  /** no hour is open in all the zones that the customer may be in */
  | 'no-open-hour'
  /** the month's budget for SMS is spent as far as this purpose may */
  | 'budget-spent'
  | 'no-longer-relevant'
  /** the customer has done what it asks for */
  | 'already-done'
  | 'ordered-again'
  | 'given-back'
  | 'return-opened'
  | 'disputed'
  /** the last answer to a survey was a bad one */
  | 'dissatisfied'
  | 'too-early'
  /** the shop has no page that it could lead to */
  | 'no-page'
  | 'test-order'
  /** it would go, and the customer is among those who get no treatment */
  | 'holdout'
  | 'unknown-touch';

export type HoldReason =
  | 'quiet-hours'
  | 'cap-reached'
  /** a more important touch takes what the cap still allows */
  | 'gives-way'
  /** an experiment on timing: the arm's time has not come */
  | 'experiment'
  | 'open-case'
  | 'return-opened'
  | 'disputed'
  | 'dissatisfied';

/** What the contact policy says of one touch. */
export type TouchDecision =
  | { readonly kind: 'send'; readonly channel: Channel; readonly rules: readonly RuleResult[] }
  | {
      readonly kind: 'hold';
      /** It is decided again then. */
      readonly until: Instant;
      readonly reason: HoldReason;
      readonly rules: readonly RuleResult[];
    }
  | {
      /** Sent, but not by the touch's first channel. */
      readonly kind: 'reroute';
      readonly from: Channel;
      readonly channel: Channel;
      readonly rules: readonly RuleResult[];
    }
  | { readonly kind: 'drop'; readonly reason: DropReason; readonly rules: readonly RuleResult[] };

/** What one rule said, with what it saw: the explanation of the decision. */
export interface RuleResult {
  readonly rule:
    | 'relevance'
    | 'address'
    | 'consent'
    | 'suppression'
    | 'quiet-hours'
    | 'cap'
    | 'budget'
    | 'patience'
    | 'holdout'
    | 'experiment';
  readonly channel?: Channel | undefined;
  readonly verdict: 'pass' | 'refuse' | 'hold';
  /** In words, without personal data. */
  readonly because: string;
}

/** The channel that a decision sends by. */
export const channelOf = (decision: TouchDecision): Channel | undefined =>
  'channel' in decision ? decision.channel : undefined;
