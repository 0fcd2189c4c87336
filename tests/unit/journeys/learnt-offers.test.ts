import { describe, expect, test } from 'vitest';
import { rankCandidates } from '#core/domain/affinity/rank-candidates.ts';
import { nextVisit, visitTouches } from '#core/domain/journeys/visits.ts';
import { list, neighbour, shopOf } from '#tests/unit/affinity/lists.ts';
import { inputsOf, purchase, type Story } from './plan-inputs.ts';

const candidates = rankCandidates(
  [{ sku: 'SKU-mill' }],
  shopOf([
    list('sku', 'SKU-mill', [
      neighbour('A', 0.5),
      neighbour('X', 0.4),
      neighbour('Y', 0.3, { together: 6 }),
    ]),
  ]),
);

const others = visitTouches.filter((touch) => touch !== 'cross-sell');

const visitOf = (story: Story) => nextVisit({ ...inputsOf(story), candidates }, others);

const paired = (...pairsWith: readonly string[]) => ({ facts: { 'SKU-mill': { pairsWith } } });

describe('what others bought with it', () => {
  test('is offered where the merchant states nothing, and says why', () => {
    expect(visitOf({})).toMatchObject({
      touch: 'cross-sell',
      subjects: ['A', 'X', 'Y'],
      because:
        'A: together with SKU-mill in 30 of its 100 orders, LLR 68.7; X: together with SKU-mill in 30 of its 100 orders, LLR 68.7; Y: together with SKU-mill in 6 of its 100 orders, which may be chance',
    });
  });

  test('comes after what the merchant states, each product once', () => {
    const visit = visitOf(paired('B', 'X'));

    expect(visit?.subjects).toEqual(['B', 'X', 'A']);
    expect(visit?.because).toBe('A: together with SKU-mill in 30 of its 100 orders, LLR 68.7');
  });

  test('is not told of where the merchant states enough', () => {
    const visit = visitOf(paired('B', 'C', 'D', 'E'));

    expect(visit?.subjects).toEqual(['B', 'C', 'D']);
    expect(visit).not.toHaveProperty('because');
  });

  test('is not offered to who has it', () => {
    const purchases = [purchase('100400', '2025-11-01T10:00:00.000Z', { A: 1 })];

    expect(visitOf({ purchases })?.subjects).toEqual(['X', 'Y']);
  });
});
