import { describe, expect, test } from 'vitest';
import type { Product } from '#core/domain/catalogue/product.ts';
import type { LineList } from '#core/domain/messages/line-list.ts';
import type { Subject } from '#core/domain/touches/touch.ts';
import {
  cancelledLines,
  delivered,
  dispatched,
  placing,
  refundOf,
  sampleLine,
  sentBack,
} from '#lib/messages/sample-orders.ts';
import { plainLinks } from '#core/domain/messages/message-links.ts';
import { sampleShop } from '#lib/messages/sample-shop.ts';
import { contextAfter } from './sample-context.ts';

const inWords = ({ lines }: LineList): readonly string[] =>
  lines.map(({ quantity, name }) => `${quantity} ${name}`);

const arrived = [placing(), dispatched('P1', ['mill', 'tin', 'apron']), delivered('P1')];

const product = (name: string, facts: Partial<Product> = {}): Product => ({
  sku: `SKU-${name}`,
  name,
  ...facts,
});

const telling = (tellsOf: Subject, products: readonly Product[] = []) => ({ tellsOf, products });

const now = '2026-11-22T12:00:00.000Z';

describe('the lines told', () => {
  test('are those that the subjects name', () => {
    const { told } = contextAfter(arrived, ['mill', 'tin'], now, telling('lines'));

    expect(inWords(told)).toEqual(['1 Hand grain mill, beech', '3 Loaf tin, 1 kg']);
  });

  test('are all lines where the subject is the order', () => {
    const { told, order } = contextAfter(arrived, ['order'], now, telling('order'));

    expect(inWords(told)).toEqual(inWords(order.items));
  });

  test('are without the pieces that were cancelled or are on their way back', () => {
    const events = [...arrived, cancelledLines(['tin']), sentBack(['mill', 'tin'])];

    const { told } = contextAfter(events, ['mill', 'tin'], now, telling('lines'));

    expect(inWords(told)).toEqual(['1 Loaf tin, 1 kg']);
  });
});

describe('a line', () => {
  const pages = { url: 'https://www.hearth.example/mill', guideUrl: 'https://evil.example/guide' };

  test('links to the product’s pages that the shop vouches for', () => {
    const circumstances = telling('lines', [product('mill', pages)]);

    const { told } = contextAfter(arrived, ['mill', 'tin'], now, circumstances);

    expect(told.lines).toMatchObject([
      { productUrl: 'https://www.hearth.example/mill', guideUrl: null },
      { productUrl: null, guideUrl: null },
    ]);
  });

  test('is reviewed on the shop’s page, by its SKU', () => {
    const { told } = contextAfter(arrived, ['mill'], now, telling('lines'));

    expect(told.lines[0]?.reviewUrl).toBe('https://www.hearth.example/review?sku=SKU-mill');
  });

  test('is reviewed nowhere when the shop has no page for it', () => {
    const shop = { ...sampleShop, pages: {} };

    const { told } = contextAfter(arrived, ['mill'], now, { tellsOf: 'lines', shop });

    expect(told.lines[0]?.reviewUrl).toBeNull();
  });
});

describe('offers', () => {
  const price = { amountMinor: 1990, currency: 'EUR' };

  test('are the products that the subjects name, in their order; unknown ones are left out', () => {
    const products = [product('a', { price, url: 'https://www.hearth.example/a' }), product('b')];

    const { offers } = contextAfter(
      arrived,
      ['SKU-b', 'SKU-unknown', 'SKU-a'],
      now,
      telling('products', products),
    );

    expect(offers).toEqual([
      {
        name: 'b',
        category: null,
        imageUrl: null,
        price: null,
        url: sampleShop.website,
        texts: [],
      },
      {
        name: 'a',
        category: null,
        imageUrl: null,
        price: '€19.90',
        url: 'https://www.hearth.example/a',
        texts: [],
      },
    ]);
  });

  test('lead to the shop’s website instead of to a host that it does not vouch for', () => {
    const products = [product('a', { url: 'https://evil.example/a' })];

    const { offers } = contextAfter(arrived, ['SKU-a'], now, telling('products', products));

    expect(offers[0]?.url).toBe(sampleShop.website);
  });

  test('are none of a message that tells of lines', () => {
    const { offers } = contextAfter(arrived, ['SKU-a'], now, telling('lines', [product('a')]));

    expect(offers).toEqual([]);
  });
});

describe('the survey', () => {
  test('asks for 1 to 5, or for 0 to 10', () => {
    const scoresOf = (survey: 'csat' | 'nps') =>
      contextAfter(arrived, [], now, { shop: { ...sampleShop, survey } }).survey?.answers.map(
        ({ score }) => score,
      );

    expect(scoresOf('csat')).toEqual([1, 2, 3, 4, 5]);
    expect(scoresOf('nps')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('is answered on our survey page with the score', () => {
    const { survey } = contextAfter(arrived);

    expect(survey?.answers[0]?.url).toBe('https://links.hearth.example/survey?t=token&score=1');
  });

  test('is none where nobody in particular reads the message', () => {
    const { survey } = contextAfter(arrived, [], now, { links: plainLinks });

    expect(survey).toBeNull();
  });
});

test('refunds are those that the subjects name, with amount, reason and lines', () => {
  const lines = [{ lineId: 'tin', quantity: 2 }];
  const events = [
    ...arrived,
    refundOf('r-1', 4900, { lines, reason: 'returned' }),
    refundOf('r-2', 500),
    refundOf('r-3', 700),
  ];

  const { refunds } = contextAfter(events, ['r-1', 'r-2']);

  expect(refunds).toMatchObject([
    { amount: '€49.00', reason: 'returned' },
    { amount: '€5.00', reason: null, items: { isEmpty: true } },
  ]);
  expect(refunds.flatMap(({ items }) => inWords(items))).toEqual(['2 Loaf tin, 1 kg']);
});

describe('sending things back', () => {
  const until = (subjects: readonly string[], ...products: readonly Product[]) =>
    contextAfter(arrived, subjects, now, telling('lines', products)).returns.until;

  test('is possible until the first of the told lines cannot be sent back any more', () => {
    const products = [
      product('mill', { returnableDays: 30 }),
      product('tin', { returnableDays: 14 }),
    ];

    expect(until(['mill'], ...products)).toBe('Monday 21 December');
    expect(until(['mill', 'tin'], ...products)).toBe('Saturday 5 December');
  });

  test.each([
    ['of one line nothing is said', { returnableDays: undefined }],
    ['one line cannot be sent back', { returnableDays: 0 }],
    ['the day has gone by', { returnableDays: 1 }],
  ])('has no day when %s', (_, facts) => {
    expect(
      until(['mill', 'tin'], product('mill', { returnableDays: 30 }), product('tin', facts)),
    ).toBeNull();
  });

  test('has no day before the line has arrived', () => {
    expect(until(['oven'], product('oven', { returnableDays: 30 }))).toBeNull();
  });

  test('does not depend on what needs no parcel', () => {
    expect(until(['mill', 'course'], product('mill', { returnableDays: 30 }))).toBe(
      'Monday 21 December',
    );
  });
});

describe('the warranty', () => {
  const warrantyOf = (subjects: readonly string[], ...products: readonly Product[]) =>
    contextAfter(arrived, subjects, now, telling('lines', products)).warranty;

  test('is that of the first told line that has one, from its arrival', () => {
    const products = [
      product('tin', { warrantyMonths: 24 }),
      product('apron', { warrantyMonths: 6 }),
    ];

    expect(warrantyOf(['mill', 'tin', 'apron'], ...products)).toEqual({
      months: 24,
      until: '21 November 2028',
    });
  });

  test('ends with the month where the month is too short', () => {
    const order = placing({ lines: [sampleLine('mill', 'Mill', 100)] });
    const events = [
      order,
      dispatched('P1', ['mill']),
      { ...delivered('P1'), occurredAt: '2026-12-31T11:00:00.000Z' },
    ];

    const { warranty } = contextAfter(
      events,
      ['mill'],
      now,
      telling('lines', [product('mill', { warrantyMonths: 2 })]),
    );

    expect(warranty.until).toBe('28 February 2027');
  });

  test('has no end before its line has arrived', () => {
    expect(warrantyOf(['oven'], product('oven', { warrantyMonths: 24 }))).toEqual({
      months: 24,
      until: null,
    });
  });

  test('is none where no told line has one', () => {
    expect(warrantyOf(['mill'])).toEqual({ months: null, until: null });
  });
});
