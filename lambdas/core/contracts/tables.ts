/** A DynamoDB table: its keys are text, made by the functions below. */
export interface TableDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
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
  /** One item a product of a shop: `CatalogItem`. */
  catalogue: { name: 'Catalogue', partitionKey: 'item' },
} as const satisfies Readonly<Record<string, TableDefinition>>;

/** Ids are unique within a shop, and a shop's id has no `#`. */
export const orderKey = (shop: string, orderId: string): string => `${shop}#${orderId}`;
export const customerKey = (shop: string, customerId: string): string => `${shop}#${customerId}`;
export const itemKey = (shop: string, sku: string): string => `${shop}#${sku}`;
