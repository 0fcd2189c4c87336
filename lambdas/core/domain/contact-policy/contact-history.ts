import type { Instant } from '../orders/order-event.ts';
import type { Channel, Purpose } from '../touches/touch.ts';

/** A touch that went out, or has its place in the caps and goes out. */
export interface Contact {
  readonly orderId: string;
  readonly touchId: string;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly at: Instant;
}

/** A touch that waits to be decided again. */
export interface HeldTouch {
  readonly orderId: string;
  readonly touchId: string;
  readonly touch: string;
  readonly subjects: readonly string[];
  readonly purpose: Purpose;
  readonly until: Instant;
  /** Since when it waits. */
  readonly since: Instant;
  /**
   * When it last gave way to more important touches: for an hour it comes before those less important than
   * itself, whether or not its own time has come, as one of the others may yet be dropped.
   */
  readonly gaveWayAt?: Instant | undefined;
  /** Counts the decisions on it: the schedule of an earlier one says nothing any more. */
  readonly turn: number;
}

/** What a customer lately got, and what is held back for them. `version` counts writes. */
export interface ContactHistory {
  readonly shop: string;
  readonly customerId: string;
  readonly version: number;
  readonly contacts: readonly Contact[];
  readonly held: readonly HeldTouch[];
}

export const emptyHistory = (shop: string, customerId: string): ContactHistory => ({
  shop,
  customerId,
  version: 0,
  contacts: [],
  held: [],
});

type TouchOfOrder = Pick<Contact, 'orderId' | 'touchId'>;

export const isSameTouch = (a: TouchOfOrder, b: TouchOfOrder): boolean =>
  a.orderId === b.orderId && a.touchId === b.touchId;

const without = <Each extends TouchOfOrder>(
  all: readonly Each[],
  touch: TouchOfOrder,
): readonly Each[] => all.filter((each) => !isSameTouch(each, touch));

/**
 * The history with the touch's place taken; it is held no more.
 *
 * @param keepSince contacts before this are over for every cap
 */
export const withContact = (
  history: ContactHistory,
  contact: Contact,
  keepSince: Instant,
): ContactHistory => ({
  ...history,
  contacts: [...without(history.contacts, contact).filter(({ at }) => at >= keepSince), contact],
  held: without(history.held, contact),
});

/** The history with the touch waiting; a place it had is free again. */
export const withHeld = (history: ContactHistory, held: HeldTouch): ContactHistory => ({
  ...history,
  contacts: without(history.contacts, held),
  held: [...without(history.held, held), held],
});

/** The history without the touch, which is not sent. */
export const withoutTouch = (history: ContactHistory, touch: TouchOfOrder): ContactHistory => ({
  ...history,
  contacts: without(history.contacts, touch),
  held: without(history.held, touch),
});
