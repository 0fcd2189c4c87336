import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { sampleCustomers } from '#rehearsal/input/customer-model.ts';
import { repeatOrders } from '#rehearsal/input/repeat-orders.ts';
import { line, sampleOrder } from '#rehearsal/input/sample-order.ts';
import { hearth, northside, type SampleShop } from '#rehearsal/input/sample-shops.ts';
import { type Deed, isRequest } from '#rehearsal/input/timed-event.ts';

const PLACED_MS = Date.parse('2026-03-02T10:00:00.000Z');
const ORDERS = 300;

const ordersOf = (shop: SampleShop, ...skus: readonly string[]) =>
  Array.from({ length: ORDERS }, (_, at) =>
    sampleOrder({
      shop,
      orderId: `order-${at}`,
      placedMs: PLACED_MS,
      lines: skus.map((sku) => line(sku, 2)),
      says: { contact: { customerId: `c-${at}`, email: `c-${at}@customers.example` } },
    }),
  );

const mailOf = (shop: string, orderId: string, touch: string) => ({
  channel: 'email' as const,
  messageId: 'm',
  at: '2026-03-20T10:00:00.000Z',
  from: 'orders@mail.hearth.example',
  to: ['c@customers.example'],
  tags: { shop, orderId, touch },
  language: 'en',
  raw: 'https://links.hearth.example/survey?t=token',
});

/** What three hundred customers do after the same message. */
const reactionsTo = (
  touch: string,
  orders = ordersOf(hearth, 'HG-BEA-250'),
): readonly (readonly Deed[])[] => {
  const react = sampleCustomers(orders, '1');
  return orders
    .map(({ shop, orderId }) => react(mailOf(shop, orderId, touch)))
    .map((deeds) => deeds.filter((deed) => !isScan(deed)))
    .filter((deeds) => deeds.length > 0);
};

/** A program that looks at links before the reader does is no customer. */
const isScan = (deed: Deed): boolean =>
  isRequest(deed) && deed.request.headers?.['user-agent'] === 'link-scanner';

const nameOf = (deed: Deed): string =>
  isRequest(deed)
    ? `${deed.request.method} ${deed.request.path.replace(/\?.*/, '')}`
    : deed.detailType;

const namesOf = (deeds: readonly Deed[]): readonly string[] => deeds.map(nameOf);

describe('customers of the sample shops', () => {
  test.each([
    ['satisfaction-survey', 'POST /survey', 0.35],
    ['review-request', 'ReviewPosted', 0.2],
    ['loyalty-invitation', 'LoyaltyEnrolled', 0.35],
    ['subscription-offer', 'SubscriptionStarted', 0.15],
    ['replenishment', 'OrderPlaced', 0.3],
    ['win-back', 'OrderPlaced', 0.08],
  ])('after %s: %s, as often as the rates say', (touch, type, rate) => {
    const reactions = reactionsTo(touch);

    expect(reactions.length / ORDERS).toBeGreaterThan(rate - 0.08);
    expect(reactions.length / ORDERS).toBeLessThan(rate + 0.08);
    expect(new Set(reactions.map((deeds) => namesOf(deeds)[0]))).toEqual(new Set([type]));
  });

  test('use what they bought after its access came', () => {
    const reactions = reactionsTo('digital-access', ordersOf(hearth, 'HG-CRS-BAR'));

    expect(new Set(reactions.flatMap(namesOf))).toEqual(new Set(['UsageMilestoneReached']));
  });

  test('answer on the page that their message leads to, in the scores of their shop’s survey', () => {
    const scoresOf = (orders: ReturnType<typeof ordersOf>) =>
      reactionsTo('satisfaction-survey', orders)
        .flat()
        .filter(isRequest)
        .map(({ request }) => Number(new URLSearchParams(String(request.body)).get('score')));
    const range = (scores: readonly number[]) => [Math.min(...scores), Math.max(...scores)];

    expect(range(scoresOf(ordersOf(hearth, 'HG-BEA-250')))).toEqual([1, 5]);
    expect(range(scoresOf(ordersOf(northside, 'NS-SCK-WOL')))).toEqual([0, 10]);
  });

  test('cannot answer a message that has no link to the survey', () => {
    const orders = ordersOf(hearth, 'HG-BEA-250');
    const react = sampleCustomers(orders, '1');

    const deeds = orders.flatMap(({ shop, orderId }) =>
      react({ ...mailOf(shop, orderId, 'satisfaction-survey'), raw: '' }),
    );

    expect(deeds).toEqual([]);
  });

  test('do nothing after a message that asks for nothing, or that is about nobody known', () => {
    expect(reactionsTo('dispatch-notice')).toEqual([]);
    expect(sampleCustomers([], '1')(mailOf('hearth', 'order-1', 'replenishment'))).toEqual([]);
  });

  test('act after the message, never before', () => {
    const times = reactionsTo('satisfaction-survey').flatMap((events) =>
      events.map(({ atMs }) => atMs),
    );

    expect(Math.min(...times)).toBeGreaterThan(Date.parse('2026-03-20T10:00:00.000Z'));
  });

  test('do the same again for one seed, whoever else got the message', () => {
    const orders = ordersOf(hearth, 'HG-BEA-250');
    const alone = sampleCustomers(orders, '1');
    const [first] = orders;

    const together = reactionsTo('replenishment', orders).flat();
    const [own] = alone(mailOf('hearth', first?.orderId ?? '', 'replenishment'));

    expect(own === undefined || together.some((event) => event.atMs === own.atMs)).toBe(true);
    expect(reactionsTo('replenishment', orders)).toEqual(reactionsTo('replenishment', orders));
  });

  test('are asked again about the orders that they placed after a message', () => {
    const orders = ordersOf(hearth, 'HG-BEA-250');
    const react = sampleCustomers(orders, '1');
    const placed = orders
      .flatMap(({ shop, orderId }) => react(mailOf(shop, orderId, 'replenishment')))
      .flatMap((deed) => (isRequest(deed) ? [] : [deed]))
      .filter(({ detailType }) => detailType === 'OrderPlaced')
      .map(({ detail }) => incomingEvents.OrderPlaced.parse(detail));

    const answers = placed
      .flatMap(({ shop, orderId }) => react(mailOf(shop, orderId, 'satisfaction-survey')))
      .filter((deed) => nameOf(deed) === 'POST /survey');

    expect(placed.length).toBeGreaterThan(50);
    expect(answers.length).toBeGreaterThan(10);
  });
});

describe('orders that are repeated unasked', () => {
  test('are of what is used up, and come before it should have been', () => {
    const repeats = repeatOrders(hearth, ordersOf(hearth, 'HG-BEA-250', 'HG-KNI-200'), '1');

    expect(repeats.length / ORDERS).toBeGreaterThan(0.25);
    expect(new Set(repeats.flatMap(({ lines }) => lines.map(({ sku }) => sku)))).toEqual(
      new Set(['HG-BEA-250']),
    );
    // Two bags of twelve days each.
    const latest = Math.max(...repeats.map(({ occurredAt }) => Date.parse(occurredAt)));
    expect((latest - PLACED_MS) / 86_400_000).toBeLessThan(24);
  });

  test('are none of what is not', () => {
    expect(repeatOrders(hearth, ordersOf(hearth, 'HG-KNI-200'), '1')).toEqual([]);
  });
});
