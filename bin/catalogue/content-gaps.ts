import type { AfterglowConfig } from '#core/contracts/config.ts';
import type { AttributeType } from '#core/domain/catalogue/attribute.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { type Product, productOf } from '#core/domain/catalogue/product.ts';
import { type ContentKind, contentKinds } from '#core/domain/content/content.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { ShopItem } from '../audit/missing-facts.ts';

/** An item of a catalogue with what texts may cite of it. */
export type StatedItem = ShopItem & Pick<CatalogItem, 'attributes'>;

interface Needs {
  /** One of these is enough; `pairing` needs a product that it goes with instead. */
  readonly types: readonly AttributeType[];
  readonly inWords: string;
  /** Whether its texts have to repeat every warning. */
  readonly keepsWarnings: boolean;
  /** Whom it makes sense for, besides those that state something for it. */
  readonly isFor: (product: Product) => boolean;
}

const isPhysical = ({ kind = 'physical' }: Product): boolean => kind === 'physical';

/** What can fail: what is electrical, or takes a guide. */
const canFail = (product: Product): boolean =>
  isPhysical(product) &&
  (product.careCategory === 'electrical' || product.complexity === 'complex');

const needs: Readonly<Record<ContentKind, Needs>> = {
  'usage-guide': {
    types: ['use', 'contents', 'feature'],
    inWords: 'no use, contents or feature',
    keepsWarnings: true,
    isFor: ({ kind }) => kind !== 'service',
  },
  care: {
    types: ['care', 'material', 'storage'],
    inWords: 'no care, material or storage',
    keepsWarnings: true,
    isFor: isPhysical,
  },
  troubleshooting: {
    types: ['troubleshooting'],
    inWords: 'no troubleshooting',
    keepsWarnings: true,
    isFor: canFail,
  },
  pairing: {
    types: [],
    inWords: 'no pairsWith that the catalogue knows',
    keepsWarnings: false,
    isFor: () => true,
  },
  upsell: {
    types: ['feature', 'description'],
    inWords: 'no feature or description',
    keepsWarnings: false,
    isFor: () => true,
  },
};

/** Products of one category of which the same kind of text cannot be written, in any language. */
export interface ContentGap {
  readonly shop: string;
  readonly category: string;
  readonly kind: ContentKind;
  readonly lacks: string;
  readonly skus: readonly string[];
}

/** How many of a shop's products a kind of text can be written of in a locale, of those that it makes sense for. */
export interface ContentShare {
  readonly shop: string;
  readonly locale: string;
  readonly kind: ContentKind;
  readonly possible: number;
  readonly of: number;
}

interface Known {
  readonly item: StatedItem;
  readonly product: Product;
  /** Whether the catalogue has something that it goes with. */
  readonly hasPair: boolean;
}

export const WITHOUT_CATEGORY = 'without category';

/** By shop and category, what texts of products have nothing to rest on. */
export const contentGaps = (
  items: readonly StatedItem[],
  config: AfterglowConfig,
): readonly ContentGap[] => {
  const lacking = knownOf(items, config).flatMap((known) =>
    kindsOf(config)
      .filter((kind) => isFitting(known, kind) && !isStated(known, kind))
      .map((kind) => ({ ...known.item, kind, category: known.item.category ?? WITHOUT_CATEGORY })),
  );
  const groups = Map.groupBy(lacking, ({ shop, category, kind }) =>
    JSON.stringify([shop, category, kind]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { shop, category, kind } = first;
    const skus = group.map(({ sku }) => sku);
    return [{ shop, category, kind, lacks: needs[kind].inWords, skus }];
  });
};

/** Of how many products each kind of text can be written, by shop and locale. */
export const contentShares = (
  items: readonly StatedItem[],
  config: AfterglowConfig,
): readonly ContentShare[] => {
  const known = knownOf(items, config);
  return Object.entries(config.shops).flatMap(([shop, { locales }]) =>
    locales.flatMap((locale) =>
      kindsOf(config).map((kind): ContentShare => {
        const fitting = known.filter((each) => each.item.shop === shop && isFitting(each, kind));
        const possible = fitting.filter((each) => isPossible(each, kind, languageOf(locale)));
        return { shop, locale, kind, possible: possible.length, of: fitting.length };
      }),
    ),
  );
};

const kindsOf = ({ content }: AfterglowConfig): readonly ContentKind[] =>
  content?.kinds ?? contentKinds;

const knownOf = (items: readonly StatedItem[], { shops }: AfterglowConfig): readonly Known[] => {
  const skus = new Set(items.map(({ shop, sku }) => JSON.stringify([shop, sku])));
  return items.flatMap((item) => {
    const rules = shops[item.shop];
    if (rules === undefined) return [];
    const product = productOf(item, rules);
    const pairs = product.pairsWith ?? [];
    const hasPair = pairs.some((sku) => skus.has(JSON.stringify([item.shop, sku])));
    return [{ item, product, hasPair }];
  });
};

const isFitting = (known: Known, kind: ContentKind): boolean =>
  needs[kind].isFor(known.product) || isStated(known, kind);

const isStated = ({ item, hasPair }: Known, kind: ContentKind): boolean =>
  kind === 'pairing'
    ? hasPair
    : (item.attributes ?? []).some(({ type }) => needs[kind].types.includes(type));

const isPossible = (known: Known, kind: ContentKind, language: string): boolean => {
  const { item, hasPair } = known;
  if (kind === 'pairing') return hasPair;
  const { types, keepsWarnings } = needs[kind];
  const attributes = item.attributes ?? [];
  const isTold = attributes.some(
    ({ type, text }) => types.includes(type) && Object.hasOwn(text, language),
  );
  const isUnsafe = attributes.some(
    ({ type, text }) => type === 'warning' && !Object.hasOwn(text, language),
  );
  return isTold && !(keepsWarnings && isUnsafe);
};
