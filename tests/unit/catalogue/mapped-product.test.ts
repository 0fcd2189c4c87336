import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeTypes } from '#core/domain/catalogue/attribute.ts';
import {
  checkedCatalogueMap,
  InvalidCatalogueMap,
  mapOfHeader,
} from '#rehearsal/input/catalogue-import/catalogue-map.ts';
import { checkedProduct } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import { mappedProduct } from '#rehearsal/input/catalogue-import/mapped-product.ts';
import { hearth } from './shops.ts';

const words = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text);
const id = fc.stringMatching(/^x[a-z0-9]{1,8}(\.[a-z]{1,4})?$/);
const attribute = fc.record({
  id,
  type: fc.constantFrom(...attributeTypes),
  text: fc.dictionary(fc.constantFrom('en', 'de'), words, { minKeys: 1, noNullPrototype: true }),
});
const item = fc.record({
  sku: words,
  name: words,
  price: fc.record({
    amountMinor: fc.integer({ min: 0, max: 10 ** 9 }),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  }),
  facts: fc.record({
    daysOfSupply: fc.integer({ min: 1, max: 3650 }),
    subscribable: fc.boolean(),
    pairsWith: fc.array(id, { minLength: 1, maxLength: 3 }),
  }),
  attributes: fc.uniqueArray(attribute, { minLength: 1, maxLength: 6, selector: (one) => one.id }),
});

const digits = { EUR: 2, JPY: 0, KWD: 3 } as const;

/** As a spreadsheet of our own columns would have it. */
const cellsOf = ({
  sku,
  name,
  price,
  facts,
  attributes,
}: typeof item extends fc.Arbitrary<infer Item> ? Item : never) =>
  new Map<string, string>([
    ['sku', sku],
    ['name', name],
    ['price', (price.amountMinor / 10 ** digits[price.currency]).toFixed(digits[price.currency])],
    ['currency', price.currency],
    ['facts.daysOfSupply', String(facts.daysOfSupply)],
    ['facts.subscribable', String(facts.subscribable)],
    ['facts.pairsWith', facts.pairsWith.join(' | ')],
    ...attributes.flatMap(({ id: of, type, text }) =>
      Object.entries(text).map(
        ([language, said]) => [`attribute.${type}.${of}.${language}`, said] as const,
      ),
    ),
  ]);

describe('a row', () => {
  it('says what the product was that it was made of', () => {
    fc.assert(
      fc.property(item, (product) => {
        const cells = cellsOf(product);
        const mapped = mappedProduct(cells, mapOfHeader([...cells.keys()]), hearth);

        expect(mapped.problems).toEqual([]);
        expect(checkedProduct({ place: 'row 2', shop: 'hearth', ...mapped })).toEqual({
          place: 'row 2',
          product: { shop: 'hearth', ...product },
        });
      }),
    );
  });

  it('says nothing by an empty cell, and takes the shop’s currency', () => {
    const map = mapOfHeader(['sku', 'name', 'price', 'category', 'attribute.care.care.en']);
    const cells = new Map([
      ['sku', 'A'],
      ['name', 'Bowl'],
      ['price', '3'],
      ['category', ' '],
      ['attribute.care.care.en', ''],
    ]);

    expect(mappedProduct(cells, map, hearth).item).toEqual({
      sku: 'A',
      name: 'Bowl',
      price: { amountMinor: 300, currency: 'EUR' },
    });
  });

  it('names every mistake with what was got and what was expected', () => {
    const map = mapOfHeader([
      'sku',
      'name',
      'kind',
      'price',
      'facts.daysOfSupply',
      'facts.subscribable',
    ]);
    const cells = new Map([
      ['sku', 'A'],
      ['kind', 'thing'],
      ['price', 'free'],
      ['facts.daysOfSupply', 'a month'],
      ['facts.subscribable', 'maybe'],
    ]);

    const read = checkedProduct({
      place: 'row 2',
      shop: 'hearth',
      ...mappedProduct(cells, map, hearth),
    });

    expect(read).toMatchObject({ refused: { place: 'row 2', sku: 'A' } });
    const problem = 'refused' in read ? read.refused.problem : '';
    expect(problem).toContain('price: got "free", expected a decimal');
    expect(problem).toContain('facts.daysOfSupply: got "a month", expected a number');
    expect(problem).toContain('facts.subscribable: got "maybe", expected true or false');
    expect(problem).toContain('name: got nothing, expected string');
    expect(problem).toContain('kind: got "thing", expected one of "physical"|"digital"');
  });

  it('tells a long description in several statements and loses no word', () => {
    const map = mapOfHeader(['sku', 'name', 'attribute.description.description.en']);
    const long = Array.from({ length: 900 }, (_, at) => `word${at}.`).join(' ');
    const cells = new Map([
      ['sku', 'A'],
      ['name', 'Bowl'],
      ['attribute.description.description.en', long],
    ]);

    const read = checkedProduct({
      place: 'row 2',
      shop: 'hearth',
      ...mappedProduct(cells, map, hearth),
    });

    const attributes = 'product' in read ? (read.product.attributes ?? []) : [];
    expect(attributes.map(({ id: of }) => of).slice(0, 2)).toEqual([
      'description',
      'description.2',
    ]);
    expect(attributes.map(({ text }) => text['en']).join(' ')).toBe(long);
  });
});

describe('a map', () => {
  it('reads the words of a column of HTML', () => {
    const map = checkedCatalogueMap({
      columns: { sku: 'id', name: 'title' },
      attributes: [{ id: 'text', type: 'description', from: 'body', html: true }],
    });
    const cells = new Map([
      ['id', 'A'],
      ['title', 'Bowl'],
      ['body', '<p>Holds <b>1&nbsp;l</b></p>'],
    ]);

    expect(mappedProduct(cells, map, hearth).item).toMatchObject({
      attributes: [{ id: 'text', type: 'description', text: { en: 'Holds 1 l' } }],
    });
  });

  it.each([
    [{ columns: { name: 'n' } }, 'columns for sku and name'],
    [{ columns: { sku: 's', name: 'n', colour: 'c' } }, 'got colour, expected sku'],
    [{ columns: { sku: 's', name: 'n', 'facts.colour': 'c' } }, 'got facts.colour'],
    [{ columns: { sku: 's', name: 'n' }, currency: 'XXQ' }, 'currency: expected a currency'],
    [
      {
        columns: { sku: 's', name: 'n' },
        attributes: [
          { id: 'care', type: 'care', from: 'a' },
          { id: 'care', type: 'care', from: 'b' },
        ],
      },
      'care in en twice',
    ],
  ])('that cannot be used is refused: %j', (map, because) => {
    expect(() => checkedCatalogueMap(map)).toThrow(InvalidCatalogueMap);
    expect(() => checkedCatalogueMap(map)).toThrow(because);
  });
});
