import { sourceOf } from '#core/contracts/incoming-events.ts';
import type { ParkReason } from '#core/contracts/parse-event.ts';
import { HOUR_MS } from './duration.ts';
import { line, placing, sampleOrder } from './sample-order.ts';
import { hearth, northside, SAMPLE_START } from './sample-shops.ts';
import type { TimedEvent } from './timed-event.ts';

/** An event that must be parked, and as what. */
export interface MalformedEvent {
  readonly about: string;
  readonly reason: ParkReason;
  readonly event: TimedEvent;
}

type Detail = TimedEvent['detail'];

const order = sampleOrder({
  shop: hearth,
  orderId: 'malformed',
  placedMs: Date.parse(SAMPLE_START) + 30 * HOUR_MS,
  lines: [line('HG-BEA-250', 2), line('HG-FLT-002')],
});

/** A sound order but for what is said here, and with an id of its own. */
const spoilt = (name: string, wrong: Detail): TimedEvent => {
  const orderId = `malformed-${name}`;
  const detail = { ...order, orderId, eventId: `${orderId}/placed`, ...wrong };
  return { ...placing(order), detail };
};

const [firstLine = {}, ...otherLines] = order.lines;

/** Events as careless senders send them; each is parked with its reason and harms no other. */
export const malformedEvents: readonly MalformedEvent[] = [
  {
    about: 'an order id that is a number, and one too large for it',
    reason: 'invalid',
    event: spoilt('numeric-id', { orderId: 2 ** 60 }),
  },
  {
    about: 'a quantity in words',
    reason: 'invalid',
    event: spoilt('quantity-in-words', { lines: [{ ...firstLine, quantity: 'two' }] }),
  },
  {
    about: 'a negative quantity',
    reason: 'invalid',
    event: spoilt('negative-quantity', { lines: [{ ...firstLine, quantity: -1 }] }),
  },
  {
    about: 'an amount with a fraction of a cent',
    reason: 'invalid',
    event: spoilt('fraction', { total: { amountMinor: 1234.5, currency: 'EUR' } }),
  },
  {
    about: 'two currencies in one order',
    reason: 'invalid',
    event: spoilt('mixed-currencies', {
      lines: [{ ...firstLine, unitPrice: { amountMinor: 890, currency: 'USD' } }, ...otherLines],
    }),
  },
  {
    about: 'a time without a zone',
    reason: 'invalid',
    event: spoilt('time-without-zone', { occurredAt: '2026-03-03T06:00:00' }),
  },
  {
    about: 'an id of 400 characters',
    reason: 'invalid',
    event: spoilt('long-id', { orderId: '9'.repeat(400) }),
  },
  {
    about: 'a version of the contract that is not read',
    reason: 'wrong-schema-version',
    event: spoilt('wrong-version', { schemaVersion: 2 }),
  },
  {
    about: 'a shop that is not served',
    reason: 'unknown-shop',
    event: {
      ...spoilt('unknown-shop', { shop: 'southside' }),
      source: sourceOf('southside'),
    },
  },
  {
    about: 'an event of one shop from the source of another',
    reason: 'unknown-shop',
    event: { ...spoilt('wrong-source', {}), source: sourceOf(northside.id) },
  },
  {
    about: 'a type of event that is not in the contract',
    reason: 'unknown-event-type',
    event: { ...spoilt('unknown-type', {}), detailType: 'OrderTeleported' },
  },
];
