import { expect, test } from 'vitest';
import type { LineList } from '#core/domain/messages/line-list.ts';
import {
  attempted,
  cancelledLines,
  cancelledWhole,
  delivered,
  dispatched,
  dispatchedAll,
  gone,
  placing,
  promiseMoved,
  refunded,
  sampleLine,
  sampleLines,
} from '#lib/messages/sample-orders.ts';
import { contextAfter, orderStatus } from './sample-context.ts';

const inWords = ({ lines }: LineList): readonly string[] =>
  lines.map(({ quantity, name }) => `${quantity} ${name}`);

const inParcel = dispatched('P1', ['mill', 'tin']);

test('a line shows picture, name, category, quantity and what it costs', () => {
  const { order } = contextAfter([placing()]);

  expect(order.items.lines[1]).toMatchObject({
    name: 'Loaf tin, 1 kg',
    category: 'Bakeware',
    imageUrl: 'https://static.hearth.example/products/tin.jpg',
    quantity: 3,
    amount: '€73.50',
  });
});

test('a parcel shows its own pieces and their share of the line’s price', () => {
  const { parcels } = contextAfter([placing(), inParcel], ['P1']);

  expect(parcels.flatMap(({ items }) => inWords(items))).toEqual([
    '1 Hand grain mill, beech',
    '1 Loaf tin, 1 kg',
  ]);
  expect(parcels[0]?.items.lines[1]?.amount).toBe('€24.50');
});

test('a dispatch tells only of its parcels, and of what no parcel holds yet', () => {
  const events = [placing(), inParcel, dispatched('P2', ['apron'])];

  const { parcels, stillToSend } = contextAfter(events, ['P2']);

  expect(parcels).toHaveLength(1);
  expect(inWords(stillToSend)).toEqual([
    '2 Loaf tin, 1 kg',
    '1 Cast-iron bread oven',
    '1 Proving bowl, stoneware',
    '2 Rye flour, wholemeal, 5 kg',
  ]);
});

test('after a delivery, what is on its way is still to arrive', () => {
  const events = [placing(), inParcel, dispatched('P2', ['apron']), delivered('P1')];

  const { stillToArrive } = contextAfter(events, ['P1']);

  expect(inWords(stillToArrive)).toContain('1 Linen apron, indigo');
  expect(inWords(stillToArrive)).not.toContain('1 Hand grain mill, beech');
});

test('a carrier’s address of another host gives way to the order’s page', () => {
  const parcel = { ...inParcel, trackingUrl: 'https://evil.example/track' };

  const { parcels } = contextAfter([placing(), parcel], ['P1']);

  expect(parcels[0]?.trackingUrl).toBe(orderStatus);
});

test('access of another host gives way to the order’s page', () => {
  const accessUrl = 'https://evil.example/';
  const lines = [sampleLine('x', 'Course', 5900, { kind: 'digital', accessUrl })];

  const { access } = contextAfter([placing({ lines })]);

  expect(access.lines[0]?.accessUrl).toBe(orderStatus);
});

test('waiting lines are those the message is about, with the date that holds', () => {
  const { waiting } = contextAfter([placing()], ['oven/2026-11-25T11:00:00.000Z']);

  expect(inWords(waiting)).toEqual(['1 Cast-iron bread oven']);
  expect(waiting.lines[0]?.promisedBy).toBe('Thursday 3 December');
});

test('a line id that begins another does not name it', () => {
  const lines = ['1', '10'].map((lineId) => sampleLine(lineId, lineId, 100));

  const { waiting } = contextAfter([placing({ lines })], ['10/2026-12-03T11:00:00.000Z']);

  expect(inWords(waiting)).toEqual(['1 10']);
});

test('a promised day that went by is not promised again', () => {
  const { waiting } = contextAfter([placing()], ['oven'], '2026-12-04T00:00:00.000Z');

  expect(waiting.lines[0]?.promisedBy).toBeNull();
});

const promised = '2026-11-21T11:00:00.000Z';
const movedTo = '2026-11-27T11:00:00.000Z';

test('a date moved ahead is a new date, not a missed one', () => {
  const { delay } = contextAfter([placing(), promiseMoved(movedTo)], [movedTo]);

  expect(delay).toMatchObject({ kind: 'moved', missed: null, expected: 'Friday 27 November' });
});

test('a missed dispatch says which day, and that no other is known', () => {
  const { delay } = contextAfter([placing()], [promised]);

  expect(delay).toMatchObject({
    kind: 'dispatch-late',
    missed: 'Saturday 21 November',
    expected: null,
  });
  expect(delay && inWords(delay.items)).not.toContain('1 Cast-iron bread oven');
});

test('a missed dispatch says the new day where the shop has given one since', () => {
  const { delay } = contextAfter([placing(), promiseMoved(movedTo)], [promised]);

  expect(delay).toMatchObject({ kind: 'dispatch-late', expected: 'Friday 27 November' });
});

test('a missed arrival says what the carrier expects now', () => {
  const { delay } = contextAfter([placing(), inParcel], ['2026-11-22T11:00:00.000Z']);

  expect(delay).toMatchObject({ kind: 'delivery-late', expected: 'Tuesday 24 November' });
});

test.each([
  ['lost', 'lost'],
  ['returned_to_sender', 'returned'],
] as const)('a parcel that is %s is told as %s, with what was in it', (status, kind) => {
  const { delay } = contextAfter([placing(), inParcel, gone('P1', status)], ['P1']);

  expect(delay?.kind).toBe(kind);
  expect(delay && inWords(delay.items)).toContain('1 Hand grain mill, beech');
});

test('a lost parcel that turned up again is late', () => {
  const { delay } = contextAfter([placing(), inParcel], ['P1']);

  expect(delay).toMatchObject({ kind: 'delivery-late', missed: null });
});

test('a parcel that waits to be collected has no day of arrival', () => {
  const events = [placing(), inParcel, attempted('P1', 'Corner shop')];

  const { attempts } = contextAfter(events, ['P1/attempt-P1']);

  expect(attempts).toHaveLength(1);
  expect(attempts[0]).toMatchObject({ pickupPoint: 'Corner shop', parcel: { expected: null } });
});

test('a lost parcel has no day of arrival', () => {
  const { delay } = contextAfter([placing(), inParcel, gone('P1', 'lost')], ['P1']);

  expect(delay?.parcels[0]).toMatchObject({ carrier: 'Parcel Post', expected: null });
});

test('a cancelled order keeps nothing', () => {
  const { cancellation } = contextAfter([placing(), cancelledWhole], ['order']);

  expect(cancellation.isWholeOrder).toBe(true);
  expect(cancellation.kept.isEmpty).toBe(true);
  expect(cancellation.refunded).toBeNull();
});

test('a cancellation names its pieces, what stays, and the refund as booked', () => {
  const events = [placing(), cancelledLines(['tin']), refunded(2450)];

  const { cancellation } = contextAfter(events, ['cancel-tin']);

  expect(inWords(cancellation.items)).toEqual(['1 Loaf tin, 1 kg']);
  expect(inWords(cancellation.kept)).toContain('2 Loaf tin, 1 kg');
  expect(cancellation.refunded).toBe('€24.50');
});

test('a cancelled piece that had left the shop is said to be underway', () => {
  const { cancellation } = contextAfter(
    [placing(), inParcel, cancelledLines(['mill'])],
    ['cancel-mill'],
  );

  expect(inWords(cancellation.underway)).toEqual(['1 Hand grain mill, beech']);
});

test('a cancelled piece that had not left is not', () => {
  const { cancellation } = contextAfter(
    [placing(), inParcel, cancelledLines(['tin'])],
    ['cancel-tin'],
  );

  expect(cancellation.underway.isEmpty).toBe(true);
});

test('everything sent in one parcel leaves nothing to send', () => {
  const { stillToSend } = contextAfter([placing(), dispatchedAll('P1')], ['P1']);

  expect(stillToSend.isEmpty).toBe(true);
});

test('tax is included where the other amounts make up the total, and beside them where not', () => {
  const lines = sampleLines.slice(0, 1);
  const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
  const amounts = { lines, shipping: euros(500), discount: undefined, tax: euros(1000) };

  const included = contextAfter([placing({ ...amounts, total: euros(13_400) })]);
  const added = contextAfter([placing({ ...amounts, total: euros(14_400) })]);

  expect(included.order.totals.isTaxIncluded).toBe(true);
  expect(added.order.totals.isTaxIncluded).toBe(false);
});

test('a long list says how many lines it leaves to the order’s page', () => {
  const lines = Array.from({ length: 60 }, (_, index) => sampleLine(`${index}`, 'Plate', 1895));

  const { order } = contextAfter([placing({ lines })]);

  expect(order.items.lines).toHaveLength(50);
  expect(order.items.more).toBe(10);
  expect(order.items.pieces).toBe(60);
});
