import { describe, expect, test } from 'vitest';
import { noExperiments } from '#core/domain/experiments/experiment.ts';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { sampleCustomers } from '#rehearsal/input/customer-model.ts';
import { BY_LINK } from '#rehearsal/input/customer-rates.ts';
import { codeIn } from '#rehearsal/input/incentives.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import { type Deed, isRequest, type TimedRequest } from '#rehearsal/input/timed-event.ts';
import type { HttpResponse } from '#rehearsal/services/http-on-the-clock.ts';
import { type Visit, visited } from '#rehearsal/services/visits.ts';
import { manyOrders } from './many-orders.ts';

const COUNT = 600;
const SENT_AT = '2026-03-20T10:00:00.000Z';
const LINK = 'https://links.hearth.example/c?u=https%3A%2F%2Fwww.hearth.example%2F&t=token';

const orders = manyOrders({ shop: hearth, skus: ['HG-BEA-250'], count: COUNT });

const mailOf = ({ shop, orderId }: PlacedOrder, raw = LINK) => ({
  channel: 'email' as const,
  messageId: 'm',
  at: SENT_AT,
  from: 'orders@mail.hearth.example',
  to: ['c@customers.example'],
  tags: { shop, orderId, touch: 'replenishment' },
  language: 'en',
  raw,
});

const incentives = {
  experiments: [
    {
      key: 'code',
      kind: 'incentive' as const,
      touches: ['replenishment'],
      from: '2026-01-01',
      until: '2027-01-01',
      arms: {
        control: { share: 0.5 },
        given: { share: 0.5, incentive: { code: 'AGAIN-10', text: { en: 'A tenth off.' } } },
      },
    },
  ],
};

const answerOf = (status: number, headers: Readonly<Record<string, string>>): HttpResponse => ({
  status,
  headers,
  cookies: [],
  bytes: Buffer.from(''),
  body: '',
});

const redirect = answerOf(302, { location: 'https://www.hearth.example/?ag_click=click-1' });

const placedIn = (deeds: readonly Deed[]) =>
  deeds.flatMap((deed) =>
    isRequest(deed) || deed.detailType !== 'OrderPlaced'
      ? []
      : [incomingEvents.OrderPlaced.parse(deed.detail)],
  );

const comesBack = (deed: Deed): deed is TimedRequest =>
  isRequest(deed) && deed.follows !== undefined;

const deedsAfter = (raw = LINK, experiments = noExperiments): readonly (readonly Deed[])[] => {
  const react = sampleCustomers(orders, '1', experiments);
  return orders.map((order) => react(mailOf(order, raw)));
};

const all = deedsAfter();
const clicks = all.flatMap((deeds) => deeds.filter(comesBack));

describe('customers who order after a message', () => {
  test('come by its link for the most part, the others by themselves', () => {
    const byThemselves = all.flatMap(placedIn);
    const share = clicks.length / (clicks.length + byThemselves.length);

    expect(share).toBeGreaterThan(BY_LINK - 0.12);
    expect(share).toBeLessThan(BY_LINK + 0.12);
    expect(byThemselves.flatMap(({ attribution }) => attribution ?? [])).toEqual([]);
  });

  test('are as many, and order at the same times, as if there were no link', () => {
    const timesOf = (told: readonly (readonly Deed[])[]) =>
      told
        .flatMap((deeds) => [
          ...placedIn(deeds),
          ...deeds.filter(comesBack).flatMap((deed) => placedIn(deed.follows?.(redirect) ?? [])),
        ])
        .map(({ orderId, occurredAt }) => `${orderId} ${occurredAt}`)
        .toSorted();

    expect(timesOf(all)).toEqual(timesOf(deedsAfter('no link at all')));
  });

  test('click when they have the message and before they order', () => {
    expect(clicks.length).toBeGreaterThan(50);
    for (const { atMs, request, follows } of clicks) {
      const [order] = placedIn(follows?.(redirect) ?? []);
      expect(request).toMatchObject({ method: 'GET', path: expect.stringMatching(/^\/c\?u=/) });
      expect(atMs).toBeGreaterThan(Date.parse(SENT_AT));
      expect(atMs).toBeLessThan(Date.parse(order?.occurredAt ?? ''));
    }
  });

  test('hand the click back that the redirect gave them', () => {
    const brought = clicks.flatMap(({ follows }) => placedIn(follows?.(redirect) ?? []));

    expect(brought).toHaveLength(clicks.length);
    for (const { attribution } of brought) expect(attribution).toEqual({ clickIds: ['click-1'] });
  });

  test.each([
    [
      'that leads to a page without one',
      answerOf(302, { location: 'https://www.hearth.example/' }),
    ],
    ['that has expired', answerOf(410, {})],
  ])('order all the same by a link %s', (_, answer) => {
    const brought = clicks.flatMap(({ follows }) => placedIn(follows?.(answer) ?? []));

    expect(brought).toHaveLength(clicks.length);
    expect(brought.flatMap(({ attribution }) => attribution ?? [])).toEqual([]);
  });
});

describe('customers who got a code', () => {
  const raw = `${LINK} Your code: AGAIN-=\r\n10`;
  const brought = deedsAfter(raw, incentives).flatMap((deeds) => [
    ...placedIn(deeds),
    ...deeds.filter(comesBack).flatMap((deed) => placedIn(deed.follows?.(redirect) ?? [])),
  ]);
  const redeeming = brought.filter(({ attribution }) => attribution?.codes !== undefined);

  test('redeem it for the most part, whether or not they came by the link', () => {
    expect(redeeming.length).toBeGreaterThan(brought.length / 2);
    expect(redeeming.length).toBeLessThan(brought.length);
    expect(new Set(redeeming.flatMap(({ attribution }) => attribution?.codes ?? []))).toEqual(
      new Set(['AGAIN-10']),
    );
    expect(redeeming.some(({ attribution }) => attribution?.clickIds !== undefined)).toBe(true);
    expect(redeeming.some(({ attribution }) => attribution?.clickIds === undefined)).toBe(true);
  });

  test('pay a tenth less for the goods', () => {
    for (const { discount, total, shipping } of redeeming)
      // Two bags of 8.90.
      expect([discount?.amountMinor, total.amountMinor]).toEqual([
        178,
        1780 - 178 + (shipping?.amountMinor ?? 0),
      ]);
  });

  test('are those whose message says it: of no other touch, and of no longer code', () => {
    const [order] = orders;
    if (order === undefined) throw new Error('no order');
    const mail = mailOf(order, 'Your code: AGAIN-10.');
    const other = { ...mail, tags: { ...mail.tags, touch: 'win-back' } };

    expect(codeIn(mail, incentives)).toBe('AGAIN-10');
    expect(codeIn(other, incentives)).toBeUndefined();
    expect(codeIn(mailOf(order, 'Your code: AGAIN-100.'), incentives)).toBeUndefined();
    expect(codeIn(mail, noExperiments)).toBeUndefined();
  });
});

test('what a customer does next follows from the answer to what they asked', async () => {
  const visits: Visit[] = [];
  const [click] = clicks;
  if (click === undefined) throw new Error('nobody clicked');

  const deeds = await visited(async () => redirect, click, visits);

  expect(visits).toEqual([{ method: 'GET', path: '/c', status: 302, because: undefined }]);
  expect(placedIn(deeds).map(({ attribution }) => attribution)).toEqual([
    { clickIds: ['click-1'] },
  ]);
});
