import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { amended, line, placed, refunded } from '#tests/unit/orders/order-events.ts';
import { booksCsv } from '../../../bin/ledger/books-csv.ts';
import { booksText } from '../../../bin/ledger/books-text.ts';
import { booked } from './booked.ts';

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' });

const credit = {
  class: 'confirmation_upsell',
  shares: [{ kind: 'session', id: 's-1', orderId: '100482', offerId: 'lamp', parts: 1 }],
  because: 'its session',
} as const;

const transactions = booked([
  placed({
    lines: [line('mill', { unitPrice: dollars(1000) })],
    total: dollars(1000),
    exchangeRate: { to: 'EUR', rate: '0.92' },
  }),
  amended(11, { addedLines: [line('=lamp', { unitPrice: dollars(500), credit })] }),
  refunded(12, { amount: dollars(1500) }),
]);

const squeezed = (text: string): readonly string[] =>
  stripVTControlCharacters(text)
    .split('\n')
    .map((each) => each.trim().replaceAll(/ +/g, ' '));

test('the books are printed by transaction, with what is owed after each, and what it comes to', () => {
  expect(squeezed(booksText('Books', transactions))).toEqual([
    'Books',
    '#1 2026-11-18 10:00 sale placed',
    'receivable 10.00 USD 9.20 EUR',
    'revenue goods primary mill SKU-mill -10.00 USD -9.20 EUR',
    'owed then 10.00 USD',
    '#2 2026-11-18 11:00 amendment amended-11',
    'receivable 5.00 USD 4.60 EUR',
    'revenue goods confirmation_upsell =lamp SKU-=lamp -5.00 USD -4.60 EUR',
    '-5.00 USD credited to session s-1 offer lamp of order 100482',
    'owed then 15.00 USD',
    '#3 2026-11-18 12:00 refund refunded-12',
    'receivable -15.00 USD -13.80 EUR',
    'revenue goods primary mill SKU-mill 10.00 USD 9.20 EUR takes back of #1',
    'revenue goods confirmation_upsell =lamp SKU-=lamp 5.00 USD 4.60 EUR takes back of #2',
    '5.00 USD credited to session s-1 offer lamp of order 100482',
    'owed then 0.00 USD',
    'Balances: all zero',
    '',
  ]);
});

test('as CSV they are a row an entry, in decimals, and no text is taken for a formula', () => {
  const [header, ...rows] = booksCsv(transactions).split('\n');

  expect(header).toMatch(/^shop,order,occurred_at,transaction,type,account/);
  expect(rows[1]).toMatch(
    /^hearth,100482,2026-11-18T10:00:00\.000Z,\w+,sale,revenue,goods,primary,mill,SKU-mill,-10\.00,USD,-9\.20,EUR,,\w+,$/,
  );
  expect(rows[3]).toContain(",confirmation_upsell,'=lamp,SKU-=lamp,-5.00,USD");
  expect(rows[3]).toMatch(/,session s-1$/);
});
