import * as z from 'zod';
import { digitsOf } from './decimal.ts';
import { problemOfFormat } from './read-time.ts';

/** What a column can be. Those of the order are read from its first row that has a value. */
const fields = {
  order: 'the id of the order; rows of one order have the same',
  at: 'when it was placed',
  sku: 'the product; required unless skuFallback is name',
  quantity: 'pieces, a whole number',
  unitPrice: 'price of one piece',
  name: 'what the product is called',
  category: 'what kind of product it is',
  kind: 'physical, digital, subscription or service',
  requiresShipping: 'true or false, where there is no kind: false is digital',
  lineDiscount: 'taken off the line',
  currency: 'ISO 4217 code',
  shipping: 'what is charged for shipping',
  discount: 'taken off the order',
  tax: 'added to the order, or contained in it',
  total: 'what the customer pays; computed where no column says it',
  cancelledAt: 'any value says that the order was cancelled',
  refunded: 'what was given back of the order; read with --books',
  refundOf: 'the order that a negative quantity takes back; read with --books',
  customer: 'the id of the customer',
  email: 'their e-mail address',
  phone: 'their phone number',
  customerName: 'what they are called',
  locale: 'their language, such as de-AT',
  city: 'where it is sent',
  postcode: 'where it is sent',
  country: 'where it is sent: ISO 3166-1 code or name',
} as const;

export type ImportField = keyof typeof fields;

export const importFields: Readonly<Record<ImportField, string>> = fields;

const isField = (name: string): name is ImportField => Object.hasOwn(fields, name);

const column = z.string().min(1, 'the name of a column');
const format = z.string().refine((text) => problemOfFormat(text) === undefined, {
  error: ({ input }) =>
    `a date format such as M/D/YYYY H:mm: ${problemOfFormat(String(input)) ?? ''}`,
});

const options = {
  /** Where no column says it. @default the shop's */
  defaultCurrency: z
    .string()
    .refine((code) => digitsOf(code) !== undefined, 'a currency such as EUR')
    .optional(),
  /** Of times without an offset. @default the shop's */
  timeZone: z
    .string()
    .refine((zone) => isTimeZone(zone), 'an IANA zone such as Europe/Berlin')
    .optional(),
  /** Beside ISO 8601, which is always read. */
  dateFormats: z.array(format).default([]),
  decimalMark: z.enum(['.', ',']).default('.'),
  delimiter: z.string().length(1, 'one character').default(','),
  encoding: z.enum(['utf8', 'latin1']).default('utf8'),
  /** Orders whose id begins so are cancellations or adjustments of others. */
  cancellationPrefix: z.string().min(1).optional(),
  adjustmentPrefix: z.string().min(1).optional(),
  /** SKUs of postage: their price is the order's shipping. */
  shippingSkus: z.array(z.string()).default([]),
  /** SKUs of fees, samples and corrections: left out. */
  notProducts: z.array(z.string()).default([]),
  /** What stands for a missing SKU: nothing, or the product's name. */
  skuFallback: z.enum(['none', 'name']).default('none'),
  /** Whether lines that cost nothing are kept, such as free samples, or left out as corrections. */
  freeLines: z.enum(['keep', 'leave-out']).default('leave-out'),
  /** JSON lines only: the member that lists an order's lines; its members are `<lines>.<name>`. */
  lines: column.optional(),
};

const optionNames = Object.keys(options);
const listOptions = new Set(['dateFormats', 'shippingSkus', 'notProducts']);

/** What rows have to say: of which lines orders are, or no more than what each order came to. */
export type MapPurpose = 'orders' | 'totals';

const importMapFor = (purpose: MapPurpose) =>
  z.strictObject({
    columns: z
      .partialRecord(z.enum(Object.keys(fields)), column)
      .refine((columns) => missingFrom(columns, purpose).length === 0, {
        error: ({ input }) => `columns for ${missingFrom(input, purpose).join(', ')}`,
      }),
    ...options,
  });

const importMaps = { orders: importMapFor('orders'), totals: importMapFor('totals') };

/** Which column is what, and how the file writes it. */
export type ImportMap = Omit<z.output<typeof importMaps.orders>, 'columns'> & {
  readonly columns: Readonly<Partial<Record<ImportField, string>>>;
};

const required: readonly ImportField[] = ['order', 'at', 'quantity', 'unitPrice'];

function missingFrom(columns: unknown, purpose: MapPurpose): readonly string[] {
  const given = new Set(Object.keys(Object(columns)));
  if (purpose === 'totals' && !(given.has('quantity') && given.has('unitPrice')))
    return ['order', 'total'].filter((field) => !given.has(field));
  if (purpose === 'totals') return given.has('order') ? [] : ['order'];
  const hasProduct = given.has('sku') || given.has('name');
  return [...required.filter((field) => !given.has(field)), ...(hasProduct ? [] : ['sku'])];
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A mapping that cannot be used: names each wrong entry, what it has and what it needs. */
export class InvalidImportMap extends Error {
  override readonly name = 'InvalidImportMap';
}

/**
 * A mapping from its JSON text, `{ "columns": { "order": "InvoiceNo", … }, "timeZone": … }`, or written
 * inline, `order=InvoiceNo,sku=StockCode,…,timeZone=Europe/London`; lists inline are separated by `|`.
 *
 * @throws {InvalidImportMap}
 */
export const parseImportMap = (text: string, purpose: MapPurpose = 'orders'): ImportMap =>
  checkedMap(text.trimStart().startsWith('{') ? jsonOf(text) : inlineMap(text), purpose);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidImportMap(`map: the text begins as JSON and is none`, { cause });
  }
};

const inlineMap = (text: string): unknown => {
  const entries = text.split(',').map((entry) => {
    const at = entry.indexOf('=');
    if (at < 1)
      throw new InvalidImportMap(
        `map: got ${JSON.stringify(entry.trim())}, expected field=column, such as order=InvoiceNo`,
      );
    return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()] as const;
  });
  const isOption = ([name]: readonly [string, string]): boolean => optionNames.includes(name);
  return {
    columns: Object.fromEntries(entries.filter((entry) => !isOption(entry))),
    ...Object.fromEntries(
      entries
        .filter(isOption)
        .map(([name, value]) => [name, listOptions.has(name) ? value.split('|') : value]),
    ),
  };
};

/** @throws {InvalidImportMap} */
export const checkedMap = (map: unknown, purpose: MapPurpose = 'orders'): ImportMap => {
  const unknown = unknownFields(map);
  if (unknown.length > 0)
    throw new InvalidImportMap(
      `map: got ${unknown.join(', ')}, expected the fields ${Object.keys(fields).join(', ')} or the options ${optionNames.join(', ')}`,
    );
  const parsed = importMaps[purpose].safeParse(map);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'map'}: expected ${message}`,
  );
  throw new InvalidImportMap(`map: ${problems.join('; ')}`);
};

const unknownFields = (map: unknown): readonly string[] => {
  const columns: unknown = new Map<string, unknown>(Object.entries(Object(map))).get('columns');
  return Object.keys(Object(columns)).filter((name) => !isField(name));
};
