/** A DynamoDB table: its keys are text, made by the functions below. */
export interface TableDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** The attribute with the second of the epoch after which an item is deleted. */
  readonly expiresBy?: string;
}

/** Every table, once: the stack creates them, the adapters read and write them, the rehearsal runs on them. */
export const tables = {
  /** One item an order: `OrderLog`. */
  orders: { name: 'Orders', partitionKey: 'order' },
  /** One item a customer of a shop: `Customer`. */
  customers: { name: 'Customers', partitionKey: 'customer' },
  /** One item an order of a customer, by time: `Purchase`. */
  purchases: { name: 'Purchases', partitionKey: 'customer', sortKey: 'placed' },
  /** One item a touch of an order: `TouchRecord`. */
  touches: { name: 'Touches', partitionKey: 'order', sortKey: 'touch' },
  /** One item an e-mail address of a shop's customers, by its keyed hash: `Identity`. */
  identities: { name: 'Identities', partitionKey: 'identity' },
  /** One item an address that may not be used any more, by its keyed hash: `AddressSuppression`. */
  suppressions: { name: 'Suppressions', partitionKey: 'address' },
  /** One item a customer: `ContactHistory`. */
  contacts: { name: 'Contacts', partitionKey: 'customer' },
  /** One item a message in a customer's inbox, by time: `InboxMessage`. */
  inbox: { name: 'Inbox', partitionKey: 'customer', sortKey: 'message', expiresBy: 'expiresAt' },
  /** One item a short link in a text message, by its id: where it leads. */
  links: { name: 'Links', partitionKey: 'link', expiresBy: 'expiresAt' },
  /** One item a number that is counted: what SMS cost in a month. */
  counters: { name: 'Counters', partitionKey: 'counter' },
  /** One item a customer: the name that the lake knows them by. Without it nothing in the lake is anybody's. */
  pseudonyms: { name: 'Pseudonyms', partitionKey: 'customer' },
  /** One item a pseudonym: `DatedScore`, as the models last scored them; and one a shop, its `ScoreModels`. */
  scores: { name: 'Scores', partitionKey: 'pseudonym' },
  /** One item a product, a category or the best sellers of a shop: `AffinityList`. */
  affinity: { name: 'Affinity', partitionKey: 'list', expiresBy: 'expiresAt' },
  /** One item a transaction of an order, or of an adjustment: `Transaction`. Only ever added to. */
  ledger: { name: 'Ledger', partitionKey: 'order', sortKey: 'transaction' },
  /** One item what shows that something of ours was used, by its id and by its customer: `Evidence`. */
  attributions: {
    name: 'Attributions',
    partitionKey: 'evidence',
    sortKey: 'at',
    expiresBy: 'expiresAt',
  },
  /** One item an offer of a shop: `Offer`. */
  offers: { name: 'Offers', partitionKey: 'shop', sortKey: 'offer' },
  /**
   * One item an offer and context of a shop: how often it was shown and accepted; one an offer with a budget: what was
   * spent of it; and one a shop: the priors of its offers.
   */
  offerCounts: { name: 'OfferCounts', partitionKey: 'group', sortKey: 'offer' },
  /** One item an order whose confirmation page was opened: `Session`. */
  sessions: { name: 'Sessions', partitionKey: 'session', expiresBy: 'expiresAt' },
  /** One item a customer: which offers they were shown, and what they did with them. */
  offerHistories: { name: 'OfferHistories', partitionKey: 'customer', expiresBy: 'expiresAt' },
  /** One item a product of a shop: `CatalogItem`, and beside it the facts that were approved for it. */
  catalogue: { name: 'Catalogue', partitionKey: 'item' },
  /** One item a product and locale: `ProductTexts`; and one a product: `ProductProposals`. */
  content: { name: 'Content', partitionKey: 'item', sortKey: 'part' },
} as const satisfies Readonly<Record<string, TableDefinition>>;

/** Ids are unique within a shop, and a shop's id has no `#`. */
export const orderKey = (shop: string, orderId: string): string => `${shop}#${orderId}`;
export const customerKey = (shop: string, customerId: string): string => `${shop}#${customerId}`;
export const itemKey = (shop: string, sku: string): string => `${shop}#${sku}`;

/** An e-mail address is a customer's of one shop. */
export const identityKey = (shop: string, addressId: string): string => `${shop}#${addressId}`;

/** Counters of a shop's offers that are read together: by whether the customer has ordered before. */
export const countsKey = (shop: string, tenure: 'new' | 'returning'): string => `${shop}#${tenure}`;
export const budgetsKey = (shop: string): string => `${shop}#budgets`;
export const priorsKey = (shop: string): string => `${shop}#priors`;

/** Beside the scores: what they are made by. No pseudonym has a `#`. */
export const scoreModelsKey = (shop: string): string => `models#${shop}`;

/** A shop's id has no `#`, and there are three kinds: what follows is free. */
export const affinityKey = (
  shop: string,
  kind: 'sku' | 'category' | 'best-seller',
  of: string,
): string => `${kind}#${shop}#${of}`;

/** Of the lists of some products and categories, each once, and of the best sellers. */
export const affinityKeys = (
  shop: string,
  skus: readonly string[],
  categories: readonly string[],
): readonly string[] => [
  ...new Set([
    ...skus.map((sku) => affinityKey(shop, 'sku', sku)),
    ...categories.map((category) => affinityKey(shop, 'category', category)),
    affinityKey(shop, 'best-seller', ''),
  ]),
];
