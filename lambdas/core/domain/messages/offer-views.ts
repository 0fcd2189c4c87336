import type { Product } from '../catalogue/product.ts';
import type { Subject } from '../touches/touch.ts';
import type { Viewing } from './line-list.ts';
import { allowedLink, pictureOf } from './links.ts';
import { plainText } from './names.ts';
import { type TextView, textViews } from './text-views.ts';

/** A product that a message suggests. */
export interface OfferView {
  readonly name: string;
  readonly category: string | null;
  readonly imageUrl: string | null;
  readonly price: string | null;
  /** The product's page where the shop vouches for it, or else the shop's website. */
  readonly url: string;
  /** What is written of it, of the kinds that the message carries. */
  readonly texts: readonly TextView[];
}

interface Telling {
  readonly tellsOf: Subject;
  readonly subjects: readonly string[];
}

/** The products that the subjects name by SKU and that are known, in that order. */
export const offerViews = (
  { tellsOf, subjects }: Telling,
  viewing: Viewing,
): readonly OfferView[] =>
  tellsOf === 'products'
    ? subjects
        .flatMap((sku) => viewing.products.find((product) => product.sku === sku) ?? [])
        .map((product) => offerView(product, viewing))
    : [];

const offerView = (
  { sku, name, category, imageUrl, price, url }: Product,
  { shop, formats, to, texts }: Viewing,
): OfferView => ({
  name: plainText(name) || sku,
  category: plainText(category ?? '') || null,
  imageUrl: pictureOf(imageUrl),
  price: price === undefined ? null : formats.money(price),
  url: to(allowedLink(shop, url ?? shop.website, shop.website)),
  texts: textViews(texts, sku),
});
