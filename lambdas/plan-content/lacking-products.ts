import { productsLeft } from '#core/content/products-left.ts';
import { requestsOfRun } from '#core/content/roll-out/roll-out-plan.ts';
import { type CallLeft, callOf } from '#core/content/roll-out/work-left.ts';
import { chosenModel, type ContentConfig } from '#core/contracts/content-config.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { CatalogueScan } from '#core/ports/catalogue-scan.ts';
import type { DraftRequest } from '#core/ports/content-drafter.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import type { RollOut } from './contract.ts';

export interface LackingDeps {
  readonly catalogue: Pick<Catalogue, 'find'> & CatalogueScan;
  readonly contents: Pick<ProductContents, 'textsOf' | 'proposalsOf'>;
  readonly config: ContentConfig;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  /** The version that drafts are asked by. */
  readonly prompt: string;
  readonly digest: Digest;
}

/** A product of which something is to be drafted; of a catalogue of 200,000 some 100 MB. */
export interface LackingProduct {
  readonly shop: string;
  readonly sku: string;
  readonly name: string;
  /** Empty without one. */
  readonly category: string;
  readonly locales: readonly string[];
  readonly calls: readonly CallLeft[];
}

/** A product with what its calls ask: its facts, too much to be kept of a whole catalogue. */
export interface AskingProduct extends LackingProduct {
  readonly requests: readonly DraftRequest[];
}

/** Products that are looked at side by side: as many as DynamoDB reads at once. */
const AT_ONCE = 100;

/** The products that were asked for and lack something, in no order; and how many were asked for. */
export const lackingProducts = async (
  deps: LackingDeps,
  rollOut: RollOut,
  run: string,
): Promise<{ readonly inCatalogue: number; readonly products: readonly LackingProduct[] }> => {
  const products: LackingProduct[] = [];
  let inCatalogue = 0;
  for await (const page of pagesOf(deps, rollOut)) {
    const wanted = page.filter((item) => isWanted(item, deps, rollOut));
    inCatalogue += wanted.length;
    for (const [shop, own] of Map.groupBy(wanted, (item) => item.shop))
      for (let start = 0; start < own.length; start += AT_ONCE)
        products.push(
          ...(await askingOf(deps, rollOut, {
            run,
            shop,
            items: own.slice(start, start + AT_ONCE),
          }).then(withoutRequests)),
        );
  }
  return { inCatalogue, products };
};

const withoutRequests = (products: readonly AskingProduct[]): readonly LackingProduct[] =>
  products.map(({ shop, sku, name, category, locales, calls }) => ({
    shop,
    sku,
    name,
    category,
    locales,
    calls,
  }));

/** The products once more, in their order, with what their calls ask; one that lacks nothing any more is left out. */
export async function* askingProducts(
  deps: LackingDeps,
  rollOut: RollOut,
  run: string,
  products: readonly LackingProduct[],
): AsyncGenerator<AskingProduct> {
  for (let start = 0; start < products.length; start += AT_ONCE) {
    const wanted = products.slice(start, start + AT_ONCE);
    const found = new Map<string, AskingProduct>();
    for (const [shop, own] of Map.groupBy(wanted, (each) => each.shop)) {
      const items = await deps.catalogue.find(
        shop,
        own.map(({ sku }) => sku),
      );
      for (const asking of await askingOf(deps, rollOut, { run, shop, items }))
        found.set(keyOf(asking), asking);
    }
    for (const product of wanted) {
      const asking = found.get(keyOf(product));
      if (asking !== undefined) yield asking;
    }
  }
}

const keyOf = ({ shop, sku }: LackingProduct): string => JSON.stringify([shop, sku]);

/** Whoever names products does not have the whole catalogue read. */
async function* pagesOf(
  { catalogue, shops }: LackingDeps,
  { skus, shops: chosen }: RollOut,
): AsyncGenerator<readonly CatalogItem[]> {
  if (skus === undefined) yield* catalogue.all();
  else
    for (const shop of chosen ?? Object.keys(shops))
      yield await catalogue.find(shop, [...new Set(skus)]);
}

const isWanted = (
  { shop, category }: CatalogItem,
  { shops }: LackingDeps,
  { shops: chosen, categories, locales }: RollOut,
): boolean => {
  const spoken = shops[shop]?.locales ?? [];
  return (
    (chosen === undefined || chosen.includes(shop)) &&
    (categories === undefined || categories.includes(category ?? '')) &&
    spoken.some((locale) => locales === undefined || locales.includes(locale))
  );
};

interface Batch {
  readonly run: string;
  readonly shop: string;
  readonly items: readonly CatalogItem[];
}

const askingOf = async (
  { shops, config, prompt, ...deps }: LackingDeps,
  { locales: chosen, again }: RollOut,
  { run, shop, items }: Batch,
): Promise<readonly AskingProduct[]> => {
  const rules = shops[shop];
  if (rules === undefined) return [];
  const locales = rules.locales.filter((locale) => chosen?.includes(locale) !== false);
  const draftedBy = { model: chosenModel(config).key, prompt };
  const againBy = again === true ? (sku: string) => `${requestsOfRun(run)}${sku}` : undefined;
  const asked = { shop, rules, items, locales, againBy };
  const left = await productsLeft({ ...deps, config, draftedBy }, asked);
  return left.flatMap(
    ({ item: { sku, name, category = '' }, requests }): readonly AskingProduct[] => {
      const calls = requests.map(callOf);
      return calls.length === 0 ? [] : [{ shop, sku, name, category, locales, calls, requests }];
    },
  );
};
