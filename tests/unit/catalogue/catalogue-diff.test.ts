import { describe, expect, it } from 'vitest';
import type { ImportedProduct } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import {
  catalogueDiff,
  diffAsMarkdown,
  diffInWords,
} from '../../../bin/catalogue/catalogue-diff.ts';

const bowl: ImportedProduct = {
  shop: 'hearth',
  sku: 'A',
  name: 'Bowl',
  price: { amountMinor: 1000, currency: 'EUR' },
  facts: { daysOfSupply: 30 },
  attributes: [
    { id: 'care', type: 'care', text: { en: 'Rinse.', de: 'Spülen.' } },
    { id: 'warning', type: 'warning', text: { en: 'Hot.' } },
  ],
};

describe('what a later catalogue says otherwise', () => {
  it('is nothing when it says the same in another order', () => {
    const cup = { ...bowl, sku: 'B' };
    const turned = { ...bowl, attributes: bowl.attributes?.toReversed() };

    expect(catalogueDiff([bowl, cup], [cup, turned])).toEqual([]);
  });

  it('is told product by product', () => {
    const cup = { ...bowl, sku: 'B', name: 'Cup' };

    expect(catalogueDiff([bowl], [cup])).toEqual([
      { shop: 'hearth', sku: 'B', name: 'Cup', change: 'added', statements: [] },
      { shop: 'hearth', sku: 'A', name: 'Bowl', change: 'removed', statements: [] },
    ]);
  });

  it('is told statement by statement', () => {
    const later: ImportedProduct = {
      ...bowl,
      price: { amountMinor: 1200, currency: 'EUR' },
      facts: {},
      attributes: [
        { id: 'care', type: 'care', text: { en: 'Rinse.', de: 'Ausspülen.' } },
        { id: 'warning', type: 'warning', text: { en: 'Hot.', de: 'Heiß.' } },
      ],
    };

    const changes = catalogueDiff([bowl], [later]);

    expect(changes[0]?.statements).toEqual([
      { what: 'price', from: '€10.00', to: '€12.00' },
      { what: 'facts.daysOfSupply', from: '30', to: undefined },
      { what: 'care (de)', from: 'Spülen.', to: 'Ausspülen.' },
      { what: 'warning (de)', from: undefined, to: 'Heiß.' },
    ]);
    expect(diffInWords(changes)).toBe(
      [
        '0 added, 0 removed, 1 changed',
        '~ hearth A Bowl',
        '    price: €10.00 → €12.00',
        '    facts.daysOfSupply: no longer: 30',
        '    care (de): Spülen. → Ausspülen.',
        '    warning (de): new: Heiß.',
      ].join('\n'),
    );
  });

  it('cannot move the terminal that it is shown in', () => {
    const hostile = { ...bowl, name: 'Bowl\u001B[2J' };

    expect(diffInWords(catalogueDiff([bowl], [hostile]))).toContain('name: Bowl → Bowl\\u{1b}[2J');
  });

  it('cannot break the Markdown that it is shown in', () => {
    const hostile = { ...bowl, name: 'Bowl | <img src=x>\n[link](x)' };

    const markdown = diffAsMarkdown(catalogueDiff([bowl], [hostile]));

    expect(markdown).toContain(String.raw`| Bowl | Bowl \| &lt;img src=x> \[link\](x) |`);
  });
});
