import { describe, expect, test } from 'vitest';
import { kindsHeardIn } from './after-delivery.ts';
import { resolved } from './definitions.ts';
import { completionsOf, endOf, namesOf, timesAt, toldIn, waitsOf } from './history.ts';
import { DAY, HOUR, journeysOf, later, lookBackAt, never } from './walk.ts';

const answerBy = later(4 * DAY);
const WEEK = 7 * DAY;

const order = {
  shop: 'hearth',
  orderId: '100482',
  answerWithinSeconds: 4 * DAY,
  reviewLines: ['mill', 'tin'],
  reviewWithinSeconds: WEEK,
  mayRefer: true,
};

/** As `await-milestone` has it sent: the definition reads only the kind and what was seen. */
const news = (kind: string, subject = 'order', seen: readonly string[] = []) => ({
  kind,
  subjects: [subject],
  outstanding: false,
  underway: false,
  seen: [...seen, `${kind}:${subject}`],
});

const after = (seconds: number, told: object) => ({ Return: told, After: seconds });

const good = news('answered-well', 'a1');
const neutral = news('answered-neutrally', 'a1');
const bad = news('answered-badly', 'a1');

const survey = ['satisfaction-survey', []];
const review = ['review-request', ['mill', 'tin']];
const referral = ['referral', []];

const journeys = journeysOf('advocacy');
const { walk } = journeys;

describe('a good answer', () => {
  test('leads to a review request at once, and the review to a recommendation', async () => {
    const reviewed = news('reviewed', 'SKU-mill', good.seen);
    const result = await walk(order, {
      AwaitAnswer: after(DAY, good),
      AwaitReview: after(2 * DAY, reviewed),
    });

    expect(toldIn(result)).toEqual([survey, review, referral]);
    expect(timesAt(result, 'SendReviewRequestToPromoter')).toEqual([later(DAY)]);
    expect(timesAt(result, 'SendReferral')).toEqual([later(3 * DAY)]);
    expect(waitsOf(result)).toMatchObject([
      { stage: 'advocacy', seen: [], deadline: answerBy, token: expect.any(String) },
      { stage: 'advocacy', seen: ['answered-well:a1'], deadline: later(DAY + WEEK) },
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'done' } });
  });

  test('whose review does not come leads to a recommendation when its time is over', async () => {
    const result = await walk(order, { AwaitAnswer: after(DAY, good) });

    expect(toldIn(result)).toEqual([survey, review, referral]);
    expect(timesAt(result, 'SendReferral')).toEqual([later(DAY + WEEK)]);
  });

  test('of a customer who is not asked to recommend ends with the review request', async () => {
    const result = await walk(
      { ...order, mayRefer: false, reviewLines: [] },
      { AwaitAnswer: after(DAY, good) },
    );

    expect(toldIn(result)).toEqual([survey, ['review-request', []]]);
    expect(endOf(result)).toBe(later(DAY));
  });

  test.each([
    ['answered-badly', 'dissatisfied'],
    ['answered-neutrally', 'done'],
  ])('that turns to %s before the review leads to no recommendation', async (kind, outcome) => {
    const result = await walk(order, {
      AwaitAnswer: after(DAY, good),
      AwaitReview: after(DAY, news(kind, 'a2', good.seen)),
    });

    expect(toldIn(result)).toEqual([survey, review]);
    expect(result.output).toEqual({ outcome });
  });

  test('given twice: the review is waited for until the same time', async () => {
    const result = await walk(order, {
      AwaitAnswer: after(DAY, good),
      AwaitReview: [after(6 * DAY, news('answered-well', 'a2', good.seen)), never],
    });

    expect(timesAt(result, 'SendReferral')).toEqual([later(DAY + WEEK)]);
  });

  test('after a review was posted unasked leads to the recommendation at once', async () => {
    const result = await walk(order, {
      AwaitAnswer: [after(HOUR, news('reviewed', 'SKU-mill')), after(HOUR, good)],
    });

    expect(toldIn(result)).toEqual([survey, referral]);
    expect(timesAt(result, 'SendReferral')).toEqual([later(2 * HOUR)]);
  });
});

describe('a neutral answer', () => {
  test('leads to a review request, and to no recommendation', async () => {
    const result = await walk(order, { AwaitAnswer: after(DAY, neutral) });

    expect(toldIn(result)).toEqual([survey, review]);
    expect(endOf(result)).toBe(later(DAY));
  });
});

describe('a bad answer', () => {
  test('asks for no review: support has it since it came', async () => {
    const result = await walk(order, { AwaitAnswer: after(HOUR, bad) });

    expect(toldIn(result)).toEqual([survey]);
    expect(completionsOf(result)).toMatchObject([{ stage: 'advocacy', outcome: 'dissatisfied' }]);
    expect(endOf(result)).toBe(later(HOUR));
  });
});

describe('no answer', () => {
  test('in time leads to a review request, and to no recommendation', async () => {
    const result = await walk(order);

    expect(toldIn(result)).toEqual([survey, review]);
    expect(timesAt(result, 'SendReviewRequest')).toEqual([answerBy]);
    expect(completionsOf(result)).toEqual([
      {
        eventId: 'stage-completed/100482/advocacy',
        occurredAt: answerBy,
        schemaVersion: 1,
        shop: 'hearth',
        orderId: '100482',
        stage: 'advocacy',
        outcome: 'done',
      },
    ]);
  });

  test('but a review: the answer is waited for until the same time', async () => {
    const result = await walk(order, {
      AwaitAnswer: [after(DAY, news('reviewed', 'SKU-mill')), never],
    });

    expect(waitsOf(result)).toMatchObject([
      { seen: [], deadline: answerBy },
      { seen: ['reviewed:SKU-mill'], deadline: answerBy },
    ]);
    expect(timesAt(result, 'SendReviewRequest')).toEqual([answerBy]);
  });
});

describe.each(['given-back', 'disputed'])('an order that is %s', (outcome) => {
  test('before the answer: nothing more is asked, and the stage says why', async () => {
    const result = await walk(order, { AwaitAnswer: after(DAY, news(outcome)) });

    expect(toldIn(result)).toEqual([survey]);
    expect(completionsOf(result)).toMatchObject([{ stage: 'advocacy', outcome }]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { outcome } });
  });

  test('before the review: no recommendation', async () => {
    const result = await walk(order, {
      AwaitAnswer: after(DAY, good),
      AwaitReview: after(DAY, news(outcome, 'order', good.seen)),
    });

    expect(toldIn(result)).toEqual([survey, review]);
    expect(result.output).toEqual({ outcome });
  });
});

/** Where each kind of news leads, by the state that waited. */
const stateFor: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AwaitAnswer: {
    'given-back': 'CompleteAdvocacy',
    disputed: 'CompleteAdvocacy',
    'answered-badly': 'CompleteAdvocacy',
    'answered-neutrally': 'SendReviewRequest',
    'answered-well': 'SendReviewRequestToPromoter',
    reviewed: 'AwaitAnswer',
  },
  AwaitReview: {
    'given-back': 'CompleteAdvocacy',
    disputed: 'CompleteAdvocacy',
    'answered-badly': 'CompleteAdvocacy',
    'answered-neutrally': 'CompleteAdvocacy',
    'answered-well': 'AwaitReview',
    reviewed: 'SendReferral',
  },
};

const choiceAfter = new Map([
  ['AwaitAnswer', 'WhatIsNew'],
  ['AwaitReview', 'WhatBecameOfReview'],
]);

describe('news', () => {
  test('reach every state that waits', () => {
    const { States } = resolved('advocacy');
    const waiting = Object.keys(States).filter((name) => name.startsWith('Await'));

    expect(Object.keys(stateFor)).toEqual(waiting);
  });

  describe.each(Object.entries(stateFor))('in %s', (waiting, leadsTo) => {
    test('are those that the stage hears', () => {
      expect(new Set(Object.keys(leadsTo))).toEqual(kindsHeardIn('advocacy'));
    });

    test.each(Object.entries(leadsTo))('of %s lead to %s', async (kind, state) => {
      const result = await walk(order, {
        AwaitAnswer: [{ Return: good }, never],
        [waiting]: [after(HOUR, news(kind, 'a2')), never],
      });
      const from = namesOf(result).indexOf(waiting);

      expect(namesOf(result).slice(from + 1, from + 3)).toEqual([choiceAfter.get(waiting), state]);
      expect(result.status).toBe('SUCCEEDED');
    });
  });

  test.each(['AwaitAnswer', 'AwaitReview'])(
    'in %s that the definition has no state for fail the execution, by their kind',
    async (waiting) => {
      const result = await walk(order, {
        AwaitAnswer: { Return: good },
        [waiting]: { Return: news('eaten-by-the-dog') },
      });

      expect(result).toMatchObject({
        status: 'FAILED',
        error: 'UnknownNews',
        cause: 'advocacy has no state for eaten-by-the-dog',
      });
    },
  );
});

lookBackAt(journeys);
