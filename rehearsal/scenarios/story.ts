import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Profile } from '#core/domain/customers/customer.ts';
import type { Money } from '#core/domain/money.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';
import { type Order, type OrderLine, wantedOf } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { sessionIdOf } from '#core/domain/sessions/session-id.ts';
import { type PricedProduct, sampleCatalogue } from '../input/sample-catalogue.ts';
import { lineOf } from '../input/sample-order.ts';
import { seededRandom } from '../random.ts';
import { type SampleShop, sampleShops } from '../input/sample-shops.ts';
import { type Calendar, instantOf } from './calendar.ts';
import type { Lexicon, LineWritten } from './contract-fields.ts';
import { nearest, oneOf } from './nearest.ts';
import type { Note, WrittenText } from './notebook.ts';
import type { ScenarioOrder } from './scenario.ts';

/** What a scenario needs to know of its shop; `afterglow.config.ts` has it. */
export interface ScenarioShop {
  readonly currency: string;
  readonly timeZone: string;
  readonly survey?: 'csat' | 'nps';
  /** Facts by SKU that the shop's configuration adds to its catalogue. */
  readonly products?: Readonly<Record<string, object>>;
}

export interface StoryOptions {
  readonly shopId: string;
  readonly shop: ScenarioShop;
  /** ISO 4217. @default the shop's own */
  readonly currency?: string;
  /** What the shops sell. @default the sample catalogue */
  readonly products?: readonly PricedProduct[];
  readonly calendar: Calendar;
  /** Begins every id. */
  readonly scope: string;
  /** SKUs as they are written of which the scenario has a product of its own. */
  readonly ownSkus: ReadonlySet<string>;
  readonly note: Note;
}

interface OrderSoFar {
  readonly order: ScenarioOrder;
  readonly events: readonly OrderEvent[];
}

export interface Subscription {
  readonly subscriptionId: string;
  readonly sku: string;
}

type KnownProduct = Omit<PricedProduct, 'facts'> & { readonly facts?: object | undefined };

/** What a scenario has told so far: it fills in what an event need not say. */
export class Story {
  readonly options: StoryOptions;
  readonly shop: SampleShop;
  readonly products = new Map<string, KnownProduct>();
  readonly orders = new Map<string, OrderSoFar>();
  customerId: string | undefined;
  profile: Profile = {};
  subscription: Subscription | undefined;
  #told = 0;

  constructor(options: StoryOptions) {
    this.options = options;
    this.shop = pricingOf(options);
    for (const product of options.products ?? sampleCatalogue)
      if (product.shop === options.shopId) this.products.set(product.sku, product);
  }

  nextEventId(): string {
    this.#told += 1;
    return `${this.options.scope}/${this.#told}`;
  }

  scoped(id: string): string {
    return `${this.options.scope}-${id}`;
  }

  /** As its writer calls it. */
  unscoped(id: string): string {
    const prefix = this.scoped('');
    return id.startsWith(prefix) ? id.slice(prefix.length) : id;
  }

  /** The SKU that is meant: the scenario's own product, or else the shop's. */
  skuOf(sku: string): string {
    return this.options.ownSkus.has(sku) ? this.scoped(sku) : sku;
  }

  orderCalled(name: string): Order | undefined {
    return orderOf(this.orders.get(name)?.events ?? []);
  }

  heard(event: OrderEvent, order: ScenarioOrder): void {
    const events = this.orders.get(order.name)?.events ?? [];
    this.orders.set(order.name, { order, events: [...events, event] });
  }

  sells(sold: CatalogItem): void {
    const { price, updatedAt: _, attributes, ...item } = sold;
    if (price === undefined) return;
    this.products.set(item.sku, { ...item, price, attributes: attributes?.slice() });
  }

  /** What words mean in an event of this order. */
  lexicon(order: Order | undefined, ofOrder?: ScenarioOrder): Lexicon {
    const { note, calendar } = this.options;
    const sku = (written: WrittenText) => this.#knownSku(written);
    const lineId = (written: WrittenText) => this.#lineOf(written, order)?.lineId ?? written.text;
    const placed = order?.lines.length ?? 0;
    let added = 0;
    return {
      note,
      money: (major) => moneyOf(major, this.shop.currency),
      instant: (moment) => new Date(instantOf(calendar, moment)).toISOString(),
      names: {
        sku,
        boughtSkus: sku,
        upgradeSku: sku,
        pairsWith: sku,
        lineId,
        customerId: ({ text }) => this.scoped(text),
        email: ({ text }) => text.replace('@', `+${this.options.scope}@`),
        phone: ({ text }) => this.#phoneOf(text),
        platform: ({ text }) => platforms.get(text.toLowerCase()) ?? text,
        token: ({ text }) => this.scoped(text),
        caseId: ({ text }) => this.scoped(text),
        offerId: ({ text }) => this.scoped(text),
        sessionId: ({ text }) =>
          text === 'page' ? this.#pageOf(ofOrder?.orderId ?? '') : this.scoped(text),
      },
      line: (schema, written) => {
        if (!('sku' in schema.shape)) return this.#pieces(schema, written, order);
        added += 1;
        return { lineId: `L${placed + added}`, ...this.#placed(written) };
      },
    };
  }

  /** The session of the deployed page of an order. */
  #pageOf(orderId: string): string {
    return sessionIdOf(this.options.shopId, orderId, (text) =>
      createHash('sha256').update(text).digest('hex'),
    );
  }

  /** A number of the scenario's own: its last five digits are drawn by the scope and by what they were. */
  #phoneOf(text: string): string {
    const digits = text.replaceAll(/\D/g, '').slice(-5);
    const random = seededRandom(`${this.options.scope}/${digits}`);
    return text.replaceAll(/\d(?=(?:\D*\d){0,4}\D*$)/g, () => String(Math.floor(random() * 10)));
  }

  #knownSku({ text, line }: WrittenText): string {
    const sku = this.skuOf(text);
    const known = [...this.products.keys()].map((each) => this.unscoped(each));
    if (!this.products.has(sku) && !this.options.ownSkus.has(text))
      this.options.note(
        line,
        `got the product "${text}", expected one of the catalogue such as ${oneOf(nearest(text, known))}: give others under \`catalogue\``,
      );
    return sku;
  }

  #placed({ product, quantity = 1, fields }: LineWritten): object {
    const sku = product === undefined ? fields['sku'] : this.#knownSku(product);
    const known = typeof sku === 'string' ? this.products.get(sku) : undefined;
    // An unknown product is noted already; that it has no price is no second mistake.
    const unpriced = { sku, quantity, unitPrice: moneyOf(0, this.shop.currency) };
    return { ...(known === undefined ? unpriced : lineOf(known, quantity)), ...fields };
  }

  #pieces(schema: z.ZodObject, written: LineWritten, order: Order | undefined): object {
    const { product, quantity, fields } = written;
    const line =
      product === undefined
        ? order?.lines.find(({ lineId }) => lineId === fields['lineId'])
        : this.#lineOf(product, order);
    const lineId = line?.lineId ?? fields['lineId'] ?? product?.text;
    const isNeeded = !(schema.shape['quantity'] instanceof z.ZodOptional);
    const all = isNeeded ? { quantity: wholeOf(line) } : {};
    return { lineId, ...all, ...(quantity === undefined ? {} : { quantity }), ...fields };
  }

  #lineOf({ text, line }: WrittenText, order: Order | undefined) {
    if (order === undefined) return undefined;
    const sku = this.skuOf(text);
    const found = order.lines.find((each) => each.lineId === text || each.sku === sku);
    if (found === undefined) {
      const lines = order.lines.map((each) => `${this.unscoped(each.sku)} (${each.lineId})`);
      this.options.note(line, `got "${text}", expected a line of the order: ${oneOf(lines)}`);
    }
    return found;
  }
}

/** As a person calls what the contract names by its push service. */
const platforms: ReadonlyMap<string, string> = new Map([
  ['android', 'GCM'],
  ['iphone', 'APNS'],
  ['ipad', 'APNS'],
]);

/** The sample shops charge for shipping and tax; of another shop a scenario need not know it. */
const pricingOf = ({ shopId, shop, currency = shop.currency }: StoryOptions): SampleShop => {
  const sample = sampleShops.find(({ id }) => id === shopId);
  if (sample?.currency === currency) return sample;
  return {
    id: shopId,
    currency,
    timeZone: shop.timeZone,
    shippingMinor: 0,
    freeShippingFromMinor: 0,
    salesTax: 0,
    audiences: [],
  };
};

/** What is left of a line, or all of it where nothing is left; of a line nobody knows, a piece. */
const wholeOf = (line: OrderLine | undefined): number =>
  line === undefined ? 1 : wantedOf(line) || line.quantity;

const moneyOf = (major: number, currency: string): Money => ({
  amountMinor: Math.round(major * 10 ** exponentOf(currency)),
  currency,
});
