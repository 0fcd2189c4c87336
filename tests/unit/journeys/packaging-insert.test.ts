import { describe, expect, test } from 'vitest';
import { insertLines } from '#core/domain/journeys/packaging-insert.ts';
import { at, line } from '#tests/unit/orders/order-events.ts';
import { inputsOf, purchase, type Story } from './plan-inputs.ts';

const cardOf = (story: Story) => insertLines(inputsOf(story).profile);
const complexMill = { 'SKU-mill': { complexity: 'complex' } } as const;
const regular = [purchase('1', at(2), { OTHER: 1 })];

describe('a card', () => {
  test('comes with a first order, and tells of all that is packed', () => {
    const lines = [line('mill'), line('tin'), line('course', { kind: 'digital' })];

    expect(cardOf({ order: { lines } })).toEqual(['mill', 'tin']);
  });

  test('comes with what needs a guide and is new to a customer who returns', () => {
    expect(cardOf({ purchases: regular, facts: complexMill })).toEqual(['mill', 'tin']);
  });

  test('does not come with what a customer who returns needs no help with', () => {
    expect(cardOf({ purchases: regular })).toEqual([]);
    expect(cardOf({ purchases: [purchase('1', at(2))], facts: complexMill })).toEqual([]);
  });

  test('does not come where nothing is packed', () => {
    expect(cardOf({ order: { lines: [line('course', { kind: 'digital' })] } })).toEqual([]);
  });
});
