import { describe, expect, test } from 'vitest';
import { planOnboarding } from '#core/domain/journeys/plan.ts';
import { onboarding } from '#state-machines/onboarding.contract.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  disputed,
  line,
  received,
  returned,
} from '#tests/unit/orders/order-events.ts';
import { ARRIVAL, inputsOf, purchase, type Story, tenOclock } from './plan-inputs.ts';

const planOf = (story: Story) => planOnboarding(inputsOf(story));

const skipped = (because: string) => ({ kind: 'skip', because });
const complex = { 'SKU-mill': { complexity: 'complex' } } as const;
const considered = { 'SKU-mill': { complexity: 'considered' } } as const;
const tins = [{ lineId: 'tin', quantity: 2 }];

describe('an order that nobody has to learn anything of', () => {
  test.each<[string, string, Story]>([
    ['was given back', 'given-back', { events: [delivered(ARRIVAL), received(70, 'R1')] }],
    ['was cancelled', 'given-back', { events: [cancelled(12)] }],
    ['is disputed', 'disputed', { events: [delivered(ARRIVAL), disputed(70, 'D1')] }],
    ['has not arrived', 'not-delivered', { events: [] }],
    ['was a gift', 'gift', { order: { gift: true } }],
    [
      'has nothing new to the customer',
      'known-products',
      { purchases: [purchase('1', at(2), { 'SKU-mill': 1, 'SKU-tin': 1 })] },
    ],
  ])('because it %s is passed over as %s', (_, because, story) => {
    expect(planOf(story)).toEqual(skipped(because));
  });

  test('is passed over when what is new to the customer goes back', () => {
    const story = {
      purchases: [purchase('1', at(2), { 'SKU-tin': 1 })],
      events: [delivered(ARRIVAL), returned(70, 'mill')],
    };

    expect(planOf(story)).toEqual(skipped('known-products'));
  });

  test('is passed over for what ended it before for what it was', () => {
    const events = [delivered(ARRIVAL), received(70, 'R1'), disputed(71, 'D1')];

    expect(planOf({ order: { gift: true }, events })).toEqual(skipped('given-back'));
  });

  test('is taught again when its dispute was won', () => {
    const events = [delivered(ARRIVAL), disputed(70, 'D1'), disputed(90, 'D1', 'won')];

    expect(planOf({ events })).toMatchObject({ kind: 'start' });
  });
});

describe('care', () => {
  test('is told of a day after the arrival, at the hour of the shop', () => {
    expect(planOf({})).toEqual({
      kind: 'start',
      at: tenOclock(1),
      input: {
        shop: 'hearth',
        orderId: '100482',
        careLines: ['mill', 'tin'],
        useLines: [],
        nudgeAt: null,
        checkInLines: [],
        checkInAt: null,
      },
    });
  });

  test('is told of three hours after the arrival to whoever paid for speed', () => {
    expect(planOf({ order: { shippingMethod: 'express' } })).toMatchObject({
      at: at(ARRIVAL + 3),
    });
    expect(planOf({ order: { shippingMethod: 'pickup' } })).toMatchObject({ at: tenOclock(1) });
  });

  test('is told of what is new to the customer and stays', () => {
    const known = [purchase('1', at(2), { 'SKU-mill': 1 })];
    const back = [delivered(ARRIVAL), returned(70, 'tin', { lines: tins })];

    expect(planOf({ purchases: known })).toMatchObject({ input: { careLines: ['tin'] } });
    expect(planOf({ events: back })).toMatchObject({ input: { careLines: ['mill'] } });
  });

  test('counts from the last arrival, or from the clearance of what needs no parcel', () => {
    const course = { risk: 'review', lines: [line('course', { kind: 'digital' })] } as const;
    const passed = [amended(ARRIVAL, { risk: 'passed' })];

    expect(planOf({ events: [delivered(ARRIVAL + 48)] })).toMatchObject({ at: tenOclock(3) });
    expect(planOf({ order: course, events: passed })).toMatchObject({ at: tenOclock(1) });
  });
});

describe('a nudge', () => {
  test('waits 48 hours for the first use of what reports it', () => {
    const facts = { 'SKU-mill': { reportsUse: true }, 'SKU-tin': { reportsUse: false } };

    expect(planOf({ facts })).toMatchObject({
      input: { useLines: ['mill'], nudgeAt: at(ARRIVAL + 48) },
    });
  });
});

describe('a check-in', () => {
  test('comes after five days for what is complex, after seven for what is considered', () => {
    expect(planOf({ facts: complex })).toMatchObject({
      input: { checkInLines: ['mill'], checkInAt: tenOclock(5) },
    });
    expect(planOf({ facts: considered })).toMatchObject({
      input: { checkInLines: ['mill'], checkInAt: tenOclock(7) },
    });
  });

  const ofMill = { order: { lines: [line('mill', { category: 'Mills' })] }, facts: complex };
  const before = (category: string) => ({
    ...purchase('1', at(2)),
    lines: [{ sku: 'OTHER', category, quantity: 1 }],
  });

  test('is left out for whoever knows the category', () => {
    expect(planOf({ ...ofMill, purchases: [before('Mills')] })).toMatchObject({
      input: { careLines: ['mill'], checkInLines: [], checkInAt: null },
    });
    expect(planOf({ ...ofMill, purchases: [before('Tins')] })).toMatchObject({
      input: { checkInLines: ['mill'] },
    });
  });

  test('is never left out for a customer of high value', () => {
    const rules = { highValueFrom: 1 };

    expect(planOf({ ...ofMill, rules, purchases: [before('Mills')] })).toMatchObject({
      input: { checkInLines: ['mill'], checkInAt: tenOclock(5) },
    });
  });
});

test('the input is that of the state machine’s contract', () => {
  const plan = planOf({ facts: { 'SKU-mill': { complexity: 'complex', reportsUse: true } } });

  if (plan.kind !== 'start') throw new Error('the plan was passed over');

  expect(onboarding.input.parse(plan.input)).toEqual(plan.input);
});
