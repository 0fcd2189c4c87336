import { checkedMap, type ImportMap } from './import-map.ts';

interface Preset {
  readonly name: string;
  /** Columns that only this kind of file has all of. */
  readonly header: readonly string[];
  readonly map: ImportMap;
}

/**
 * UCI Online Retail (D. Chen, CC BY 4.0): a British wholesaler's invoices, in pounds and London time.
 * Ids beginning with C are cancellations, with A adjustments of bad debt. The codes that are no
 * products are those that its description column shows to be postage, fees, samples or bookkeeping.
 */
const onlineRetail: Preset = {
  name: 'UCI Online Retail',
  header: ['InvoiceNo', 'StockCode', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'],
  map: checkedMap({
    columns: {
      order: 'InvoiceNo',
      sku: 'StockCode',
      name: 'Description',
      quantity: 'Quantity',
      at: 'InvoiceDate',
      unitPrice: 'UnitPrice',
      customer: 'CustomerID',
      country: 'Country',
    },
    defaultCurrency: 'GBP',
    timeZone: 'Europe/London',
    dateFormats: ['M/D/YYYY H:mm'],
    cancellationPrefix: 'C',
    adjustmentPrefix: 'A',
    shippingSkus: ['POST', 'DOT', 'C2'],
    notProducts: ['AMAZONFEE', 'B', 'BANK CHARGES', 'CRUK', 'D', 'M', 'm', 'S'],
  }),
};

/**
 * Shopify's order export. Only the first row of an order has what is the order's; a shop need not
 * give its products SKUs; free lines are gifts that are sent.
 */
const shopify: Preset = {
  name: 'Shopify order export',
  header: ['Name', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price'],
  map: checkedMap({
    columns: {
      order: 'Name',
      at: 'Created at',
      sku: 'Lineitem sku',
      name: 'Lineitem name',
      quantity: 'Lineitem quantity',
      unitPrice: 'Lineitem price',
      lineDiscount: 'Lineitem discount',
      requiresShipping: 'Lineitem requires shipping',
      currency: 'Currency',
      shipping: 'Shipping',
      discount: 'Discount Amount',
      tax: 'Taxes',
      total: 'Total',
      cancelledAt: 'Cancelled at',
      refunded: 'Refunded Amount',
      email: 'Email',
      phone: 'Phone',
      customerName: 'Shipping Name',
      city: 'Shipping City',
      postcode: 'Shipping Zip',
      country: 'Shipping Country',
    },
    skuFallback: 'name',
    freeLines: 'keep',
  }),
};

export const presets: readonly Preset[] = [onlineRetail, shopify];

/** The preset that a file's header shows it to be. Of its optional columns those count that are there. */
export const presetFor = (header: readonly string[]): Preset | undefined => {
  const found = presets.find((preset) => preset.header.every((name) => header.includes(name)));
  if (found === undefined) return undefined;
  const there = Object.entries(found.map.columns).filter(([, name]) => header.includes(name));
  return { ...found, map: { ...found.map, columns: Object.fromEntries(there) } };
};
