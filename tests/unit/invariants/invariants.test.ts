import { describe, expect, test } from 'vitest';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { booksBalanced } from '#rehearsal/invariants/books-balanced.ts';
import { everyTokenResolved } from '#rehearsal/invariants/every-token-resolved.ts';
import { checkInvariants } from '#rehearsal/invariants/invariants.ts';
import { noStuckExecution } from '#rehearsal/invariants/no-stuck-execution.ts';
import { nothingLost } from '#rehearsal/invariants/nothing-lost.ts';
import { nothingSentTwice } from '#rehearsal/invariants/nothing-sent-twice.ts';
import { queuesEmpty } from '#rehearsal/invariants/queues-empty.ts';
import {
  broken,
  fulfilment,
  log,
  mailOf,
  NOW_MS,
  SENT_AT,
  sound,
  touch,
  underway,
  withNews,
} from './order-left-behind.ts';

const { outcome: _, ...unsent } = touch;
const marketing: TouchRecord = {
  ...touch,
  touch: 'cross-sell',
  touchId: 'cross-sell',
  purpose: 'marketing',
};
const held: TouchRecord = {
  ...unsent,
  state: 'decided',
  decision: { kind: 'hold', until: '2026-05-01T09:00:00Z', reason: 'quiet-hours', rules: [] },
};
const stageEnd = { shop: 'hearth', orderId: '1', toldMs: Date.parse(SENT_AT) };
const ended = { ...fulfilment, status: 'SUCCEEDED' } as const;

test('all invariants hold for an order that waits to be dispatched', () => {
  const checked = checkInvariants(sound);

  expect(checked.map(({ name }) => name)).toHaveLength(6);
  expect(checked.flatMap(({ violations }) => violations)).toEqual([]);
});

describe('something is lost', () => {
  test.each([
    ['an event that stands nowhere', { lost: ['OrderPlaced {}'] }, /^lost: OrderPlaced/],
    ['an order that was never confirmed', { touches: [] }, /^order 1 of hearth: no confirmation/],
    [
      'a message that was decided and has no end',
      { touches: [{ ...unsent, state: 'decided' as const }] },
      /order-confirmation was decided and not sent/,
    ],
    [
      'a record that tells of a message which no provider has',
      { taken: [] },
      /order-confirmation is recorded as sent and was not/,
    ],
  ])('by %s', (_, left, problem) => {
    expect(broken(nothingLost, left)).toEqual([expect.stringMatching(problem)]);
  });

  test('not while a queue has what is missing', () => {
    const left = {
      touches: [{ ...unsent, state: 'sending' as const }],
      underway: [underway(SENT_AT)],
    };

    expect(broken(nothingLost, left)).toEqual([]);
  });
});

describe('something was sent twice', () => {
  const twice = (record: TouchRecord) => ({
    touches: [record],
    taken: [mailOf(record, 'm-1'), mailOf(record, 'm-2')],
  });

  test('when a customer got marketing again, whatever went wrong', () => {
    const left = { ...twice({ ...marketing, attempts: 2 }), injected: { crashesAfter: 1 } };

    expect(broken(nothingSentTwice, left)).toEqual([
      expect.stringMatching(/cross-sell \(marketing\) was sent 2 times: m-1, m-2/),
      expect.stringMatching(/cross-sell may have been sent twice/),
    ]);
  });

  test('when a confirmation came again, and nothing had cut off whoever sent it', () => {
    expect(broken(nothingSentTwice, twice({ ...touch, attempts: 2 }))).toHaveLength(2);
  });

  test('when a confirmation came again, and its record knows of one attempt', () => {
    const left = { ...twice(touch), injected: { crashesAfter: 1 } };

    expect(broken(nothingSentTwice, left)).toEqual([expect.stringMatching(/was sent 2 times/)]);
  });

  test('not when a confirmation went again after a crash, and its record says so', () => {
    const left = { ...twice({ ...touch, attempts: 2 }), injected: { crashesAfter: 1 } };

    expect(broken(nothingSentTwice, left)).toEqual([]);
  });

  test('not when a notification went to each of two devices', () => {
    const push = { ...mailOf(marketing, 'm-1'), channel: 'push' } as const;
    const left = {
      touches: [marketing],
      taken: [push, { ...push, to: 'another', messageId: 'm-2' }],
    };

    expect(broken(nothingSentTwice, left)).toEqual([]);
  });

  test('or without having been decided', () => {
    expect(broken(nothingSentTwice, { touches: [] })).toEqual([
      expect.stringMatching(/order-confirmation was sent without a decision/),
    ]);
  });
});

describe('the books are not balanced', () => {
  const [sale, ...others] = sound.transactions;
  const changed = (amountMinor: number) =>
    sound.transactions.map((transaction) => ({
      ...transaction,
      entries: transaction.entries.map((entry, at) =>
        at === 0 ? { ...entry, amountMinor: entry.amountMinor + amountMinor } : entry,
      ),
    }));

  test('when a transaction does not sum to zero, and then it is another one too', () => {
    const problems = broken(booksBalanced, { transactions: changed(1) });

    expect(problems[0]).toMatch(/of order 1 of hearth is not stored: its entries sum to 1 EUR/);
    expect(problems).toHaveLength(3);
  });

  test('when something is not booked', () => {
    expect(broken(booksBalanced, { transactions: [] })).toEqual([
      expect.stringMatching(/^order 1 of hearth: the sale of event .* is not in the ledger/),
    ]);
  });

  test('when something is booked that the order does not tell', () => {
    const logs = [{ ...log, events: [] }];

    expect(broken(booksBalanced, { logs })).toEqual([
      expect.stringMatching(/the sale of event .* is in the ledger alone/),
    ]);
  });

  test('when something is booked twice', () => {
    const transactions = sale === undefined ? [] : [sale, sale, ...others];

    expect(broken(booksBalanced, { transactions })[0]).toMatch(/is booked 2 times/);
  });
});

describe('an execution is stuck', () => {
  test.each([
    [
      'when it failed',
      { executions: [{ ...fulfilment, status: 'FAILED' as const, error: 'States.Runtime' }] },
      /hearth_1_fulfilment FAILED: States.Runtime/,
    ],
    ['when it waits for nothing', { openTokens: new Map<string, string>() }, /waits for nothing/],
    ['when it never began', { executions: [] }, /its fulfilment never began/],
    [
      'when nothing came after it',
      {
        executions: [ended],
        stageEnds: [{ ...stageEnd, stage: 'fulfilment', outcome: 'delivered' }],
      },
      /fulfilment ended \(delivered\), and no onboarding came/,
    ],
  ])('%s', (_, left, problem) => {
    expect(broken(noStuckExecution, left)).toEqual([expect.stringMatching(problem)]);
  });

  test('but not when the next stage is scheduled, or was passed over', () => {
    const onboarding = { shop: 'hearth', orderId: '1', stage: 'onboarding' };
    const fulfilled = { ...stageEnd, stage: 'fulfilment', outcome: 'delivered' };
    const schedule = { name: 's', group: 'g', atMs: NOW_MS + 1, input: JSON.stringify(onboarding) };
    const over = { ...stageEnd, stage: 'onboarding', outcome: 'cancelled' };

    expect(broken(noStuckExecution, { stageEnds: [fulfilled], scheduled: [schedule] })).toEqual([]);
    expect(broken(noStuckExecution, { stageEnds: [fulfilled, over] })).toEqual([]);
  });

  test('nor when its outcome ends the journey', () => {
    const stageEnds = [{ ...stageEnd, stage: 'fulfilment', outcome: 'cancelled' }];

    expect(broken(noStuckExecution, { stageEnds })).toEqual([]);
  });
});

describe('a token is not resolved', () => {
  test('when no order has it', () => {
    expect(broken(everyTokenResolved, { logs: [log] })).toEqual([
      'execution hearth_1_fulfilment waits for a token that no order has',
    ]);
  });

  test('when what it waits for is known', () => {
    expect(broken(everyTokenResolved, { logs: [withNews] })).toEqual([
      expect.stringMatching(/^order 1 of hearth: fulfilment was not told of dispatched/),
    ]);
  });

  test('when a touch is held and has no schedule', () => {
    const scheduled = [
      { name: 's', group: 'g', atMs: NOW_MS + 1, input: JSON.stringify({ ...held, turn: 2 }) },
    ];

    expect(broken(everyTokenResolved, { touches: [held] })).toEqual([
      expect.stringMatching(/order-confirmation is held, and nothing decides it again/),
    ]);
    expect(broken(everyTokenResolved, { touches: [held], scheduled })).toEqual([]);
  });

  test('when a touch was given back and forgotten', () => {
    const touches = [{ ...unsent, state: 'returned' as const }];

    expect(broken(everyTokenResolved, { touches })).toEqual([
      expect.stringMatching(/was given back and not decided again/),
    ]);
  });
});

describe('a queue is not empty', () => {
  const dead = { messageId: 'm-1', queue: 'EmailDeadLetters12345678', body: '{}', attributes: {} };
  const parked = {
    messageId: 'm-2',
    queue: 'IngressDeadLetters1',
    body: '{}',
    attributes: { reason: 'invalid' },
  };

  test.each([
    ['when a message was given up', { letters: [dead] }, /^undelivered in EmailDeadLetters/],
    [
      'when an event failed five times',
      { letters: [{ ...parked, attributes: {} }] },
      /^undelivered in IngressDeadLetters/,
    ],
    [
      'when a message has been there for a day',
      { underway: [underway(SENT_AT)] },
      /^in EmailQueue/,
    ],
  ])('%s', (_, left, problem) => {
    expect(broken(queuesEmpty, left)).toEqual([expect.stringMatching(problem)]);
  });

  test('but not by what was parked with a reason, or came just now', () => {
    const now = new Date(NOW_MS).toISOString();

    expect(broken(queuesEmpty, { letters: [parked], underway: [underway(now)] })).toEqual([]);
  });
});
