import type { ProductTexts } from '../domain/content/product-texts.ts';
import type { ProductProposals } from '../domain/content/proposals.ts';
import type { Instant } from '../domain/orders/order-event.ts';

/** Names the texts of one product in one locale. */
export interface TextsOf {
  readonly shop: string;
  readonly sku: string;
  readonly locale: string;
}

/** The right to draft a product: two requests at once would pay for the same texts twice. */
export interface DraftClaim {
  readonly shop: string;
  readonly sku: string;
  /** A request that comes again has its claim still. */
  readonly requestId: string;
  readonly now: Instant;
  /** When another may claim it although it was not released. */
  readonly until: Instant;
}

/** What is written and proposed of products. */
export interface ProductContents {
  /** The texts of some products in one locale, of those that have any; as of this moment. */
  textsOf(shop: string, skus: readonly string[], locale: string): Promise<readonly ProductTexts[]>;

  /** @returns texts without a version where nothing is written */
  read(of: TextsOf): Promise<ProductTexts>;

  /** @returns whether it was written; not when somebody else wrote since it was read */
  write(texts: ProductTexts): Promise<boolean>;

  /** What is proposed of some products, of those of which anything is; as of this moment. */
  proposalsOf(shop: string, skus: readonly string[]): Promise<readonly ProductProposals[]>;

  /** @returns none proposed where nothing is */
  readProposals(shop: string, sku: string): Promise<ProductProposals>;

  /** @returns whether it was written; not when somebody else wrote since it was read */
  writeProposals(proposals: ProductProposals): Promise<boolean>;

  /** @returns whether it was free, or the request's own */
  claim(claim: DraftClaim): Promise<boolean>;

  release(claim: Pick<DraftClaim, 'shop' | 'sku' | 'requestId'>): Promise<void>;
}
