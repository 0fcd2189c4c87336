import type { ConsentChannel } from '../customers/consent.ts';
import { withoutPerson } from '../customers/erasure-of-order.ts';
import type { Purpose } from '../touches/touch.ts';
import type { Instant, OrderEvent } from './order-event.ts';
import { type Milestone, milestonesOf, nextNews, type News } from './milestones.ts';
import { orderOf } from './order-of.ts';
import type { WaitingStage } from './stage-name.ts';

/** A journey's stage that stands still until something new is known of the order. */
export interface Wait {
  readonly stage: WaitingStage;
  /** Milestones that the stage has already dealt with. */
  readonly seen: readonly string[];
  readonly registeredAt: Instant;
  /** When the stage goes on without news. */
  readonly deadline?: Instant | undefined;
  /** Step Functions' callback token; dropped when the stage comes to its next wait. */
  readonly token?: string | undefined;
}

/** Consent that was given with an order before the order came: its owner may have to be asked to confirm it. */
export interface GrantToConfirm {
  readonly purpose: Purpose;
  readonly channel: ConsentChannel;
  readonly at: Instant;
}

/**
 * One order as stored: what was said of it, and who waits for more. Everything else is derived.
 * `version` counts writes; 0 is an order nothing is known of yet.
 */
export interface OrderLog {
  readonly shop: string;
  readonly orderId: string;
  readonly version: number;
  readonly events: readonly OrderEvent[];
  readonly waits: readonly Wait[];
  /** Kept until the order comes. @default none */
  readonly grants?: readonly GrantToConfirm[] | undefined;
  /** When its customer asked to be forgotten: nothing here tells whose it was. */
  readonly erasedAt?: Instant | undefined;
}

export const emptyOrderLog = (shop: string, orderId: string): OrderLog => ({
  shop,
  orderId,
  version: 0,
  events: [],
  waits: [],
});

export type Applied =
  | { readonly kind: 'added'; readonly log: OrderLog }
  | { readonly kind: 'known' }
  /** Another event has the same id: one of the two would be lost, so neither is guessed. */
  | { readonly kind: 'conflict' };

/**
 * Adds an event unless it is there already; to an order that is nobody's any more, without the person. Any arrival
 * order ends in the same log.
 */
export const applyEvent = (log: OrderLog, event: OrderEvent): Applied => {
  const known = log.events.find(({ eventId }) => eventId === event.eventId);
  if (known === undefined)
    return { kind: 'added', log: { ...log, events: [...log.events, keptOf(log, event)] } };
  return { kind: sameEvent(known, event) ? 'known' : 'conflict' };
};

const keptOf = ({ erasedAt }: OrderLog, event: OrderEvent): OrderEvent =>
  erasedAt === undefined ? event : withoutPerson(event);

/** Enrichment from the catalogue may differ between two deliveries, so it is not compared. */
const sameEvent = (a: OrderEvent, b: OrderEvent): boolean =>
  a.type === b.type && a.occurredAt === b.occurredAt && a.orderId === b.orderId;

export interface Answer {
  readonly stage: string;
  readonly token: string;
  readonly news: News;
}

/** The waits that what is known of the order answers now. */
export const answersOf = (log: OrderLog): readonly Answer[] => {
  const order = orderOf(log.events);
  if (order === undefined) return [];
  return log.waits.flatMap(({ stage, token, seen }) => {
    const news = token === undefined ? undefined : nextNews(order, seen, stage);
    return token === undefined || news === undefined ? [] : [{ stage, token, news }];
  });
};

/** Registers a stage's wait; its earlier waits are history. */
export const withWait = (log: OrderLog, wait: Wait): OrderLog => ({
  ...log,
  waits: [
    ...log.waits.map((earlier) =>
      earlier.stage === wait.stage ? { ...earlier, token: undefined } : earlier,
    ),
    wait,
  ],
});

/** Everything reached so far, in order of time. */
export const milestonesOfLog = ({ events }: OrderLog): readonly Milestone[] => {
  const order = orderOf(events);
  return order === undefined ? [] : milestonesOf(order);
};
