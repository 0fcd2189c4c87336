import type { DraftProductDeps, ProductDraftRequest } from './draft-product.ts';
import { productsLeft } from './products-left.ts';

export type RequestsToDraftDeps = Pick<
  DraftProductDeps,
  'catalogue' | 'contents' | 'config' | 'drafter' | 'digest' | 'shops'
>;

/**
 * Leaves out requests for products that lack nothing, of which the bus knows all: most of what is bought was drafted
 * long ago. A few reads for all of them, where `draftProduct` makes several for each.
 *
 * @param requests of one shop, for all of its locales
 */
export const requestsToDraft =
  ({ catalogue, contents, config, drafter, digest, shops }: RequestsToDraftDeps) =>
  async (
    shop: string,
    requests: readonly ProductDraftRequest[],
  ): Promise<readonly ProductDraftRequest[]> => {
    const rules = shops[shop];
    if (rules === undefined) return requests;
    const items = await catalogue.find(
      shop,
      requests.map(({ sku }) => sku),
    );
    const draftedBy = { model: drafter.model, prompt: drafter.prompt };
    const deps = { catalogue, contents, config, draftedBy, digest };
    const left = await productsLeft(deps, { shop, rules, items, locales: rules.locales });
    const bySku = new Map(left.map((each) => [each.item.sku, each]));
    return requests.filter(({ sku, requestId }) => {
      const product = bySku.get(sku);
      // Whoever wrote a text and broke off before telling of it does so when the request comes again.
      const mayBeUntold = product?.texts.some(({ versions }) =>
        versions.some((version) => version.requestId === requestId),
      );
      return product === undefined || product.requests.length > 0 || mayBeUntold === true;
    });
  };
