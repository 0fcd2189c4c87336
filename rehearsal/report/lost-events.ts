import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Senders } from '../services/senders.ts';

export interface Traces {
  readonly events: readonly TimedEvent[];
  readonly logs: readonly OrderLog[];
  readonly rehearsal: Pick<Rehearsal, 'deadLetters' | 'refused' | 'clock'> & {
    readonly senders: Pick<Senders, 'asTold' | 'lost' | 'unsent'>;
    readonly looseEnds: { readonly underway: () => readonly { readonly body: string }[] };
  };
}

/**
 * Events that were put on the bus and are neither in their order, nor parked, nor on their way, nor refused to the
 * sender. What a sender lost before it came to the bus is not among them. An event about no order leaves no trace of its own when it was taken in; one of those
 * counts as lost only when it stands nowhere and its message failed.
 */
export const lostEvents = ({ events, logs, rehearsal }: Traces): readonly string[] => {
  const known = new Set(
    logs.flatMap(({ shop, orderId, events: kept }) =>
      kept.map(({ eventId }) => keyOf({ shop, orderId, eventId })),
    ),
  );
  const lying = [...rehearsal.deadLetters(), ...rehearsal.looseEnds.underway()];
  const parked = new Set(lying.map(({ body }) => detailIn(body)));
  const { senders } = rehearsal;
  const withSender = new Set([
    ...rehearsal.refused.map(({ event }) => event),
    ...senders.lost,
    ...senders.unsent,
  ]);
  return events
    .filter((event) => event.atMs <= rehearsal.clock.now())
    .filter((event) => isOfOrder(event) || event.envelope !== undefined)
    .filter((event) => !known.has(keyOf(event.detail)) && !withSender.has(event))
    .filter((event) => !parked.has(sent(senders.asTold(event))))
    .map(({ detailType, detail }) => `${detailType} ${JSON.stringify(detail).slice(0, 200)}`);
};

/** Consents and support cases may name an order; they are kept with their customer. What a page tells changes no order. */
const isOfOrder = ({ detail, detailType }: TimedEvent): boolean =>
  'orderId' in detail && !/^(ConsentChanged|SupportCase|Session|Offer)/.test(detailType);

const keyOf = ({ shop, orderId, eventId }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([shop, orderId, eventId]);

/** Of an event, or of what its function's failure destination was sent. */
const detailIn = (body: string): string => {
  const { detail, requestPayload } = Object(JSON.parse(body));
  return JSON.stringify(detail ?? Object(requestPayload).detail);
};

const sent = ({ envelope, detail }: TimedEvent): string =>
  envelope === undefined ? JSON.stringify(detail) : detailIn(envelope);
