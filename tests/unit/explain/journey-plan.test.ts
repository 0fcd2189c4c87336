import { expect, test } from 'vitest';
import { journeyPlanOf } from '#core/domain/explain/journey-plan.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { inputsOf, tenOclock } from '#tests/unit/journeys/plan-inputs.ts';
import { line } from '#tests/unit/orders/order-events.ts';

const machine = { 'SKU-mill': { complexity: 'complex', warrantyMonths: 24 } } as const;
const oneMill = { lines: [line('mill')] };

const decided = (touch: string, subjects: readonly string[], decidedAt: string): TouchRecord => ({
  shop: 'hearth',
  orderId: '100482',
  touch,
  touchId: touch,
  subjects,
  purpose: 'service',
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt,
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
});

test('an order is explained by what it was taken for, and by the plan of each stage', () => {
  const { profile, stages } = journeyPlanOf(
    inputsOf({ order: oneMill, facts: machine }),
    [],
    tenOclock(0),
  );

  expect(profile).toEqual([
    'complex, led by SKU-mill, price band unknown',
    'first customer, order 1',
    'first of its category',
    'missing facts: SKU-mill: category, SKU-mill: returnableDays',
  ]);
  expect(stages).toEqual([
    'onboarding: from 2026-11-21 09:00, check-in at 2026-11-25 09:00',
    'advocacy: from 2026-12-05 09:00, an answer is waited for 4 days',
    'repurchase: next warranty-registration at 2026-12-06 09:00 (mill)',
  ]);
});

test('a visit that was made is not planned again', () => {
  const made = decided('warranty-registration', ['mill'], tenOclock(16));

  const { stages } = journeyPlanOf(
    inputsOf({ order: oneMill, facts: machine }),
    [made],
    tenOclock(17),
  );

  expect(stages.at(-1)).toMatch(/^repurchase: next win-back at 2027-02-1\d 09:00$/);
});

test('a stage that is passed over says why', () => {
  const { profile, stages } = journeyPlanOf(
    inputsOf({ order: { ...oneMill, gift: true }, facts: machine }),
    [],
    tenOclock(0),
  );

  expect(profile).toContain('gift');
  expect(stages[0]).toBe('onboarding: none, gift');
});

test('nothing is planned of what is still to arrive', () => {
  const { stages } = journeyPlanOf(inputsOf({ order: oneMill, events: [] }), [], tenOclock(0));

  expect(stages).toEqual(['nothing is planned before everything has arrived']);
});

test.each([
  ['2026-11-18', 'score of 2026-12-07'],
  ['2026-11-17', 'score of 2026-12-07; made before their last order, not used'],
])('what is expected of the customer is told, and whether it counts', (lastOrderDay, told) => {
  const score = { scoredOn: '2026-12-07', lastOrderDay, propensities: [] };

  const { profile } = journeyPlanOf(inputsOf({ order: oneMill, score }), [], tenOclock(0));

  expect(profile.at(-1)).toBe(told);
});
