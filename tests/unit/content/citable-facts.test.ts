import { describe, expect, test } from 'vitest';
import { citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';

const item = {
  sku: 'HG-LID',
  name: 'Glass lid',
  category: 'Pans',
  attributes: [
    { id: 'material', type: 'material', text: { en: 'Tempered glass', de: 'Gehärtetes Glas' } },
    { id: 'warning', type: 'warning', text: { en: 'Do not put it into cold water hot.' } },
  ],
} as const;

const sources = { item, product: {}, pairs: [] };

describe('what may be stated of a product', () => {
  test('is its name, its category and every attribute, in the asked-for language', () => {
    expect(
      citableFacts(sources, 'de').map(({ id, text, language }) => [id, text, language]),
    ).toEqual([
      ['name', 'Glass lid', undefined],
      ['category', 'Pans', undefined],
      ['material', 'Gehärtetes Glas', 'de'],
      ['warning', 'Do not put it into cold water hot.', 'en'],
    ]);
  });

  test('is how long it lasts, its warranty, and by name what goes with it', () => {
    const product = { daysOfSupply: 30, warrantyMonths: 24, pairsWith: ['HG-PAN', 'HG-OLD'] };
    const pairs = [{ sku: 'HG-PAN', name: 'Pan, 28 cm' }];

    const facts = citableFacts({ item, product, pairs }, 'en').slice(4);

    expect(facts.map(({ id, text }) => [id, text])).toEqual([
      ['days-of-supply', '30'],
      ['warranty-months', '24'],
      ['pairs-with.HG-PAN', 'Pan, 28 cm'],
    ]);
  });

  test('is not that it goes with itself, as its category may say', () => {
    const product = { pairsWith: ['HG-LID'] };
    const pairs = [{ sku: 'HG-LID', name: 'Glass lid' }];

    const facts = citableFacts({ item, product, pairs }, 'en');

    expect(facts.filter(({ type }) => type === 'pairs-with')).toEqual([]);
  });
});

describe('what the truth of a text hangs on', () => {
  const facts = citableFacts(sources, 'en');

  test('is what it cites and every warning, in whatever order they are stated', () => {
    const grounds = groundsOf(facts, new Set(['material']));

    expect(grounds).toBe(groundsOf(facts.toReversed(), new Set(['material'])));
    expect(grounds).toContain('Tempered glass');
    expect(grounds).toContain('cold water');
    expect(grounds).not.toContain('Pans');
  });
});
