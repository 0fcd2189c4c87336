import type { CatalogueShop } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import type { ReadRecord } from '#rehearsal/input/catalogue-import/catalogue-product.ts';

export const hearth: CatalogueShop = { id: 'hearth', currency: 'EUR', language: 'en' };
export const northside: CatalogueShop = { id: 'northside', currency: 'USD', language: 'en' };
export const shops = [hearth, northside];

/** The problems of records that were refused. */
export const problemsOf = (read: readonly ReadRecord[]): readonly string[] =>
  read.flatMap((each) => ('refused' in each ? [each.refused.problem] : []));

export const productsOf = (read: readonly ReadRecord[]) =>
  read.flatMap((each) => ('product' in each ? [each.product] : []));
