import { describe, expect, test } from 'vitest';
import { adjustmentTransactions } from '#core/domain/ledger/adjustment-transaction.ts';
import { assertBalanced, booksOf, UnbalancedTransaction } from '#core/domain/ledger/books.ts';
import { frozenRate } from '#core/domain/ledger/frozen-rate.ts';
import type { LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import { ledgerPosted } from '#core/contracts/ledger-posted.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  euros,
  line,
  placed,
  received,
  refunded,
} from '#tests/unit/orders/order-events.ts';
import { balanceOf, booked, entriesOf, linesOf } from './booked.ts';

const credit = {
  class: 'followup_crosssell',
  originOrderId: '100001',
  shares: [
    { kind: 'touch', id: 't1', orderId: '100001', touch: 'cross-sell', parts: 1 },
    { kind: 'touch', id: 't2', orderId: '100001', touch: 'win-back', parts: 1 },
    { kind: 'code', id: 'SPRING', orderId: '100001', parts: 1 },
  ],
  because: 'clicks',
} as const;

const ofLine = (entries: readonly LedgerEntry[], kind: string) =>
  entries.filter((entry) => entry.kind === kind);

describe('an order', () => {
  test('has no books before it comes, and then those of everything that came before it', () => {
    const refund = refunded(11, { lines: [{ lineId: 'mill', quantity: 1 }] });

    expect(booked([refund])).toEqual([]);
    expect(booked([refund, placed()]).map(linesOf)).toEqual([
      ['revenue goods mill -1000', 'revenue goods tin -2000'],
      ['revenue goods mill 1000'],
    ]);
  });

  test('that is a test has no books', () => {
    expect(booked([placed({ test: true }), cancelled(11)])).toEqual([]);
  });

  test('is booked with goods and discount of each line apart', () => {
    const [sale] = booked([placed({ discount: euros(100), total: euros(2900) })]);

    expect(linesOf(sale)).toEqual([
      'revenue goods mill -1000',
      'revenue discount mill 33',
      'revenue goods tin -2000',
      'revenue discount tin 67',
    ]);
  });

  test('moves no money by what happens to its parcels', () => {
    expect(booked([placed(), delivered(12)])).toHaveLength(1);
  });

  test('whose cancellation comes after its refund is corrected without touching what was booked', () => {
    const refund = refunded(12, { reason: 'cancelled', amount: euros(1500) });
    const late = cancelled(11, { lines: [{ lineId: 'mill', quantity: 1 }] });

    const [, first, second] = booked([placed(), refund, late]);

    expect(linesOf(first)).toEqual(['revenue goods mill 500', 'revenue goods tin 1000']);
    expect(linesOf(second)).toEqual(['revenue goods mill 500', 'revenue goods tin -500']);
    expect(booked([placed(), late, refund]).flatMap(linesOf)).toEqual([
      'revenue goods mill -1000',
      'revenue goods tin -2000',
      'revenue goods mill 1000',
      'revenue goods tin 500',
    ]);
  });

  test('keeps its frozen rate in what is taken back, to the last minor unit of both currencies', () => {
    const lines = [line('mill', { quantity: 3, unitPrice: { amountMinor: 333, currency: 'USD' } })];
    const total = { amountMinor: 999, currency: 'USD' };
    const order = placed({ lines, total, exchangeRate: { to: 'EUR', rate: '0.9137' } });
    const pieces = [11, 12, 13].map((hours) =>
      received(hours, `R${hours}`, { lines: [{ lineId: 'mill', quantity: 1 }] }),
    );

    const transactions = booked([order, ...pieces]);

    expect(ofLine(entriesOf(transactions), 'goods').map((entry) => entry.reportingMinor)).toEqual([
      -913, 304, 305, 304,
    ]);
    expect(booksOf(transactions).every(({ amountMinor }) => amountMinor === 0)).toBe(true);
    expect(booksOf(transactions).every(({ reportingMinor }) => reportingMinor === 0)).toBe(true);
  });

  test('splits a line between its credits, and what is taken back in the same way', () => {
    const order = placed({
      lines: [line('mill', { unitPrice: euros(1000), quantity: 2, credit })],
      total: euros(2000),
    });

    const entries = ofLine(
      entriesOf(booked([order, refunded(11, { amount: euros(500) }), cancelled(12)])),
      'goods',
    );

    expect(entries.map((entry) => entry.credits?.map(({ amountMinor }) => amountMinor))).toEqual([
      [-667, -667, -666],
      [167, 167, 166],
      [500, 500, 500],
    ]);
    expect(entries.map((entry) => entry.class)).toEqual(Array(3).fill('followup_crosssell'));
    const [sale, ...backs] = entries;
    expect(backs.map(({ reverses }) => reverses)).toEqual([sale?.entryId, sale?.entryId]);
  });

  test('takes back what was sold last first', () => {
    const [sale, more, fewer] = booked([
      placed({ lines: [line('mill')], total: euros(1000) }),
      amended(11, { lines: [{ lineId: 'mill', quantity: 3 }] }),
      cancelled(12, { lines: [{ lineId: 'mill', quantity: 2 }] }),
    ]);
    const goods = (transaction: Transaction | undefined) =>
      transaction?.entries.filter(({ kind }) => kind === 'goods') ?? [];

    expect(goods(fewer).map(({ reverses, amountMinor }) => [reverses, amountMinor])).toEqual([
      [goods(more)[0]?.entryId, 2000],
    ]);
    expect(goods(sale)).toHaveLength(1);
  });

  test('with a total after its cancellation that leaves out what was cancelled makes no difference', () => {
    const transactions = booked([
      placed(),
      cancelled(11, { lines: [{ lineId: 'mill', quantity: 1 }] }),
      amended(12, { total: euros(2000) }),
    ]);

    expect(balanceOf(transactions, 'difference')).toBe(0);
    expect(balanceOf(transactions, 'receivable')).toBe(2000);
  });

  test('is settled in its own currency: an amount in another is not booked', () => {
    const foreign = refunded(11, { amount: { amountMinor: 1000, currency: 'USD' } });

    expect(booked([placed(), foreign])).toHaveLength(1);
  });

  test('with an amount beyond what doubles hold is refused', () => {
    const lines = [line('mill', { unitPrice: euros(2 ** 52), quantity: 4 })];

    expect(() => booked([placed({ lines })])).toThrow(RangeError);
  });

  test('of 500 lines with five credits each is booked in parts that fit an event', () => {
    const shares = Array.from({ length: 5 }, (_, index) => ({
      ...credit.shares[0],
      id: `touch-${index}`,
    }));
    const lines = Array.from({ length: 500 }, (_, index) =>
      line(`${'line-'.repeat(24)}${index}`, { credit: { ...credit, shares } }),
    );

    const transactions = booked([placed({ lines, total: euros(500_000) })]);

    expect(transactions.map(({ part }) => part)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    for (const each of transactions) {
      assertBalanced(each);
      expect(Buffer.byteLength(JSON.stringify(ledgerPosted(each)))).toBeLessThan(256 * 1024);
    }
  });
});

test('a transaction is told with the digits of its currencies, and every entry of it', () => {
  const [sale] = booked([
    placed({
      lines: [line('mill', { unitPrice: { amountMinor: 1500, currency: 'JPY' }, credit })],
      total: { amountMinor: 1500, currency: 'JPY' },
      exchangeRate: { to: 'EUR', rate: '0.00613' },
    }),
  ]);
  if (sale === undefined) throw new Error('nothing was booked');

  const event = ledgerPosted(sale);

  expect(outgoingEvents.LedgerEntryPosted.parse(event.detail)).toMatchObject({
    eventId: `ledger-${sale.transactionId}`,
    transaction: 'sale',
    entries: [
      { account: 'receivable', amountMinor: 1500, exponent: 0, reportingMinor: 920 },
      {
        account: 'revenue',
        amountMinor: -1500,
        currency: 'JPY',
        reportingMinor: -920,
        reportingCurrency: 'EUR',
        reportingExponent: 2,
        credits: [{ amountMinor: -500 }, { amountMinor: -500 }, { amountMinor: -500 }],
      },
    ],
  });
});

describe('an adjustment', () => {
  const event = {
    type: 'AdjustmentPosted',
    eventId: 'adj-1',
    occurredAt: at(10),
    shop: 'hearth',
    adjustmentId: '2026-03',
    amountMinor: -1106,
    currency: 'USD',
    reason: 'bad debt',
  } as const;

  test('is a transaction of its own', () => {
    const [transaction] = adjustmentTransactions(event, { to: 'EUR', rate: '0.92' }, sha256Digest);

    expect(transaction).toMatchObject({
      orderId: 'adjustment/2026-03',
      type: 'adjustment',
      entries: [
        { account: 'receivable', amountMinor: -1106, reportingMinor: -1018 },
        { account: 'adjustment', amountMinor: 1106, reportingMinor: 1018 },
      ],
    });
  });

  test('by nothing is not booked', () => {
    expect(adjustmentTransactions({ ...event, amountMinor: 0 }, undefined, sha256Digest)).toEqual(
      [],
    );
  });
});

describe('a rate', () => {
  const rules = { reportingCurrency: 'EUR', rates: { USD: '0.92' } };

  test.each([
    ['EUR', { to: 'EUR', rate: '2' }, undefined],
    ['USD', undefined, { to: 'EUR', rate: '0.92' }],
    ['USD', { to: 'EUR', rate: '0.95' }, { to: 'EUR', rate: '0.95' }],
    ['USD', { to: 'GBP', rate: '0.8' }, { to: 'EUR', rate: '0.92' }],
    ['USD', { to: 'EUR', rate: '0.00' }, { to: 'EUR', rate: '0.92' }],
    ['CHF', { to: 'EUR', rate: '1.05' }, { to: 'EUR', rate: '1.05' }],
  ])('of %s, given %j, is %j', (currency, given, exchangeRate) => {
    expect(frozenRate(currency, given, rules)).toEqual(
      exchangeRate === undefined ? { ok: true } : { ok: true, exchangeRate },
    );
  });

  test('that is not known is said with what to do', () => {
    expect(frozenRate('CHF', undefined, rules)).toEqual({
      ok: false,
      problem: expect.stringContaining('add ledger.rates.CHF to afterglow.config.ts'),
    });
  });
});

describe('what is not balanced', () => {
  const [sale] = booked([placed({ lines: [line('mill', { credit })], total: euros(1000) })]);
  if (sale === undefined) throw new Error('nothing was booked');
  const [due, goods] = sale.entries;
  if (due === undefined || goods === undefined) throw new Error('an entry is missing');

  test.each([
    ['sum to 1 EUR, expected 0', [{ ...due, amountMinor: 1001 }, goods]],
    ['sum to -1 EUR as reported', [{ ...due, reportingMinor: 999 }, goods]],
    [
      'expected whole minor units',
      [
        { ...due, amountMinor: 0.5 },
        { ...goods, amountMinor: -0.5 },
      ],
    ],
    [
      'sum to -334 and -334, expected -1000',
      [due, { ...goods, credits: goods.credits?.slice(0, 1) }],
    ],
    ['got no entries', []],
  ])('is refused: %s', (problem, entries) => {
    expect(() => assertBalanced({ ...sale, entries })).toThrow(UnbalancedTransaction);
    expect(() => assertBalanced({ ...sale, entries })).toThrow(problem);
  });
});
