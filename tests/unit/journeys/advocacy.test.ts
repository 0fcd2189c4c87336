import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RETURN_DAYS } from '#core/domain/contact-policy/relevance.ts';
import { daysBetween } from '#core/domain/journeys/elapsed.ts';
import { planAdvocacy } from '#core/domain/journeys/plan.ts';
import { advocacy } from '#state-machines/advocacy.contract.ts';
import {
  cancelled,
  delivered,
  disputed,
  line,
  received,
  returned,
} from '#tests/unit/orders/order-events.ts';
import { ARRIVAL, inputsOf, type Story, tenOclock } from './plan-inputs.ts';

const planOf = (story: Story) => planAdvocacy(inputsOf(story));
const classed = (complexity: 'complex' | 'considered' | 'simple') => ({
  facts: { 'SKU-mill': { complexity } },
});

describe('an order that nobody is asked about', () => {
  test.each<[string, string, Story]>([
    ['was given back', 'given-back', { events: [delivered(ARRIVAL), received(70, 'R1')] }],
    ['was cancelled', 'given-back', { events: [cancelled(12)] }],
    ['is disputed', 'disputed', { events: [delivered(ARRIVAL), disputed(70, 'D1')] }],
    ['has not arrived', 'not-delivered', { events: [] }],
  ])('because it %s is passed over as %s', (_, because, story) => {
    expect(planOf(story)).toEqual({ kind: 'skip', because });
  });
});

describe('the survey', () => {
  test('comes the later, the more there was to learn', () => {
    // The parcel came at 13:00: at ten o’clock of the tenth day, ten days have not passed.
    expect(planOf(classed('simple'))).toMatchObject({ at: tenOclock(11) });
    expect(planOf(classed('considered'))).toMatchObject({ at: tenOclock(13) });
    expect(planOf(classed('complex'))).toMatchObject({ at: tenOclock(15) });
  });

  test('of what is no product to hold comes as of a simple one', () => {
    const lines = [line('course', { kind: 'digital' })];

    expect(planOf({ order: { lines, occurredAt: tenOclock(0) }, events: [] })).toMatchObject({
      at: tenOclock(10),
    });
  });

  test('comes four days later from abroad', () => {
    const order = { shipTo: { country: 'AT' } };

    expect(planOf({ order, rules: { country: 'DE' } })).toMatchObject({ at: tenOclock(15) });
  });

  test('waits four days for an answer, from when it goes', () => {
    expect(planOf({})).toMatchObject({ input: { answerWithinSeconds: 345_600 } });
  });

  test('never comes before a review could be asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 400 }), (hours) => {
        const plan = planOf({ events: [delivered(hours)] });
        const inputs = inputsOf({ events: [delivered(hours)] });
        const arrival = inputs.order.parcels[0]?.deliveredAt ?? '';

        expect(plan.kind === 'start' && daysBetween(arrival, plan.at)).toBeGreaterThanOrEqual(
          RETURN_DAYS,
        );
      }),
    );
  });
});

describe('after a good answer', () => {
  test('a review is asked for of what was kept, within seven days', () => {
    const events = [delivered(ARRIVAL), returned(70, 'mill')];

    expect(planOf({})).toMatchObject({ input: { reviewLines: ['mill', 'tin'] } });
    expect(planOf({ events })).toMatchObject({
      input: { reviewLines: ['tin'], reviewWithinSeconds: 7 * 24 * 3600 },
    });
  });

  test('no review and no recommendation is asked for of a gift', () => {
    expect(planOf({ order: { gift: true } })).toMatchObject({
      kind: 'start',
      input: { reviewLines: [], mayRefer: false },
    });
  });

  test('a recommendation is asked for of whom the shop trusts', () => {
    expect(planOf({})).toMatchObject({ input: { mayRefer: true } });
    expect(planOf({ order: { risk: 'review' } })).toMatchObject({ input: { mayRefer: false } });
  });
});

test('the input is that of the state machine’s contract', () => {
  const plan = planOf({});

  if (plan.kind !== 'start') throw new Error('the plan was passed over');

  expect(advocacy.input.parse(plan.input)).toEqual(plan.input);
});
