import { attributesOf } from './attribute-texts.ts';
import {
  type CatalogueShop,
  checkedProduct,
  type ReadRecord,
  shortened,
} from './catalogue-product.ts';
import { textOfHtml } from './html-text.ts';
import { readPrice } from './read-price.ts';
import {
  hasMoreVariants,
  shopifyProduct,
  type ShopifyProduct,
  type ShopifyVariant,
  urlOf,
} from './shopify-fields.ts';
import { readMetafields } from './shopify-metafields.ts';

/** What Shopify calls the one variant of a product that has no options. */
const ONLY_VARIANT = 'Default Title';

/**
 * The items of a product of Shopify, one a variant: what is bought has the variant's SKU.
 *
 * @param shop whose currency the prices are in, and whose language the description
 */
export const shopifyItems = (
  value: unknown,
  place: string,
  shop: CatalogueShop,
): readonly ReadRecord[] => {
  const parsed = shopifyProduct.safeParse(value);
  if (!parsed.success) return [{ refused: { place, problem: problemOf(parsed.error.issues) } }];
  const product = parsed.data;
  const { variants, variant_gids: all = [] } = product;
  const read = variants.map((variant, at) =>
    readVariant(product, variant, `${place}, variant ${at + 1}`, shop),
  );
  const isWhole = !hasMoreVariants(value) && all.length <= variants.length;
  return isWhole && read.length > 0
    ? read
    : [...read, { refused: { place, problem: missingVariants(product, all.length) } }];
};

const problemOf = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string =>
  `a product of Shopify: ${issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;

const missingVariants = ({ title, variants }: ShopifyProduct, all: number): string =>
  `${shortened(title)} has ${variants.length} variants here${all > variants.length ? ` of ${all}` : ' and more, or none'}: ask the GraphQL Admin API for the product with all of them, and import its answer`;

const readVariant = (
  product: ShopifyProduct,
  variant: ShopifyVariant,
  place: string,
  shop: CatalogueShop,
): ReadRecord => {
  const { sku = '', price: asked } = variant;
  const name = nameOf(product, variant);
  if (sku.trim() === '')
    return {
      refused: {
        place,
        problem: `${shortened(name)} has no SKU, and orders name products by it: give the variant one in Shopify`,
      },
    };
  const price = asked === undefined ? undefined : readPrice(String(asked), shop.currency);
  const says = readMetafields([...(product.metafields ?? []), ...(variant.metafields ?? [])]);
  const problems = [
    ...(price !== undefined && 'problem' in price ? [price.problem] : []),
    ...says.problems,
  ];
  const item = {
    sku: sku.trim(),
    name,
    ...given('category', product.category?.trim()),
    ...given('kind', says.kind ?? kindOf(variant)),
    ...given('imageUrl', pictureOf(product, variant)),
    ...(price !== undefined && 'price' in price ? price : {}),
    ...factsOf(product, says.facts),
    ...attributesIn(product, says, shop.language),
  };
  return checkedProduct({ place, shop: shop.id, item, problems });
};

const given = (name: string, value: unknown): Readonly<Record<string, unknown>> =>
  value === undefined || value === '' ? {} : { [name]: value };

const nameOf = ({ title }: ShopifyProduct, variant: ShopifyVariant): string =>
  variant.title === undefined || variant.title === ONLY_VARIANT
    ? title
    : `${title} – ${variant.title}`;

const kindOf = ({ requires_shipping, inventoryItem }: ShopifyVariant): string | undefined => {
  const isShipped = requires_shipping ?? inventoryItem?.requiresShipping;
  if (isShipped === undefined) return undefined;
  return isShipped ? 'physical' : 'digital';
};

/** Ids may be beyond 2^53, where JSON's numbers are no longer told apart. */
const isExact = (id: string | number | undefined): boolean =>
  typeof id === 'string' || Number.isSafeInteger(id);

/** The variant's own, or the product's. */
const pictureOf = (product: ShopifyProduct, { image, image_id }: ShopifyVariant) => {
  const named = product.images?.find(({ id }) => isExact(id) && id === image_id);
  return urlOf(image ?? named) ?? product.pictureUrl;
};

const factsOf = (
  { onlineStoreUrl }: ShopifyProduct,
  said: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const facts = { ...given('url', onlineStoreUrl), ...said };
  return Object.keys(facts).length === 0 ? {} : { facts };
};

/** Those of metafields, and the description where they state none. */
const attributesIn = (
  { html }: ShopifyProduct,
  { statements, attributes }: ReturnType<typeof readMetafields>,
  language: string,
): Readonly<Record<string, unknown>> => {
  const text = html === undefined ? '' : textOfHtml(html);
  const described = statements.some(
    (each) => each.id === 'description' && each.language === language,
  );
  const all = [
    ...attributesOf([
      ...statements,
      ...(text === '' || described
        ? []
        : [{ id: 'description', type: 'description', language, text }]),
    ]),
    ...attributes,
  ];
  return all.length === 0 ? {} : { attributes: all };
};
