import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextNews } from '#core/domain/orders/milestones.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { type WaitingStage, waitingStages } from '#core/domain/orders/stage-name.ts';
import { histories, told } from './histories.ts';
import {
  answered,
  at,
  cancelled,
  delivered,
  disputed,
  failed,
  placed,
  received,
  returned,
  reviewed,
  used,
} from './order-events.ts';

const newsOf = (stage: WaitingStage, events: readonly OrderEvent[], seen: readonly string[] = []) =>
  nextNews(told([placed(), delivered(14), ...events]), seen, stage);

const partReturn = returned(20, 'mill');
const wholeReturn = received(30, 'R3');

describe('onboarding', () => {
  test('hears nothing of how the order came', () => {
    expect(newsOf('onboarding', [failed(13, 'P9')])).toBeUndefined();
  });

  test('hears of a first use, line by line', () => {
    const uses = [used(20, 'mill'), used(22, 'tin')];

    expect(newsOf('onboarding', uses)).toMatchObject({
      kind: 'activated',
      subjects: ['mill', 'tin'],
    });
    expect(newsOf('onboarding', uses, ['activated:mill'])).toMatchObject({
      subjects: ['tin'],
      seen: ['activated:mill', 'activated:tin'],
    });
  });

  test('hears once of a line that is used again and again', () => {
    const uses = [used(20, 'mill'), used(22, 'mill')];

    expect(newsOf('onboarding', uses)).toMatchObject({ subjects: ['mill'] });
    expect(newsOf('onboarding', uses, ['activated:mill'])).toBeUndefined();
  });

  test('hears of a use that names no line as one of the order', () => {
    expect(newsOf('onboarding', [used(20)])).toMatchObject({ subjects: ['order'] });
  });

  test('hears nothing of answers and reviews', () => {
    expect(newsOf('onboarding', [answered(20, 1), reviewed(20, 'SKU-mill')])).toBeUndefined();
  });
});

describe('advocacy', () => {
  test.each([
    [2, 'answered-badly'],
    [3, 'answered-neutrally'],
    [5, 'answered-well'],
  ])('hears of an answer of %i as %s', (score, kind) => {
    expect(newsOf('advocacy', [answered(20, score)])).toMatchObject({ kind, subjects: [at(20)] });
  });

  test('deals with a bad answer before a good one', () => {
    const both = [answered(20, 5), answered(21, 1)];

    expect(newsOf('advocacy', both)).toMatchObject({
      kind: 'answered-badly',
      seen: [`answered-badly:${at(21)}`],
    });
  });

  test('hears of each reviewed product once', () => {
    const reviews = [reviewed(20, 'SKU-mill', 1), reviewed(25, 'SKU-mill', 5)];

    expect(newsOf('advocacy', reviews)).toMatchObject({
      kind: 'reviewed',
      subjects: ['SKU-mill'],
    });
  });

  test('hears nothing of uses', () => {
    expect(newsOf('advocacy', [used(20, 'mill')])).toBeUndefined();
  });
});

describe.each(['onboarding', 'advocacy'] as const)('%s', (stage) => {
  test('hears before all else that everything goes back', () => {
    const events = [used(20, 'mill'), answered(20, 1), wholeReturn];

    expect(newsOf(stage, events)).toMatchObject({ kind: 'given-back', subjects: ['order'] });
    expect(newsOf(stage, [partReturn])).toBeUndefined();
  });

  test('hears of a dispute until it is won', () => {
    expect(newsOf(stage, [disputed(20, 'D1')])).toMatchObject({
      kind: 'disputed',
      subjects: ['D1'],
    });
    expect(newsOf(stage, [disputed(20, 'D1'), disputed(30, 'D1', 'won')])).toBeUndefined();
  });
});

describe('fulfilment', () => {
  test('hears nothing of what follows a delivery', () => {
    const seen = ['delivered:unannounced-delivered-all-14', 'settled:order'];
    const events = [
      used(20, 'mill'),
      answered(21, 1),
      reviewed(22, 'SKU-mill'),
      disputed(23, 'D1'),
      wholeReturn,
    ];

    expect(newsOf('fulfilment', events, seen)).toBeUndefined();
  });
});

test('an order that was cancelled was never given back', () => {
  const events = [placed(), cancelled(12), received(30, 'R1')];

  expect(nextNews(told(events), [], 'onboarding')).toBeUndefined();
  expect(nextNews(told(events), [], 'fulfilment')).toMatchObject({ kind: 'cancelled' });
});

test('the news of any stage come to an end', () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...waitingStages), (history, stage) => {
      const order = told(history);
      let seen: readonly string[] = [];
      let count = 0;

      for (
        let news = nextNews(order, seen, stage);
        news !== undefined && count < 100;
        news = nextNews(order, seen, stage)
      ) {
        seen = news.seen;
        count += 1;
      }

      expect(count).toBeLessThan(100);
      expect(new Set(seen).size).toBe(seen.length);
    }),
  );
});
