import { describe, expect, it } from 'vitest';
import { compareRuns, isSame } from '#rehearsal/diff/compare-runs.ts';
import { booked, exactly, order, page, runOf, touch } from './run-fakes.ts';

const compare = (before: ReturnType<typeof runOf>, after: ReturnType<typeof runOf>) =>
  compareRuns(before, after, exactly);

const whole = runOf({
  touches: [touch()],
  pages: [page([{ offerId: 'mug' }, { offerId: 'filter' }])],
  transactions: [booked(-4_000)],
  executions: { 'fulfilment: SUCCEEDED': 1 },
  transitions: 12,
});

describe('a comparison of runs', () => {
  it('finds nothing between a run and itself', () => {
    const diff = compare(whole, whole);

    expect(isSame(diff)).toBe(true);
    expect(diff.sent).toEqual([{ name: 'review-request', before: 1, after: 1 }]);
  });

  it('tells of orders that one side alone has, and holds nothing of them against the other', () => {
    const followed = order({ orderId: '1001-win-back' });
    const of = { shop: followed.shop, orderId: followed.orderId };

    const diff = compare(
      whole,
      runOf({
        ...whole,
        orders: [...whole.orders, followed],
        touches: [...whole.touches, touch(of)],
        pages: [...whole.pages, page([{ offerId: 'mug' }], of)],
        transactions: [...whole.transactions, { ...booked(-900), ...of }],
      }),
    );

    expect(diff.orders.onlyAfter).toEqual([followed]);
    expect(diff.orders.common).toEqual(whole.orders);
    expect(diff.touches).toEqual([]);
    expect(diff.pages.changed).toEqual([]);
    expect(diff.books.entries).toEqual([]);
    expect(diff.sent).toEqual([{ name: 'review-request', before: 1, after: 2 }]);
    expect(diff.books.balances).toEqual([
      { account: 'revenue, primary', currency: 'EUR', beforeMinor: -4_000, afterMinor: -4_900 },
    ]);
    expect(isSame(diff)).toBe(false);
  });

  it('tells of a page that shows the same offers in another order', () => {
    const turned = runOf({ ...whole, pages: [page([{ offerId: 'filter' }, { offerId: 'mug' }])] });

    const { pages } = compare(whole, turned);

    expect(pages.changed).toEqual([order()]);
    expect(pages.compared).toBe(1);
    expect(pages.shown).toEqual([]);
  });

  it('tells of executions and transitions that are others, and of those that fail on one side', () => {
    const failed = [{ name: 'hearth_1001_onboarding', because: 'FAILED States.Timeout' }];

    const diff = compare(
      whole,
      runOf({ ...whole, executions: { 'fulfilment: FAILED': 1 }, transitions: 9, failed }),
    );

    expect(diff.executions).toEqual([
      { name: 'fulfilment: FAILED', before: 0, after: 1 },
      { name: 'fulfilment: SUCCEEDED', before: 1, after: 0 },
    ]);
    expect(diff.transitions).toEqual({ name: 'transitions', before: 12, after: 9 });
    expect(diff.failed).toEqual({ onlyBefore: [], onlyAfter: failed });
  });

  it.each([
    ['an amount', booked(-3_900), 'amount'],
    ['the credits', booked(-4_000, { credits: [credit('touch')] }), 'credits'],
    ['the currency', booked(-4_000, { currency: 'USD' }), 'amount'],
  ] as const)('tells of an entry of which %s differs', (_, transaction, kind) => {
    const { books } = compare(whole, runOf({ ...whole, transactions: [transaction] }));

    expect(books.entries.map((each) => each.kind)).toEqual([kind]);
  });

  it('tells of entries that are booked on one side alone', () => {
    const none = runOf({ ...whole, transactions: [] });

    expect(compare(whole, none).books.entries.map(({ kind }) => kind)).toEqual(['only-before']);
    expect(compare(none, whole).books.entries.map(({ kind }) => kind)).toEqual(['only-after']);
  });
});

function credit(kind: 'touch' | 'session') {
  return { kind, id: 'cross-sell', orderId: '900', amountMinor: -4_000, reportingMinor: -4_000 };
}
