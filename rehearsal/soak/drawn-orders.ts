import { disorder } from '../input/disorder.ts';
import { shuffled } from '../input/draws.ts';
import { HOUR_MS } from '../input/duration.ts';
import { sampleCases } from '../input/sample-cases.ts';
import { sampleShop } from '../input/sample-shop.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { seededRandom } from '../random.ts';

/**
 * So many of the sample shops' orders, with all that is told of them, of their customers and of the catalogue: a third
 * are named ones, which show what is rare. In half of the runs they come out of order, and some twice.
 */
export const drawnOrders = (seed: string, count: number): readonly TimedEvent[] => {
  const random = seededRandom(JSON.stringify(['soak', seed, 'orders']));
  const events = sampleShop({ seed });
  const named = new Set(sampleCases.map(({ orderId }) => orderId));
  const placed = events.filter(({ detailType }) => detailType === 'OrderPlaced');
  const ids = [...new Set(placed.map(({ detail }) => String(detail['orderId'])))];
  const rare = shuffled(random, [...named]).slice(0, Math.ceil(count / 3));
  const usual = shuffled(
    random,
    ids.filter((id) => !named.has(id) && !id.startsWith('malformed')),
  ).slice(0, count - rare.length);
  const chosen = new Set([...rare, ...usual]);
  const customers = new Set(placed.filter(isOf(chosen)).flatMap(customerOf));
  const kept = events.filter((event) => isOf(chosen)(event) || isAround(event, customers));
  return random() < 0.5
    ? kept
    : disorder(kept, { duplicate: random() / 10, shuffleMs: random() * HOUR_MS, seed });
};

const isOf =
  (chosen: ReadonlySet<string>) =>
  ({ detail: { orderId } }: TimedEvent): boolean =>
    typeof orderId === 'string' && chosen.has(orderId);

const customerOf = ({ detail: { contact } }: TimedEvent): readonly string[] => {
  const { customerId } = Object(contact);
  return typeof customerId === 'string' ? [customerId] : [];
};

/** What is told of the customers of those orders, and of products, offers and mistakes. */
const isAround = (
  { detail: { orderId, customerId } }: TimedEvent,
  customers: ReadonlySet<string>,
): boolean => {
  if (typeof orderId === 'string') return orderId.startsWith('malformed');
  return typeof customerId !== 'string' || customers.has(customerId);
};
