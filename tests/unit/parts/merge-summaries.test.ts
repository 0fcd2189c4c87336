import { describe, expect, it } from 'vitest';
import { mergeCounts } from '#rehearsal/parts/merge-counts.ts';
import { mergeSummaries } from '#rehearsal/parts/merge-summaries.ts';
import type { Summary } from '#rehearsal/report/summary.ts';
import type { UsageCounts } from '#rehearsal/cost/counts.ts';

const nothing: Summary = {
  from: '2026-03-01T00:00:00.000Z',
  until: '2026-03-31T00:00:00.000Z',
  events: 0,
  orders: 0,
  testOrders: 0,
  ordersAwaited: 0,
  ordersByStatus: {},
  messages: {},
  mails: 0,
  texts: 0,
  pushes: 0,
  held: {},
  exposed: {},
  page: {},
  visits: {},
  injected: {},
  executions: {},
  scheduled: 0,
  repeats: {},
  transitions: 0,
  parked: {},
  refused: {},
  denied: [],
  unusedGrants: [],
  invariants: {},
  redriven: 0,
  lostBySenders: 0,
  problems: [],
};

const part = (says: Partial<Summary>, put = 0, lost = 0) => ({
  summary: { ...nothing, ...says },
  forEveryPart: { put, lost },
});

describe('mergeSummaries', () => {
  it('leaves the summary of one part as it is', () => {
    const alone = part({ events: 7, messages: { 'a: sent': 1 }, problems: ['late'] }, 2, 1);

    expect(mergeSummaries([alone])).toEqual(alone.summary);
  });

  it('adds counts by their names, in the order of those', () => {
    const merged = mergeSummaries([
      part({ orders: 2, mails: 5, messages: { 'b: sent': 1, 'c: sent': 2 } }),
      part({ orders: 3, mails: 7, messages: { 'a: sent': 4, 'c: sent': 8 } }),
    ]);

    expect(merged).toMatchObject({ orders: 5, mails: 12 });
    expect(Object.entries(merged.messages)).toEqual([
      ['a: sent', 4],
      ['b: sent', 1],
      ['c: sent', 10],
    ]);
  });

  it('keeps invariants in their own order', () => {
    const invariants = { 'nothing lost': 1, 'books balanced': 0 };

    const merged = mergeSummaries([part({ invariants }), part({ invariants })]);

    expect(Object.entries(merged.invariants)).toEqual([
      ['nothing lost', 2],
      ['books balanced', 0],
    ]);
  });

  it('counts what every part was told once', () => {
    const merged = mergeSummaries([
      part({ events: 10, lostBySenders: 2 }, 3, 1),
      part({ events: 20, lostBySenders: 1 }, 3, 1),
      part({ events: 30, lostBySenders: 1 }, 3, 1),
    ]);

    expect(merged).toMatchObject({ events: 54, lostBySenders: 2 });
  });

  it('spans from the earliest to the latest', () => {
    const merged = mergeSummaries([
      part({ until: '2026-03-05T00:00:00.000Z' }),
      part({ from: '2026-02-01T00:00:00.000Z' }),
    ]);

    expect(merged.from).toBe('2026-02-01T00:00:00.000Z');
    expect(merged.until).toBe('2026-03-31T00:00:00.000Z');
  });

  it('has a grant unused that no part used, and says each denial and problem once', () => {
    const denial = {
      principal: 'role',
      action: 'sqs:SendMessage',
      resource: 'queue',
      reason: 'none',
    };

    const merged = mergeSummaries([
      part({ unusedGrants: ['a', 'b'], denied: [denial], problems: ['denied', 'one'] }),
      part({ unusedGrants: ['b', 'c'], denied: [{ ...denial }], problems: ['denied', 'two'] }),
    ]);

    expect(merged.unusedGrants).toEqual(['b']);
    expect(merged.denied).toEqual([denial]);
    expect(merged.problems).toEqual(['denied', 'one', 'two']);
  });
});

const counts = (says: Partial<UsageCounts>): UsageCounts => ({
  format: 1,
  of: 'a part',
  orders: 1,
  uses: [],
  executions: {},
  functions: {},
  requests: {},
  tallies: {},
  hours: {},
  messages: {},
  resources: { 'AWS::SQS::Queue': 3 },
  ...says,
});

describe('mergeCounts', () => {
  it('adds what each actor used for a stage and touch', () => {
    const use = { actor: 'DecideTouch', stage: 'fulfilment', units: { lambdaRequests: 2 } };
    const other = { actor: 'DecideTouch', stage: 'advocacy', units: { lambdaRequests: 1 } };

    const merged = mergeCounts(
      [
        counts({ uses: [use] }),
        counts({ uses: [other, { ...use, units: { lambdaRequests: 3 } }] }),
      ],
      'both',
    );

    expect(merged).toMatchObject({ of: 'both', orders: 2, resources: { 'AWS::SQS::Queue': 3 } });
    expect(merged.uses).toEqual([{ ...use, units: { lambdaRequests: 5 } }, other]);
  });

  it('adds hours, messages and times, and keeps what was the most', () => {
    const one = counts({
      executions: { advocacy: { count: 1, transitions: 5, seconds: 60, events: 40 } },
      hours: { invocations: [1, 2] },
      messages: { email: { care: 1 } },
      tallies: { hottestKeyWrites: 9, queueMessages: 1 },
    });
    const two = counts({
      executions: { advocacy: { count: 2, transitions: 9, seconds: 30, events: 25 } },
      hours: { invocations: [10, 20] },
      messages: { email: { care: 2, survey: 1 }, sms: { care: 1 } },
      tallies: { hottestKeyWrites: 4, queueMessages: 1 },
    });

    expect(mergeCounts([one, two], 'both')).toMatchObject({
      executions: { advocacy: { count: 3, transitions: 14, seconds: 90, events: 40 } },
      hours: { invocations: [11, 22] },
      messages: { email: { care: 3, survey: 1 }, sms: { care: 1 } },
      tallies: { hottestKeyWrites: 9, queueMessages: 2 },
    });
  });
});
