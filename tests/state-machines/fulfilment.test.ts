import { describe, expect, test } from 'vitest';
import type { MilestoneKind, News } from '#core/domain/orders/milestones.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import { kindsHeardIn } from './after-delivery.ts';
import { callsOf, completionsOf, endOf, namesOf, toldIn, touchesOf, waitsOf } from './history.ts';
import { DAY, HOUR, journeysOf, lookBackAt, never, START } from './walk.ts';

const PROMISED = '2026-11-20T09:30:00.000Z';

const order = { shop: 'hearth', orderId: '100482', placedAt: START, deadline: PROMISED };

const news = (kind: MilestoneKind, change: Partial<News> = {}): News => ({
  kind,
  subjects: ['P1'],
  outstanding: true,
  underway: true,
  seen: [`${kind}:P1`],
  ...change,
});

const after = (seconds: number, told: News) => ({ Return: told, After: seconds });

const arrived = news('delivered', { outstanding: false, underway: false });
const settled = news('settled', { outstanding: false, underway: false });

const journeys = journeysOf('fulfilment');

const walk = (
  answers: Readonly<Record<string, unknown>>,
  change: { readonly deadline?: string | null } = {},
) => journeys.walk({ ...order, ...change }, answers);

describe('a plain order', () => {
  const plain = {
    AwaitDispatch: [after(DAY, news('dispatched', { deadline: '2026-11-24T09:30:00.000Z' }))],
    AwaitDelivery: [after(DAY, arrived)],
  };

  test('is confirmed, told of its dispatch and of its delivery, in 8 states', async () => {
    const result = await walk(plain);

    expect(namesOf(result)).toEqual([
      'SendConfirmation',
      'AwaitDispatch',
      'WhatIsNew',
      'SendDispatchNotice',
      'AwaitDelivery',
      'WhatIsNew',
      'SendDeliveryNotice',
      'CompleteFulfilment',
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'delivered' } });
  });

  test.each(['Runtime.ExitError', 'Sandbox.Timedout', 'ProvisionedThroughputExceededException'])(
    'is waited with again when the function that registers a wait fails by %s',
    async (Error) => {
      const [dispatched] = plain.AwaitDispatch;

      const result = await walk({ ...plain, AwaitDispatch: [{ Throw: { Error } }, dispatched] });

      expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'delivered' } });
      expect(waitsOf(result)).toHaveLength(3);
    },
  );

  test('takes 9 transitions at most: its states, and the way to its end', async () => {
    const result = await walk(plain);
    const retries = result.history.filter(({ type }) => /Failed|TimedOut/.test(type));

    expect(namesOf(result).length + retries.length + 1).toBeLessThanOrEqual(9);
  });

  test('asks for its touches once each, of the parcels that the news name', async () => {
    const result = await walk(plain);

    expect(touchesOf(result)).toEqual([
      { shop: 'hearth', orderId: '100482', touch: 'order-confirmation', subjects: [] },
      { shop: 'hearth', orderId: '100482', touch: 'dispatch-notice', subjects: ['P1'] },
      { shop: 'hearth', orderId: '100482', touch: 'delivery-notice', subjects: ['P1'] },
    ]);
  });

  test('waits with what it has dealt with, until the date that was promised', async () => {
    const result = await walk(plain);

    expect(waitsOf(result)).toMatchObject([
      { stage: fulfilment.name, seen: [], deadline: PROMISED, token: expect.any(String) },
      { seen: ['dispatched:P1'], deadline: '2026-11-24T09:30:00.000Z' },
    ]);
  });

  test('hands over with a fact of the contract', async () => {
    const result = await walk(plain);

    expect(completionsOf(result)).toEqual([
      {
        eventId: 'stage-completed/100482/fulfilment',
        occurredAt: '2026-11-20T09:30:00.000Z',
        schemaVersion: 1,
        shop: 'hearth',
        orderId: '100482',
        stage: 'fulfilment',
        outcome: 'delivered',
      },
    ]);
  });

  test('survives a decision that fails twice', async () => {
    const result = await walk({
      ...plain,
      SendConfirmation: {
        '0-1': { Throw: { Error: 'Lambda.Unknown' } },
        '2': { Return: { StatusCode: 200, Payload: { kind: 'send' } } },
      },
    });

    expect(result.status).toBe('SUCCEEDED');
  });
});

/** Where each kind of news leads when more is to come. */
const stateFor: Readonly<Partial<Record<MilestoneKind, string>>> = {
  cancelled: 'SendCancellation',
  'verification-required': 'SendVerification',
  'access-granted': 'SendDigitalAccess',
  'lines-cancelled': 'SendPartCancellation',
  delivered: 'SendPartDeliveryNotice',
  'delivery-failed': 'SendFailedDelivery',
  'parcel-lost': 'SendChangeOfPlan',
  dispatched: 'SendDispatchNotice',
  backordered: 'SendBackorderNotice',
  'promise-moved': 'SendChangeOfPlan',
  settled: 'CompleteFulfilment',
};

test('news of every kind that the stage hears have a state', () => {
  expect(new Set(Object.keys(stateFor))).toEqual(kindsHeardIn('fulfilment'));
});

describe.each(Object.entries(stateFor))('news of %s', (kind, state) => {
  const told = { ...arrived, kind, outstanding: true, underway: true };

  test(`lead to ${state}, before and after the dispatch`, async () => {
    const early = await walk({
      AwaitDispatch: [{ Return: told }, { Return: settled }],
      AwaitDelivery: [{ Return: settled }],
    });
    const late = await walk({
      AwaitDispatch: [{ Return: news('dispatched') }, { Return: settled }],
      AwaitDelivery: [{ Return: told }, { Return: settled }],
    });

    expect(namesOf(early).slice(1, 4)).toEqual(['AwaitDispatch', 'WhatIsNew', state]);
    expect(namesOf(late).slice(4, 7)).toEqual(['AwaitDelivery', 'WhatIsNew', state]);
    expect([early.status, late.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });
});

describe('after a touch', () => {
  const failed = news('delivery-failed');

  test('the journey waits for the delivery while something is underway', async () => {
    const result = await walk({
      AwaitDispatch: [{ Return: failed }],
      AwaitDelivery: [{ Return: arrived }],
    });

    expect(namesOf(result).slice(3, 6)).toEqual([
      'SendFailedDelivery',
      'WhatNext',
      'AwaitDelivery',
    ]);
  });

  test('the journey waits for the dispatch while nothing is underway', async () => {
    const result = await walk({
      AwaitDispatch: [{ Return: news('backordered', { underway: false }) }, { Return: settled }],
    });

    expect(namesOf(result).slice(3, 6)).toEqual([
      'SendBackorderNotice',
      'WhatNext',
      'AwaitDispatch',
    ]);
  });

  test.each<[MilestoneKind, string, string]>([
    ['access-granted', 'digital-access', 'accessed'],
    ['lines-cancelled', 'cancellation', 'delivered'],
  ])('of %s the journey ends when nothing is to come', async (kind, touch, outcome) => {
    const result = await walk({ AwaitDispatch: [{ Return: { ...arrived, kind } }] });

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome } });
    expect(touchesOf(result).map((request) => request.touch)).toEqual([
      'order-confirmation',
      touch,
    ]);
  });

  test('of part of an order the rest is waited for', async () => {
    const result = await walk({
      AwaitDispatch: [{ Return: news('dispatched') }],
      AwaitDelivery: [
        after(DAY, news('delivered', { seen: ['dispatched:P1', 'delivered:P1'] })),
        after(DAY, { ...arrived, subjects: ['P2'] }),
      ],
    });

    expect(toldIn(result)).toEqual([
      ['order-confirmation', []],
      ['dispatch-notice', ['P1']],
      ['delivery-notice', ['P1']],
      ['delivery-notice', ['P2']],
    ]);
    expect(waitsOf(result).at(-1)?.seen).toEqual(['dispatched:P1', 'delivered:P1']);
  });

  test('of a cancellation the journey ends as cancelled', async () => {
    const result = await walk({
      AwaitDispatch: [{ Return: news('cancelled', { outstanding: false }) }],
    });

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'cancelled' } });
  });
});

describe('a promised date that passes without news', () => {
  test('is told as a delay, once, and then waited on without a date', async () => {
    const result = await walk({ AwaitDispatch: [never, after(10 * DAY, settled)] });

    expect(toldIn(result)).toEqual([
      ['order-confirmation', []],
      ['delay-notice', [PROMISED, 'missed']],
    ]);
    expect(waitsOf(result).at(-1)).toMatchObject({
      seen: [`promise-missed:${PROMISED}`],
      deadline: null,
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'delivered' } });
  });

  test('of a delivery is told on the day, and the delivery waited for', async () => {
    const estimated = news('dispatched', { deadline: '2026-11-24T09:30:00.000Z' });
    const result = await walk({
      AwaitDispatch: [after(DAY, estimated)],
      AwaitDelivery: [never, after(HOUR, arrived)],
    });

    expect(touchesOf(result).map(({ touch }) => touch)).toEqual([
      'order-confirmation',
      'dispatch-notice',
      'delay-notice',
      'delivery-notice',
    ]);
    expect(waitsOf(result).at(-1)?.seen).toEqual([
      'dispatched:P1',
      'promise-missed:2026-11-24T09:30:00.000Z',
    ]);
    expect(endOf(result)).toBe('2026-11-24T10:30:00.000Z');
  });

  test('and lies in the past already is told at once', async () => {
    const result = await walk(
      { AwaitDispatch: [never, after(DAY, settled)] },
      { deadline: '2026-11-17T09:30:00.000Z' },
    );

    expect(touchesOf(result).map(({ touch }) => touch)).toEqual([
      'order-confirmation',
      'delay-notice',
    ]);
    expect(endOf(result)).toBe('2026-11-19T09:30:01.000Z');
  });
});

test('an order without a promised date that nobody hears of again ends after 180 days, untold', async () => {
  const result = await walk({}, { deadline: null });

  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'stalled' } });
  expect(touchesOf(result)).toHaveLength(1);
  expect(endOf(result)).toBe('2027-05-17T09:30:00.000Z');
});

test('news that the definition has no state for fail the execution, by their kind', async () => {
  const result = await walk({
    AwaitDispatch: [{ Return: { ...arrived, kind: 'eaten-by-the-dog' } }],
  });

  expect(result).toMatchObject({
    status: 'FAILED',
    error: 'UnknownNews',
    cause: 'fulfilment has no state for news of kind eaten-by-the-dog',
  });
});

test('a decision that can never be made fails the execution after its retries', async () => {
  const result = await walk({
    SendConfirmation: { Throw: { Error: 'Error', Cause: 'no touch' } },
  });

  expect(result).toMatchObject({ status: 'FAILED', error: 'Error' });
  expect(callsOf(result)).toHaveLength(13);
});

lookBackAt(journeys);
