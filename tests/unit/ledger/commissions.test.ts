import { expect, test } from 'vitest';
import { amended, euros, line, placed, refunded } from '#tests/unit/orders/order-events.ts';
import { told } from '#tests/unit/orders/histories.ts';
import { booked, linesOf } from './booked.ts';
import { commissioned, uncommissioned } from './order-histories.ts';

const anomaliesOf = (...events: Parameters<typeof told>[0]): readonly string[] =>
  told([placed(), ...events]).anomalies.map(({ what }) => what);

test('a commission is confirmed once, and taken back up to what it was', () => {
  const again = commissioned(12, { amount: euros(900) });
  const back = [13, 14].map((hours) => uncommissioned(hours, { amount: euros(500) }));

  const order = told([placed(), commissioned(11), again, ...back]);

  expect(order.commissions).toMatchObject([
    { commissionId: 'K1', amount: euros(700), reversedMinor: 700, sessionId: 's1', offerId: 'o2' },
  ]);
  expect(order.anomalies).toEqual([
    {
      eventId: 'commissioned-12',
      what: 'the commission K1 was confirmed a second time; the first stands',
    },
  ]);
});

test('a reversal of nothing, or in another currency, takes nothing back and is noted', () => {
  expect(anomaliesOf(uncommissioned(11))).toEqual([
    'the commission K1 was reversed before it was confirmed; nothing is taken back',
  ]);
  expect(
    anomaliesOf(
      commissioned(11),
      uncommissioned(12, { amount: { amountMinor: 700, currency: 'USD' } }),
    ),
  ).toEqual(['the commission K1 is in EUR, its reversal in USD: not taken back']);
});

test('a commission in another currency is booked in it, at its own rate', () => {
  const [, transaction] = booked([
    placed(),
    commissioned(11, {
      amount: { amountMinor: 1000, currency: 'USD' },
      exchangeRate: { to: 'EUR', rate: '0.92' },
    }),
  ]);

  expect(transaction?.entries).toMatchObject([
    { account: 'receivable', amountMinor: 1000, currency: 'USD', reportingMinor: 920 },
    {
      account: 'commission',
      class: 'partner_commission',
      amountMinor: -1000,
      reportingMinor: -920,
      reportingCurrency: 'EUR',
      credits: [{ kind: 'session', id: 's1', orderId: '100482', offerId: 'o2' }],
    },
  ]);
});

test('an amount in another currency than the order’s is noted', () => {
  const foreign = { amountMinor: 100, currency: 'USD' };

  expect(
    anomaliesOf(
      refunded(11, { amount: foreign }),
      amended(12, { addedLines: [line('lamp', { unitPrice: foreign })] }),
    ),
  ).toEqual([
    'RefundIssued is in USD, the order in EUR: its amount is not booked',
    'OrderAmended is in USD, the order in EUR: its amount is not booked',
  ]);
  expect(
    booked([placed(), amended(12, { addedLines: [line('lamp', { unitPrice: foreign })] })]).map(
      linesOf,
    ),
  ).toHaveLength(1);
});
