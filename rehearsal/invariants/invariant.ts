import type { Evidence } from './evidence.ts';

/** What holds at the end of every rehearsal, whatever went wrong in it. */
export interface Invariant {
  readonly name: string;
  /** In a sentence. */
  readonly means: string;
  /** What breaks it, each by the order or id that it is about; none while it holds. */
  readonly violations: (evidence: Evidence) => readonly string[];
}

/** What came so short before the end may still be on its way: queues and schedules try again for hours. */
export const UNDERWAY_MS = 24 * 3_600_000;

export const isRecent = ({ nowMs }: Pick<Evidence, 'nowMs'>, at: string | number): boolean =>
  nowMs - new Date(at).getTime() < UNDERWAY_MS;

/** Faults after which a function may not know what it had done. */
const ofFunctions = [
  'crashesBefore',
  'crashesAfter',
  'timeoutsBefore',
  'timeoutsAfter',
  'throttledTables',
  'races',
  'outages',
  'refusedEvents',
] as const;

/** Whether a function may have been cut off between a provider's answer and its record. */
export const mayDoubt = ({ injected }: Pick<Evidence, 'injected'>): boolean =>
  ofFunctions.some((fault) => (injected[fault] ?? 0) > 0);

export const orderName = ({
  shop,
  orderId,
}: {
  readonly shop: string;
  readonly orderId: string;
}): string => `order ${orderId} of ${shop}`;

/** Names an order in a set. */
export const orderIn = (of: { readonly shop?: unknown; readonly orderId?: unknown }): string =>
  JSON.stringify([of.shop, of.orderId]);

/** Orders of which something lies in a queue: it was parked, given up, or is on its way. */
export const ordersInQueues = ({ letters, underway }: Evidence): ReadonlySet<string> =>
  new Set([...letters, ...underway].map(({ body }) => orderIn(orderOfMessage(body))));

/** An event, a touch, or what a function's failure destination was sent. */
const orderOfMessage = (body: string): Parameters<typeof orderIn>[0] => {
  const told = objectOf(body);
  const payload = { ...Object(told['requestPayload'] ?? told) };
  return { ...Object(payload['detail'] ?? payload) };
};

const objectOf = (body: string): Readonly<Record<string, unknown>> => {
  try {
    return { ...Object(JSON.parse(body)) };
  } catch {
    // What is no JSON names no order.
    return {};
  }
};
