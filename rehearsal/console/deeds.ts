import * as z from 'zod';
import config from '#config';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { type Order, toDeliver, toDispatch } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { submit } from '../input/page-visits.ts';
import { lineOf } from '../input/sample-order.ts';
import { sampleShops } from '../input/sample-shops.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { pageForms } from '../scenarios/customer-deed.ts';
import type { Heard } from './heard.ts';
import type { Messages } from './messages.ts';
import { deedLabels, isDeedKind, judge, type Situation } from './order-deeds.ts';
import type { Pacer } from './pacer.ts';
import type { OrderRecords, Records } from './records.ts';
import { Refused } from './refused.ts';
import { toldAtOnce } from './told-at-once.ts';

/** What a customer orders at the console. */
export const placing = z.strictObject({
  shop: z.string(),
  lines: z
    .array(z.strictObject({ sku: z.string().min(1), quantity: z.int().min(1).max(99) }))
    .min(1)
    .max(20),
  name: z.string().min(1).max(200),
  email: z.email().max(254),
  phone: z.string().max(32).optional(),
  locale: z.string().max(35).optional(),
  /** Whether they agree to marketing by e-mail, and by SMS where there is a phone. */
  agrees: z.boolean(),
});

export type Placing = z.output<typeof placing>;

/** Something that is tried on an order. */
export const deed = z.strictObject({
  kind: z.string(),
  shop: z.string(),
  orderId: z.string().min(1),
  /** Of an answer to the survey. */
  score: z.int().min(0).max(10).optional(),
});

export type Deed = z.output<typeof deed>;

export interface DeedsOptions {
  readonly rehearsal: Pick<Rehearsal, 'clock' | 'schedule' | 'http'>;
  readonly pacer: Pacer;
  readonly heard: Heard;
  readonly messages: Messages;
  readonly records: Records;
}

/** Virtual time that passes after a deed, so that what it sets off is seen: queues gather for some seconds. */
const AFTERWARDS_MS = 10_000;

const ASKS = 'satisfaction-survey';

/** What a commerce engineer tries: each goes the way that shops and customers go. */
export class Deeds {
  readonly #options: DeedsOptions;
  /** Ids of customers by shop and address: who orders again is known. */
  readonly #customers = new Map<string, string>();
  #done = 0;

  constructor(options: DeedsOptions) {
    this.#options = options;
  }

  /** Whether a deed makes sense is judged by this. */
  situationOf({ log, touches }: OrderRecords, order: Order): Situation {
    const { heard, messages } = this.#options;
    const { shop, orderId } = log;
    return {
      order,
      openCase: heard.openCase(shop, orderId),
      isAsked: touches.some(({ touch, state }) => touch === ASKS && state === 'sent'),
      unsubscribeLink: messages.lastLink(shop, orderId, 'unsubscribe'),
    };
  }

  /**
   * @returns the id of the order
   * @throws {Refused}
   */
  async place(wanted: Placing): Promise<string> {
    const { shop, name, email, phone, locale, agrees } = wanted;
    const products = this.#productsOf(shop);
    const scope = this.#nextScope();
    const given = { email, name, ...(phone && { phone }), ...(locale && { locale }) };
    const scene = {
      shop,
      scope,
      products: [],
      contact: { customerId: this.#customerOf(shop, email), ...given },
    };
    const consents = agrees ? ['email', ...(phone ? ['sms'] : [])] : [];
    const lines = wanted.lines.map(({ sku, quantity }, at) => ({
      lineId: `L${at + 1}`,
      ...pricedLine(shop, products, sku, quantity),
    }));
    const shipTo = placeOf(shop);
    await this.#tell((nowMs) =>
      toldAtOnce(
        [
          ...consents.map((channel) => ({
            words: 'consent confirmed',
            says: { purpose: 'marketing', channel },
          })),
          { words: 'order placed', says: { lines, ...(shipTo && { shipTo }) } },
        ],
        { ...scene, nowMs },
      ),
    );
    return scope;
  }

  /**
   * @returns what was done, in words
   * @throws {Refused}
   */
  async do({ kind, shop, orderId, score }: Deed): Promise<string> {
    if (!isDeedKind(kind))
      throw new Refused(
        `there is no deed "${kind}", expected one of ${Object.keys(deedLabels).join(', ')}`,
      );
    const records = await this.#options.records.order(shop, orderId);
    const order = orderOf(records.log.events);
    if (order === undefined) throw new Refused(`no order "${orderId}" of ${shop} has come`);
    const situation = { ...this.situationOf(records, order), score };
    const judged = judge(kind, situation);
    if (typeof judged === 'string') throw new Refused(judged);
    if (judged.kind === 'page') return this.#unsubscribe(judged.link);
    const { said } = judged;
    const { events } = records.log;
    const scene = {
      shop,
      scope: this.#nextScope(),
      contact: order.contact,
      order: { orderId, events },
      products: this.#productsOf(shop),
    };
    await this.#tell((nowMs) => toldAtOnce([said], { ...scene, nowMs }));
    return `${said.words}${leftInWords(kind, order)}`;
  }

  async #unsubscribe(link: string): Promise<string> {
    const { rehearsal, pacer } = this.#options;
    const [form] = pageForms;
    const { status } = await pacer.alone(() => rehearsal.http(submit(link, form?.fields ?? {})));
    if (status >= 400) throw new Refused(`the page answered ${status}`);
    await pacer.settle(AFTERWARDS_MS);
    return 'unsubscribed by the link of the last message that has one';
  }

  /** The time of what is told is when the clock is free. */
  async #tell(tell: (nowMs: number) => Parameters<Rehearsal['schedule']>[0]): Promise<void> {
    const { rehearsal, pacer } = this.#options;
    await pacer.alone(async () => rehearsal.schedule(tell(rehearsal.clock.now())));
    await pacer.settle(AFTERWARDS_MS);
  }

  #productsOf(shop: string): readonly CatalogItem[] {
    return [...(this.#options.heard.products.get(shop)?.values() ?? [])];
  }

  #customerOf(shop: string, email: string): string {
    const key = JSON.stringify([shop, email.toLowerCase()]);
    const id = this.#customers.get(key) ?? `console-customer-${this.#customers.size + 1}`;
    this.#customers.set(key, id);
    return id;
  }

  #nextScope(): string {
    this.#done += 1;
    return `console-${this.#done}`;
  }
}

const pricedLine = (
  shop: string,
  products: readonly CatalogItem[],
  sku: string,
  quantity: number,
) => {
  const product = products.find((each) => each.sku === sku);
  if (product?.price === undefined)
    throw new Refused(
      products.length === 0
        ? `no product of ${shop} is known yet: let a minute pass, in which the catalogue is told`
        : `"${sku}" is no product of ${shop} with a price: choose one of the list`,
    );
  return lineOf({ ...product, shop, price: product.price }, quantity, {});
};

/** Where customers of a sample shop live who live where most do; of another shop nothing is known. */
const placeOf = (shop: string) => {
  const audience = sampleShops.find(({ id }) => id === shop)?.audiences[0]?.[0];
  const country = config.shops[shop]?.country;
  if (audience === undefined) return country === undefined ? undefined : { country };
  return { country: audience.country, city: audience.city, postcode: audience.postcode };
};

/** What is still to come, as it was before the deed. */
const leftInWords = (kind: string, order: Order): string => {
  const sum = (of: (line: Order['lines'][number]) => number) =>
    order.lines.reduce((total, line) => total + of(line), 0);
  if (kind === 'ship-part') return `; ${sum((line) => toDispatch(order, line))} pieces were left`;
  if (kind === 'deliver')
    return `; ${sum((line) => toDeliver(order, line))} pieces were still to come`;
  return '';
};
