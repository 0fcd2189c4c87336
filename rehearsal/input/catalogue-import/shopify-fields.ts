import * as z from 'zod';

/** A list as the REST API writes it, or a GraphQL connection by nodes or by edges. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((list: unknown) => {
    const { nodes, edges } = connection.safeParse(list).data ?? {};
    return nodes ?? edges?.map(({ node }) => node) ?? list;
  }, z.array(item));

const connection = z.object({
  nodes: z.array(z.unknown()).optional(),
  edges: z.array(z.object({ node: z.unknown() })).optional(),
});

const maybe = <Value extends z.ZodType>(value: Value) =>
  value.nullish().transform((it) => it ?? undefined);

const id = z.union([z.string(), z.number()]);
const picture = z.object({
  id: id.optional(),
  src: z.string().optional(),
  url: z.string().optional(),
});

const metafield = z.object({
  namespace: z.string().nullish(),
  key: z.string(),
  value: z.unknown(),
});

const variant = z.object({
  id: id.optional(),
  title: maybe(z.string()),
  sku: maybe(z.string()),
  price: maybe(z.union([z.string(), z.number()])),
  image_id: maybe(id),
  image: maybe(picture),
  requires_shipping: maybe(z.boolean()),
  inventoryItem: maybe(z.object({ requiresShipping: maybe(z.boolean()) })),
  metafields: maybe(listOf(metafield)),
});

/**
 * What is read of a product of Shopify: the payload of the webhooks products/create and products/update, which
 * is the REST Product resource (https://shopify.dev/docs/api/admin-rest/latest/resources/product), and the JSON
 * of the GraphQL Admin API's Product (https://shopify.dev/docs/api/admin-graphql/latest/objects/Product). Both
 * give prices as decimals in the shop's currency without naming it; metafields are there only if the subscription
 * or the query asks for their namespace.
 */
export const shopifyProduct = z
  .object({
    title: z.string(),
    body_html: maybe(z.string()),
    descriptionHtml: maybe(z.string()),
    product_type: maybe(z.string()),
    productType: maybe(z.string()),
    image: maybe(picture),
    images: maybe(listOf(picture)),
    featuredImage: maybe(picture),
    featuredMedia: maybe(z.object({ preview: maybe(z.object({ image: maybe(picture) })) })),
    onlineStoreUrl: maybe(z.string()),
    metafields: maybe(listOf(metafield)),
    variants: listOf(variant),
    /** Of all variants; those of a product with many may not all be in the payload. */
    variant_gids: maybe(z.array(z.unknown())),
  })
  .transform((product) => ({
    ...product,
    html: product.body_html ?? product.descriptionHtml,
    category: product.product_type ?? product.productType,
    pictureUrl: urlOf(
      product.image ??
        product.featuredMedia?.preview?.image ??
        product.featuredImage ??
        product.images?.[0],
    ),
  }));

export type ShopifyProduct = z.output<typeof shopifyProduct>;
export type ShopifyVariant = z.output<typeof variant>;
export type Metafield = z.output<typeof metafield>;

export const urlOf = (image: z.output<typeof picture> | undefined): string | undefined =>
  image?.src ?? image?.url;

const objectOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(Object(value)));

export const isShopifyProduct = (value: unknown): boolean => {
  const members = objectOf(value);
  return members.has('title') && members.has('variants');
};

/** What stands around products: an event of the partner bus, its detail, an answer of either API. */
const wrappers = ['detail', 'payload', 'data', 'product', 'products', 'nodes', 'edges', 'node'];

/** The products in an event or answer of Shopify; `undefined` where the value is none. */
export const shopifyProductsIn = (value: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(value)) {
    const inner = value.map(shopifyProductsIn);
    return inner.length > 0 && inner.every((each) => each !== undefined) ? inner.flat() : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (isShopifyProduct(value)) return [value];
  const members = objectOf(value);
  const wrapper = wrappers.find((name) => typeof members.get(name) === 'object');
  return wrapper === undefined ? undefined : shopifyProductsIn(members.get(wrapper));
};

/** Whether an answer of GraphQL says that it goes on. */
export const hasMoreVariants = (value: unknown): boolean =>
  objectOf(objectOf(objectOf(value).get('variants')).get('pageInfo')).get('hasNextPage') === true;
