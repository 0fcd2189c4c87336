import { describe, expect, it } from 'vitest';
import { compareRuns } from '#rehearsal/diff/compare-runs.ts';
import { type DiffReport, sectionsOfDiff, verdictOf } from '#rehearsal/diff/diff-report.ts';
import type { RunRecord } from '#rehearsal/diff/run-record.ts';
import { diffInMarkdown, diffInWords } from '../../../bin/diff/print-diff.ts';
import { booked, exactly, order, runOf, touch } from './run-fakes.ts';

const reportOf = (
  before: RunRecord,
  after: RunRecord,
  given: Partial<DiffReport> = {},
): DiffReport => ({
  before: 'main',
  after: 'the working tree',
  input: ['20 orders read'],
  diff: compareRuns(before, after, exactly),
  currency: 'USD',
  expected: [],
  ratesOf: 'of a test',
  notCovered: ['nobody reacts'],
  ...given,
});

const orders = Array.from({ length: 20 }, (_, at) => order({ orderId: `${1001 + at}` }));
const requests = orders.map(({ orderId }) => touch({ orderId }));
const run = runOf({ orders, touches: requests, transactions: [booked(-4_000)] });

/** The first three are asked three days earlier, the fourth is not asked. */
const sooner = runOf({
  ...run,
  touches: requests.map((request, at) => {
    if (at < 3) return { ...request, at: '2026-03-08T09:00:00.000Z' };
    return at === 3
      ? touch({
          orderId: request.orderId,
          ending: 'dropped',
          reason: 'dissatisfied',
          channel: undefined,
        })
      : request;
  }),
});

const titles = (report: DiffReport): readonly string[] =>
  sectionsOfDiff(report).map(({ title }) => title);

describe('the report of a difference', () => {
  it('says in one sentence that there is none', () => {
    const report = reportOf(run, run);

    expect(verdictOf(report)).toBe(
      'No difference: the working tree does for all 20 orders what main does: the same messages at the same times, decisions, pages, journeys, cost and books.',
    );
    expect(titles(report)).toEqual(['Not covered']);
  });

  it('begins with the share of orders that get other messages, and what changes most', () => {
    expect(verdictOf(reportOf(run, sooner))).toBe(
      '20 % (4 of 20) of orders get other messages: 3 review-request at another time, 1 review-request fewer.',
    );
  });

  it('names what else changes where no message does', () => {
    const after = runOf({ ...run, transactions: [booked(-3_900)], transitions: 3 });

    expect(verdictOf(reportOf(run, after))).toBe(
      'None of 20 orders gets other messages; what changes is journeys, books.',
    );
  });

  it('shows each touch with counts, shares and orders as they were and are', () => {
    const text = diffInWords(reportOf(run, sooner));

    expect(text).toContain('touch           sent     fewer  other time  orders');
    expect(text).toContain('review-request  20 → 19  1      3           20 % (4 of 20)');
    expect(text).toContain(
      '- review-request of hearth 1001: before day 10.0 by email, after day 7.0 by email',
    );
    expect(text).toContain(
      'review-request  sent by email  dropped (dissatisfied)  1 (of 5.0 % of orders)  1004',
    );
    expect(text).toContain('Before: main; after: the working tree.\n20 orders read');
  });

  it('shows how a subject was reworded', () => {
    const reworded = runOf({
      ...run,
      touches: requests.map((request) => ({
        ...request,
        words: { subject: 'Tell us', text: 'z', look: 'z' },
      })),
    });

    expect(diffInWords(reportOf(run, reworded))).toContain('; “How was it?” became “Tell us”');
  });

  it('shows books and expected revenue as amounts with their sign', () => {
    const expected = [
      {
        kind: 'offer' as const,
        name: 'mug',
        currency: 'EUR',
        before: { times: 10, revenueMinor: 1_000 },
        after: { times: 12, revenueMinor: 1_250 },
      },
    ];

    const text = diffInWords(
      reportOf(run, runOf({ ...run, transactions: [booked(-3_900)] }), { expected }),
    );

    expect(text).toContain('offer mug  10      12     10.00 EUR        12.50 EUR       +2.50 EUR');
    expect(text).toContain('revenue, primary  -40.00 EUR  -39.00 EUR  +1.00 EUR');
    expect(text).toContain('- hearth 1001, revenue (sale, goods): -40.00 EUR became -39.00 EUR');
  });

  it('tells of orders that follow on one side alone', () => {
    const followed = order({ orderId: '1001-win-back' });

    const report = reportOf(run, runOf({ ...run, orders: [...orders, followed] }));

    expect(titles(report)).toEqual(['Orders of one side alone', 'Not covered']);
    expect(diffInWords(report)).toContain('only after   1       1001-win-back');
  });

  it('is Markdown for a pull request', () => {
    const text = diffInMarkdown(reportOf(run, sooner));

    expect(text).toMatch(/^# Journey diff\n\n\*\*20 % \(4 of 20\) of orders/);
    expect(text).toContain('| review-request | 20 → 19 | 1 | 3 | 20 % (4 of 20) |');
    expect(text).toContain('## Not covered\n\n- nobody reacts');
  });
});
