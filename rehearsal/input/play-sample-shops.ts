import type { Rehearsal } from '../rehearsal.ts';
import type { Envelope } from '../services/event-bus.ts';
import { contentReviewers } from './content-reviewers.ts';
import { inboxVisits } from './inbox-visits.ts';
import type { PlacedOrder } from './order-life.ts';
import { orderSystem } from './order-system.ts';
import { orderToken, type ShopKeys } from './order-tokens.ts';
import { visitsToPage } from './page-visitors.ts';
import { followedOffers } from './partners.ts';
import { sampleCases } from './sample-cases.ts';
import { placedOrder, ShopOrders } from './shop-orders.ts';
import type { TimedEvent, TimedRequest } from './timed-event.ts';

export interface PlayOptions {
  /** What the rehearsal is given. */
  readonly events: readonly TimedEvent[];
  readonly fromMs: number;
  readonly seed: string;
  /** The secret by which the shops' backends sign for their app, and that the keys of their pages are made of. */
  readonly appKey: string;
  readonly keys: ShopKeys;
  /** Whether somebody waits for the order system's answer now. @default nobody, until {@link SampleShops.waitForVisitors} */
  readonly isAwaited?: (() => boolean) | undefined;
}

/** The sample shops as they go on while somebody tries their pages. */
export interface SampleShops {
  readonly orders: ShopOrders;
  /** As a shop's server signs it for the page of an order. */
  readonly tokenOf: (order: PlacedOrder, nowMs: number) => Promise<string>;
  /** From now on the order system does at once what it is asked for, and no customer of the sample looks at a page. */
  readonly waitForVisitors: () => void;
}

/**
 * Has the systems of the sample shops, and their customers on the pages, do what no event in advance can tell: the
 * shops' app asks for inboxes; customers look at the confirmation page of their order, of those too that they place
 * after a message; the order system answers what they accept there, and partners tell what was bought; somebody reviews
 * the texts that wait. Named orders have no page: each shows what it is named for.
 */
export const playSampleShops = async (
  rehearsal: Pick<Rehearsal, 'plan' | 'listen'>,
  { events, fromMs, seed, appKey, keys, isAwaited = () => false }: PlayOptions,
): Promise<SampleShops> => {
  const orders = new ShopOrders();
  let isWaiting = false;
  const look = async (placed: PlacedOrder | undefined): Promise<readonly TimedRequest[]> => {
    if (placed === undefined || orders.find(placed.shop, placed.orderId) !== undefined) return [];
    orders.keep(placed);
    return isWaiting || !hasPage(placed) ? [] : visitsToPage(placed, { seed, keys });
  };
  rehearsal.plan([
    ...(await inboxVisits(events, fromMs, appKey)),
    ...(await Promise.all(events.map((event) => look(placedOrder(event))))).flat(),
  ]);
  rehearsal.listen((envelope) => look(placedIn(envelope)));
  rehearsal.listen(orderSystem({ orders, seed, isAtOnce: () => isWaiting || isAwaited() }));
  rehearsal.listen(followedOffers({ orders, seed }));
  rehearsal.listen(contentReviewers({ seed }));
  return {
    orders,
    tokenOf: (order, nowMs) => orderToken(order, nowMs, keys),
    waitForVisitors: () => {
      isWaiting = true;
    },
  };
};

const placedIn = ({ source, 'detail-type': detailType, detail }: Envelope) =>
  placedOrder({ source, detailType, detail });

const named: ReadonlySet<string> = new Set(
  sampleCases.map(({ shop, orderId }) => JSON.stringify([shop, orderId])),
);

/** Neither has an order that was made of an accepted offer: the customer was on a page already. */
const hasPage = ({ shop, orderId, lines }: PlacedOrder): boolean =>
  !named.has(JSON.stringify([shop, orderId])) && lines.every(({ origin }) => origin === undefined);
