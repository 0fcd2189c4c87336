import { describe, expect, test } from 'vitest';
import { kindsHeardIn } from './after-delivery.ts';
import { resolved } from './definitions.ts';
import { completionsOf, endOf, namesOf, timesAt, toldIn, touchesOf, waitsOf } from './history.ts';
import { DAY, HOUR, journeysOf, later, lookBackAt } from './walk.ts';

const nudgeAt = later(2 * DAY);
const checkInAt = later(5 * DAY + HOUR / 2);

const lines = { careLines: ['mill', 'tin'], useLines: ['mill'], checkInLines: ['mill'] };
const order = { shop: 'hearth', orderId: '100482', ...lines, nudgeAt, checkInAt };
const noCheckIn = { ...order, checkInLines: [], checkInAt: null };
const noUse = { ...order, useLines: [], nudgeAt: null };

/** As `await-milestone` has it sent: the definition reads the kind, what it is about and what was seen. */
const news = (kind: string, seen = [`${kind}:order`], subject = 'order') => ({
  kind,
  subjects: [subject],
  outstanding: false,
  underway: false,
  seen,
});

const after = (seconds: number, told: object) => ({ Return: told, After: seconds });
const firstUse = news('activated', ['activated:mill'], 'mill');

const careGuide = ['care-guide', ['mill', 'tin']];
const nudge = ['activation-nudge', ['mill']];
const checkIn = ['check-in', ['mill']];

const journeys = journeysOf('onboarding');
const { walk } = journeys;

describe('a product whose first use is reported', () => {
  test('a first use before the nudge: no nudge, the check-in at its time', async () => {
    const result = await walk(order, { AwaitActivation: after(DAY, firstUse) });

    expect(toldIn(result)).toEqual([careGuide, checkIn]);
    expect(timesAt(result, 'SendCheckIn')).toEqual([checkInAt]);
    expect(waitsOf(result)).toMatchObject([
      { stage: 'onboarding', seen: [], deadline: nudgeAt, token: expect.any(String) },
      { stage: 'onboarding', seen: ['activated:mill'], deadline: checkInAt },
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'done' } });
  });

  test('no first use: a nudge on time, and the check-in at its own', async () => {
    const result = await walk(order);

    expect(toldIn(result)).toEqual([careGuide, nudge, checkIn]);
    expect(timesAt(result, 'SendActivationNudge')).toEqual([nudgeAt]);
    expect(timesAt(result, 'SendCheckIn')).toEqual([checkInAt]);
    expect(result.output).toEqual({ outcome: 'done' });
  });

  test('a first use after the nudge: the check-in keeps its time', async () => {
    const result = await walk(order, {
      AwaitCheckIn: [after(DAY, firstUse), { Never: true }],
    });

    expect(toldIn(result)).toEqual([careGuide, nudge, checkIn]);
    expect(waitsOf(result).slice(1)).toMatchObject([
      { seen: [], deadline: checkInAt },
      { seen: ['activated:mill'], deadline: checkInAt },
    ]);
    expect(timesAt(result, 'SendCheckIn')).toEqual([checkInAt]);
  });

  test('a first use, and nothing that needs a check-in: the stage ends with it', async () => {
    const result = await walk(noCheckIn, { AwaitActivation: after(DAY, firstUse) });

    expect(toldIn(result)).toEqual([careGuide]);
    expect(result.output).toEqual({ outcome: 'done' });
    expect(endOf(result)).toBe(later(DAY));
  });

  test('no first use, and nothing that needs a check-in: the stage ends with the nudge', async () => {
    const result = await walk(noCheckIn);

    expect(toldIn(result)).toEqual([careGuide, nudge]);
    expect(endOf(result)).toBe(nudgeAt);
  });

  test('a nudge that was due before the stage began: at once', async () => {
    const result = await walk({ ...noCheckIn, nudgeAt: later(-HOUR) });

    expect(timesAt(result, 'SendActivationNudge')).toEqual([later(1)]);
  });
});

describe('two products whose first use is reported', () => {
  const both = { ...noCheckIn, useLines: ['mill', 'tin'] };
  const used = (line: string, ...seen: readonly string[]) => news('activated', [...seen], line);

  test('one of them used: the nudge is about the other, at its time', async () => {
    const result = await walk(both, {
      AwaitActivation: [after(DAY, used('tin', 'activated:tin')), { Never: true }],
    });

    expect(toldIn(result)).toEqual([careGuide, ['activation-nudge', ['mill']]]);
    expect(timesAt(result, 'SendActivationNudge')).toEqual([nudgeAt]);
  });

  test('one after the other: no nudge', async () => {
    const result = await walk(both, {
      AwaitActivation: [
        after(HOUR, used('tin', 'activated:tin')),
        after(HOUR, used('mill', 'activated:tin', 'activated:mill')),
      ],
    });

    expect(toldIn(result)).toEqual([careGuide]);
    expect(endOf(result)).toBe(later(2 * HOUR));
  });

  test('a report that names neither is of both', async () => {
    const result = await walk(both, { AwaitActivation: after(HOUR, news('activated')) });

    expect(toldIn(result)).toEqual([careGuide]);
  });
});

describe('products whose use nobody reports', () => {
  test('a check-in where one needs it, at its time', async () => {
    const result = await walk(noUse);

    expect(toldIn(result)).toEqual([careGuide, checkIn]);
    expect(timesAt(result, 'SendCheckIn')).toEqual([checkInAt]);
  });

  test('nothing but care where none does', async () => {
    const result = await walk({ ...noUse, checkInLines: [], checkInAt: null });

    expect(touchesOf(result)).toEqual([
      { shop: 'hearth', orderId: '100482', touch: 'care-guide', subjects: ['mill', 'tin'] },
    ]);
    expect(namesOf(result)).toEqual(['SendCareGuide', 'WhatFollows', 'CompleteOnboarding']);
  });
});

describe.each(['given-back', 'disputed'])('an order that is %s', (outcome) => {
  test('before the nudge: neither nudge nor check-in, and the stage says why', async () => {
    const result = await walk(order, { AwaitActivation: after(DAY, news(outcome)) });

    expect(toldIn(result)).toEqual([careGuide]);
    expect(completionsOf(result)).toEqual([
      {
        eventId: 'stage-completed/100482/onboarding',
        occurredAt: later(DAY),
        schemaVersion: 1,
        shop: 'hearth',
        orderId: '100482',
        stage: 'onboarding',
        outcome,
      },
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome } });
  });

  test('before the check-in: no check-in', async () => {
    const result = await walk(order, { AwaitCheckIn: after(DAY, news(outcome)) });

    expect(toldIn(result)).toEqual([careGuide, nudge]);
    expect(result.output).toEqual({ outcome });
    expect(endOf(result)).toBe(later(3 * DAY));
  });
});

test('a decision that fails twice: the stage goes on', async () => {
  const result = await walk(noCheckIn, {
    SendCareGuide: {
      '0-1': { Throw: { Error: 'Lambda.Unknown' } },
      '2': { Return: { StatusCode: 200, Payload: { kind: 'send' } } },
    },
  });

  expect(result.status).toBe('SUCCEEDED');
  expect(toldIn(result)).toEqual([careGuide, careGuide, careGuide, nudge]);
});

/** Where each kind of news leads, by the state that waited. */
const stateFor: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AwaitActivation: {
    'given-back': 'CompleteOnboarding',
    disputed: 'CompleteOnboarding',
    activated: 'AwaitCheckIn',
  },
  AwaitCheckIn: {
    'given-back': 'CompleteOnboarding',
    disputed: 'CompleteOnboarding',
    activated: 'AwaitCheckIn',
  },
};

describe('news', () => {
  test('reach every state that waits', () => {
    const { States } = resolved('onboarding');
    const waiting = Object.keys(States).filter((name) => name.startsWith('Await'));

    expect(Object.keys(stateFor)).toEqual(waiting);
  });

  describe.each(Object.entries(stateFor))('in %s', (waiting, leadsTo) => {
    test('are those that the stage hears', () => {
      expect(new Set(Object.keys(leadsTo))).toEqual(kindsHeardIn('onboarding'));
    });

    test.each(Object.entries(leadsTo))('of %s lead to %s', async (kind, state) => {
      const start = waiting === 'AwaitCheckIn' ? noUse : order;
      const result = await walk(start, { [waiting]: [after(HOUR, news(kind)), { Never: true }] });
      const from = namesOf(result).indexOf(waiting);

      expect(namesOf(result).slice(from + 1, from + 3)).toEqual(['WhatIsNew', state]);
      expect(result.status).toBe('SUCCEEDED');
    });
  });

  test('that the definition has no state for fail the execution, by their kind', async () => {
    const result = await walk(order, { AwaitActivation: { Return: news('eaten-by-the-dog') } });

    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'UnknownNews',
      cause: 'onboarding has no state for eaten-by-the-dog',
    });
  });
});

lookBackAt(journeys);
