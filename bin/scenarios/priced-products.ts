import { languageOf } from '#core/domain/messages/locales.ts';
import { readCatalogueFile } from '#rehearsal/input/catalogue-import/read-catalogue.ts';
import type { PricedProduct } from '#rehearsal/input/sample-catalogue.ts';

export interface PricedProducts {
  readonly products: readonly PricedProduct[];
  /** Records that cannot be used, each with its place; orders are priced by the catalogue. */
  readonly problems: readonly string[];
}

interface CatalogueShops {
  readonly [shop: string]: { readonly currency: string; readonly locales: readonly string[] };
}

/** The products of a merchant's own catalogue, in any form that `npm run catalogue` reads without a map. */
export const pricedProducts = async (
  file: string,
  shops: CatalogueShops,
): Promise<PricedProducts> => {
  const known = Object.entries(shops).map(([id, { currency, locales }]) => ({
    id,
    currency,
    language: languageOf(locales[0] ?? 'en'),
  }));
  try {
    const { products, refused } = await readCatalogueFile(file, { shops: known });
    const priced = products.flatMap(({ price, ...product }) =>
      price === undefined ? [] : [{ ...product, price }],
    );
    return {
      products: priced,
      problems: [
        ...refused.map(({ place, sku = '', problem }) => `${file}, ${place}: ${sku} ${problem}`),
        ...products
          .filter(({ price }) => price === undefined)
          .map(({ sku }) => `${file}: ${sku}: got no price, expected one: orders are priced by it`),
      ],
    };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UnreadableFile') throw error;
    return { products: [], problems: [error.message] };
  }
};
