import { describe, expect, it } from 'vitest';
import { shopifyItems } from '#rehearsal/input/catalogue-import/shopify-products.ts';
import { shopifyProductsIn } from '#rehearsal/input/catalogue-import/shopify-fields.ts';
import { hearth, problemsOf, productsOf } from './shops.ts';

const variant = { id: 1, title: 'Default Title', sku: 'A-1', price: '19.90' };
const webhook = { id: 9, title: 'Bowl', body_html: null, product_type: '', variants: [variant] };

const itemsOf = (product: object, shop = hearth) => shopifyItems(product, 'item 1', shop);

describe('a webhook’s product', () => {
  it('without options is one item by its title', () => {
    expect(itemsOf(webhook)).toEqual([
      {
        place: 'item 1, variant 1',
        product: {
          shop: 'hearth',
          sku: 'A-1',
          name: 'Bowl',
          price: { amountMinor: 1990, currency: 'EUR' },
        },
      },
    ]);
  });

  it('is an item a variant, each with its own name, picture and price', () => {
    const product = {
      ...webhook,
      product_type: 'Kitchen',
      image: { id: 30, src: 'https://static.example/bowl.jpg' },
      images: [{ id: 31, src: 'https://static.example/blue.jpg', variant_ids: [1] }],
      variants: [
        { ...variant, title: 'Blue', image_id: 31 },
        { ...variant, title: 'Red', sku: 'A-2', price: '21', image_id: null },
      ],
    };

    expect(productsOf(itemsOf(product))).toMatchObject([
      { sku: 'A-1', name: 'Bowl – Blue', imageUrl: 'https://static.example/blue.jpg' },
      {
        sku: 'A-2',
        name: 'Bowl – Red',
        imageUrl: 'https://static.example/bowl.jpg',
        price: { amountMinor: 2100 },
        category: 'Kitchen',
      },
    ]);
  });

  it('takes its own picture rather than one whose id cannot be told from another', () => {
    const product = {
      ...webhook,
      image: { id: 1, src: 'https://static.example/bowl.jpg' },
      images: [{ id: 2 ** 53, src: 'https://static.example/blue.jpg' }],
      variants: [{ ...variant, image_id: 2 ** 53 }],
    };

    expect(productsOf(itemsOf(product))).toMatchObject([
      { imageUrl: 'https://static.example/bowl.jpg' },
    ]);
  });

  it.each([
    ['JPY', '1980', 1980],
    ['KWD', '6.500', 6500],
  ])('has its price in minor units of %s', (currency, price, amountMinor) => {
    const items = itemsOf(
      { ...webhook, variants: [{ ...variant, price }] },
      { ...hearth, currency },
    );

    expect(productsOf(items)).toMatchObject([{ price: { amountMinor, currency } }]);
  });

  it('describes itself in words without markup, and its tags say nothing', () => {
    const [product] = productsOf(
      itemsOf({
        ...webhook,
        body_html: '<p>Holds <b>1 l</b></p><script>x()</script>',
        tags: 'new',
      }),
    );

    expect(product?.attributes).toEqual([
      { id: 'description', type: 'description', text: { en: 'Holds 1 l' } },
    ]);
    expect(JSON.stringify(product)).not.toContain('new');
  });

  it('states facts and attributes by metafields of our namespace, a variant above its product', () => {
    const product = {
      ...webhook,
      metafields: [
        { namespace: 'afterglow', key: 'days_of_supply', value: '30' },
        { namespace: 'afterglow', key: 'pairs_with', value: '["B-1","B-2"]' },
        { namespace: 'afterglow', key: 'warning_heat_en', value: 'Hot.' },
        { namespace: 'afterglow', key: 'warning_heat_de', value: 'Heiß.' },
        { namespace: 'afterglow', key: 'material_en', value: 'Clay.' },
        { namespace: 'reviews', key: 'rating', value: '5' },
      ],
      variants: [
        {
          ...variant,
          metafields: [{ namespace: 'afterglow', key: 'material_en', value: 'Glass.' }],
        },
      ],
    };

    expect(productsOf(itemsOf(product))).toMatchObject([
      {
        facts: { daysOfSupply: 30, pairsWith: ['B-1', 'B-2'] },
        attributes: [
          { id: 'warning.heat', type: 'warning', text: { en: 'Hot.', de: 'Heiß.' } },
          { id: 'material', type: 'material', text: { en: 'Glass.' } },
        ],
      },
    ]);
  });

  it('takes facts and attributes as JSON', () => {
    const attributes = [{ id: 'care', type: 'care', text: { en: 'Rinse.' } }];
    const product = {
      ...webhook,
      metafields: [
        { namespace: 'afterglow', key: 'facts', value: '{"complexity":"complex"}' },
        { namespace: 'afterglow', key: 'attributes', value: JSON.stringify(attributes) },
      ],
    };

    expect(productsOf(itemsOf(product))).toMatchObject([
      { facts: { complexity: 'complex' }, attributes },
    ]);
  });

  it.each([
    [{ variants: [{ ...variant, sku: null }] }, '"Bowl" has no SKU'],
    [{ variants: [] }, '"Bowl" has 0 variants'],
    [{ variant_gids: [{}, {}] }, 'has 1 variants here of 2'],
    [{ metafields: [{ namespace: 'afterglow', key: 'colour', value: 'x' }] }, 'afterglow.colour'],
    [{ metafields: [{ namespace: 'afterglow', key: 'facts', value: '[' }] }, 'expected the JSON'],
    [{ variants: [{ ...variant, price: '1.999' }] }, 'at most 2 digits'],
    [{ variants: 7 }, 'a product of Shopify: variants'],
    [{ image: { src: 'http://static.example/a.jpg' } }, 'imageUrl: got "http://'],
  ])('is refused in words for %j', (wrong, because) => {
    expect(problemsOf(itemsOf({ ...webhook, ...wrong }))).toEqual([
      expect.stringContaining(because),
    ]);
  });
});

describe('the GraphQL Admin API’s product', () => {
  const product = {
    id: 'gid://shopify/Product/9',
    title: 'Course',
    productType: 'Courses',
    descriptionHtml: '<p>Twelve lessons.</p>',
    onlineStoreUrl: 'https://www.hearth.example/products/course',
    featuredMedia: { preview: { image: { url: 'https://static.example/course.jpg' } } },
    metafields: { nodes: [{ namespace: 'afterglow', key: 'reports_use', value: 'true' }] },
    variants: {
      edges: [
        {
          node: {
            title: 'Default Title',
            sku: 'C-1',
            price: '49.00',
            inventoryItem: { requiresShipping: false },
          },
        },
      ],
    },
  };

  it('says the same by its own names', () => {
    expect(productsOf(itemsOf(product))).toEqual([
      {
        shop: 'hearth',
        sku: 'C-1',
        name: 'Course',
        category: 'Courses',
        kind: 'digital',
        imageUrl: 'https://static.example/course.jpg',
        price: { amountMinor: 4900, currency: 'EUR' },
        facts: { url: 'https://www.hearth.example/products/course', reportsUse: true },
        attributes: [{ id: 'description', type: 'description', text: { en: 'Twelve lessons.' } }],
      },
    ]);
  });

  it('that goes on is said to', () => {
    const cut = { ...product, variants: { ...product.variants, pageInfo: { hasNextPage: true } } };

    expect(productsOf(itemsOf(cut))).toHaveLength(1);
    expect(problemsOf(itemsOf(cut))).toEqual([
      expect.stringContaining('has 1 variants here and more'),
    ]);
  });

  it.each([
    [{ data: { product } }],
    [{ data: { products: { nodes: [product] } } }],
    [{ data: { products: { edges: [{ node: product }] } } }],
    [{ detail: { metadata: {}, payload: product }, source: 'aws.partner/shopify.com/1/a' }],
    [[product]],
  ])('is found in what stands around it', (answer) => {
    expect(shopifyProductsIn(answer)).toEqual([product]);
  });

  it('is not found where there is none', () => {
    expect(shopifyProductsIn([{ sku: 'A', name: 'Bowl' }])).toBeUndefined();
    expect(shopifyProductsIn({ data: null })).toBeUndefined();
  });
});
