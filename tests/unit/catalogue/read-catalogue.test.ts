import { describe, expect, it } from 'vitest';
import { readCatalogueMap } from '#rehearsal/input/catalogue-import/catalogue-map.ts';
import { readCatalogueFile } from '#rehearsal/input/catalogue-import/read-catalogue.ts';
import { temporaryFolder } from '../../fakes/command-line.ts';
import { shops } from './shops.ts';

const { fileOf } = temporaryFolder();

const bowl = {
  sku: 'A',
  name: 'Bowl',
  attributes: [{ id: 'care', type: 'care', text: { en: 'Rinse.' } }],
};
const own = { shop: 'hearth', ...bowl };

describe('a catalogue’s file', () => {
  it.each([
    ['own.jsonl', `${JSON.stringify(own)}\n\n`],
    ['own.ndjson.gz', JSON.stringify(own)],
    ['own.json', JSON.stringify([own])],
    [
      'own.yaml',
      '- shop: hearth\n  sku: A\n  name: Bowl\n  attributes: [{ id: care, type: care, text: { en: Rinse. } }]\n',
    ],
    ['own.csv', '\uFEFFshop,sku,name,attribute.care.care.en\nhearth,A,Bowl,Rinse.\n'],
  ])('says the same as %s', async (name, text) => {
    const file = await fileOf(name, text);

    expect(await readCatalogueFile(file, { shops })).toEqual({
      products: [own],
      refused: [],
      unusedColumns: [],
    });
  });

  it('names the place of every record that is refused, and reads the others', async () => {
    const lines = [
      JSON.stringify(bowl),
      '{ broken',
      '[1]',
      JSON.stringify({ ...bowl, sku: 'B', colour: 'red' }),
      JSON.stringify({ ...bowl, sku: 'C', attributes: [...bowl.attributes, ...bowl.attributes] }),
      JSON.stringify({ ...bowl, sku: 'D', shop: 'elsewhere' }),
      JSON.stringify({ ...bowl, name: 'Another bowl' }),
      JSON.stringify({ ...bowl, sku: 'E', shop: 'northside' }),
      JSON.stringify({
        ...bowl,
        sku: 'F',
        attributes: [{ id: 'name', type: 'care', text: { en: 'x' } }],
      }),
    ];
    const file = await fileOf('bad.jsonl', lines.join('\n'));

    const { products, refused } = await readCatalogueFile(file, { shops, shop: 'hearth' });

    expect(products).toEqual([{ ...own, name: 'Bowl' }]);
    expect(refused).toEqual([
      { place: 'line 2', problem: 'got "{ broken", expected an object' },
      { place: 'line 3', problem: 'got [1], expected an object' },
      { place: 'line 4', sku: 'B', problem: expect.stringContaining('"colour"') },
      { place: 'line 5', sku: 'C', problem: expect.stringContaining('ids that occur once each') },
      { place: 'line 6', sku: 'D', problem: expect.stringContaining('got "elsewhere"') },
      { place: 'line 7', sku: 'A', problem: expect.stringContaining('line 1 has it') },
      { place: 'line 8', sku: 'E', problem: expect.stringContaining('expected hearth') },
      { place: 'line 9', sku: 'F', problem: expect.stringContaining('attributes.0.id') },
    ]);
  });

  it('has records of no shop refused', async () => {
    const file = await fileOf('nobody.json', JSON.stringify([bowl]));

    const { refused } = await readCatalogueFile(file, { shops });

    expect(refused).toMatchObject([{ problem: expect.stringContaining('shop: got nothing') }]);
  });

  it('names the row that has too many cells, and columns that nothing reads', async () => {
    const file = await fileOf('rows.csv', 'sku,name,colour\nA,Bowl,red\nB,Cup,red,big\n');

    expect(await readCatalogueFile(file, { shops, shop: 'hearth' })).toEqual({
      products: [{ shop: 'hearth', sku: 'A', name: 'Bowl' }],
      refused: [{ place: 'row 3', problem: 'it has 4 columns, the header 3' }],
      unusedColumns: ['colour'],
    });
  });

  it('is read by a map, whatever its members are called', async () => {
    const records = [
      { id: 'A', title: 'Bowl', cost: 3.5, goes: ['B', 'C'], text: { de: 'Spülen.' } },
    ];
    const file = await fileOf('others.json', JSON.stringify(records));
    const map = await readCatalogueMap(
      await fileOf(
        'others.map.json',
        JSON.stringify({
          columns: { sku: 'id', name: 'title', price: 'cost', 'facts.pairsWith': 'goes' },
          attributes: [{ id: 'care', type: 'care', from: 'text.de', language: 'de' }],
        }),
      ),
    );

    const { products } = await readCatalogueFile(file, { shops, shop: 'northside', map });

    expect(products).toEqual([
      {
        shop: 'northside',
        sku: 'A',
        name: 'Bowl',
        price: { amountMinor: 350, currency: 'USD' },
        facts: { pairsWith: ['B', 'C'] },
        attributes: [{ id: 'care', type: 'care', text: { de: 'Spülen.' } }],
      },
    ]);
  });

  it('names the line of a YAML list', async () => {
    const file = await fileOf('list.yml', '- sku: A\n  name: Bowl\n- sku: B\n');

    const { refused } = await readCatalogueFile(file, { shops, shop: 'hearth' });

    expect(refused).toMatchObject([{ place: 'line 3', sku: 'B' }]);
  });

  it('may be a sample of ours', async () => {
    const map = await readCatalogueMap('samples/products.map.json');
    const csv = await readCatalogueFile('samples/products.csv', { shops, shop: 'hearth', map });
    const shopify = await readCatalogueFile('samples/catalogue-shopify.json', {
      shops,
      shop: 'hearth',
    });

    expect(csv).toMatchObject({ refused: [], unusedColumns: [] });
    expect(csv.products.map(({ sku }) => sku)).toEqual(['K-100', 'K-101', 'K-102']);
    expect(shopify.products.map(({ sku }) => sku)).toEqual(['HG-POR-SAN', 'HG-POR-SLA']);
    expect(shopify.refused).toMatchObject([{ place: 'the document, variant 3' }]);
  });

  it.each([
    ['missing.csv', 'title\nBowl\n', 'expected sku and name'],
    ['twice.csv', 'sku,sku,name\n', 'two columns sku'],
    ['empty.csv', '', 'the file is empty'],
    ['broken.json', '{', 'JSON'],
    ['broken.yaml', '- [', 'broken.yaml'],
    ['catalogue.txt', '', 'expected a name that ends in'],
  ])('that cannot be read at all is refused as a whole: %s', async (name, text, because) => {
    const file = await fileOf(name, text);

    await expect(readCatalogueFile(file, { shops })).rejects.toThrow(because);
  });
});

describe('the map of the retail demo store', () => {
  it('reads its fields', async () => {
    const map = await readCatalogueMap('samples/retail-demo.map.json');
    const file = await fileOf(
      'retail.yaml',
      '- id: p-1\n  current_stock: 15\n  name: Backpack\n  category: accessories\n  style: backpack\n  description: Carries much.\n  price: 129.99\n  image: p-1.jpg\n',
    );

    const { products, refused } = await readCatalogueFile(file, { shops, shop: 'northside', map });

    expect(refused).toEqual([]);
    expect(products).toEqual([
      {
        shop: 'northside',
        sku: 'p-1',
        name: 'Backpack',
        category: 'accessories',
        price: { amountMinor: 12_999, currency: 'USD' },
        attributes: [
          { id: 'style', type: 'feature', text: { en: 'backpack' } },
          { id: 'description', type: 'description', text: { en: 'Carries much.' } },
        ],
      },
    ]);
  });
});
