import * as z from 'zod';
import { CUSTOMER_SOURCE, incomingEvents } from '#core/contracts/incoming-events.ts';
import { AFTERGLOW_SOURCE, outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Envelope } from '../services/event-bus.ts';
import { DayCounts } from './day-counts.ts';
import { KnownOrders } from './known-orders.ts';
import { Once } from './once.ts';
import { ShopBooks } from './shop-books.ts';
import type { MetricsView } from './views.ts';

/** A card that the warehouse was asked to put into a parcel. */
export type Insert = z.output<typeof outgoingEvents.InsertRequested>;

type Detail<Type extends keyof typeof outgoingEvents> = z.output<(typeof outgoingEvents)[Type]>;

type Hearing = { readonly [Type in keyof typeof outgoingEvents]?: (detail: Detail<Type>) => void };

/** Names an order, as far as an event says one. */
const named = z.object({ shop: z.string(), orderId: z.string() });

/** Everything that was said on the bus so far, as far as the console tells of it. */
export class Heard {
  readonly orders = new KnownOrders();
  readonly books = new ShopBooks();
  readonly inserts: Insert[] = [];
  /** Products by shop and SKU, as the shops told them last. */
  readonly products = new Map<string, Map<string, CatalogItem>>();
  /** Ids of support cases that are open, by the order's key. */
  readonly #cases = new Map<string, string>();
  /** Events that came from outside: of shops, carriers and customers. */
  fromOutside = 0;
  /** Keys of orders that something was said of since they were taken. */
  readonly #changed = new Set<string>();
  readonly #once = new Once();
  readonly #placed = new DayCounts();
  readonly #events = new DayCounts();
  readonly #byChannel = new DayCounts();
  readonly #byTouch = new DayCounts();
  readonly #kept = new DayCounts();
  readonly #back = new DayCounts();
  readonly #revenue = new Map<string, DayCounts>();
  readonly #credited = new Map<string, DayCounts>();

  readonly hear = (envelope: Envelope): void => {
    const { source, 'detail-type': type, detail } = envelope;
    const told = named.safeParse(detail).data;
    if (told !== undefined) this.#changed.add(`${told.shop}#${told.orderId}`);
    if (source !== AFTERGLOW_SOURCE) {
      this.#hearOutside(source, type, detail);
      return;
    }
    const { eventId } = Object(detail);
    if (!this.#once.isNew(`${type}/${eventId}`)) return;
    for (const each of outgoingTypes)
      if (each === type) this.#tell(each, outgoingEvents[each], detail);
  };

  /** The orders that changed since it was asked last. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** The support case of an order that is open. */
  openCase(shop: string, orderId: string): string | undefined {
    return this.#cases.get(`${shop}#${orderId}`);
  }

  /** @param today the virtual now, an instant */
  metrics(today: string): MetricsView {
    const ofMoney = (id: string, title: string, counts: ReadonlyMap<string, DayCounts>) =>
      [...counts].map(([unit, each]) =>
        each.chart({ id: `${id}-${unit}`, title: `${title}, ${unit}`, unit }, today, 100),
      );
    return {
      charts: [
        this.#placed.chart({ id: 'orders', title: 'Orders taken in', unit: 'orders' }, today),
        this.#byChannel.chart(
          { id: 'messages', title: 'Messages by channel', unit: 'messages' },
          today,
        ),
        this.#kept.chart(
          { id: 'kept', title: 'Touches that were held or dropped', unit: 'decisions' },
          today,
        ),
        ...ofMoney('revenue', 'Revenue booked by class', this.#revenue),
        ...ofMoney('credited', 'Revenue that messages and pages are credited with', this.#credited),
      ],
      tables: [
        this.#byTouch.table({
          id: 'touches',
          title: 'Messages by touch and channel',
          columns: ['touch', 'messages'],
        }),
        this.#kept.table({
          id: 'reasons',
          title: 'Held and dropped, by reason',
          columns: ['decision', 'touches'],
        }),
        this.#back.table({
          id: 'feedback',
          title: 'What came back',
          columns: ['of messages', 'times'],
        }),
        this.#events.table({
          id: 'events',
          title: 'Events from outside',
          columns: ['event', 'times'],
        }),
      ],
    };
  }

  #hearOutside(source: string, type: string, detail: unknown): void {
    this.fromOutside += 1;
    const { occurredAt } = Object(detail);
    const by = source === CUSTOMER_SOURCE ? ' (on our pages)' : '';
    this.#events.add(String(occurredAt), `${type}${by}`);
    if (type !== 'CatalogItemUpdated') return;
    const told = incomingEvents.CatalogItemUpdated.safeParse(detail).data;
    if (told === undefined) return;
    const products = this.products.get(told.shop) ?? new Map<string, CatalogItem>();
    this.products.set(told.shop, products);
    products.set(told.item.sku, { ...told.item, shop: told.shop, updatedAt: told.occurredAt });
  }

  #tell<Type extends keyof typeof outgoingEvents>(
    type: Type,
    schema: { readonly safeParse: (detail: unknown) => { data?: Detail<Type> | undefined } },
    detail: unknown,
  ): void {
    const data = schema.safeParse(detail).data;
    if (data !== undefined) this.#hearing[type]?.(data);
  }

  readonly #hearing: Hearing = {
    OrderAccepted: ({ placedAt, shop }) => this.#placed.add(placedAt, shop),
    OrderChanged: ({ shop, orderId, status, placedAt, change, occurredAt: at }) =>
      this.orders.hear({ shop, orderId, status, placedAt, change, at }),
    TouchDecided: ({ occurredAt, decision, reason }) => {
      if (decision === 'hold') this.#kept.add(occurredAt, `held: ${reason}`);
      if (decision === 'drop') this.#kept.add(occurredAt, `dropped: ${reason}`);
    },
    MessageSent: ({ occurredAt, touch, channel }) => {
      this.#byChannel.add(occurredAt, channel);
      this.#byTouch.add(occurredAt, `${touch} by ${channel}`);
    },
    MessageDelivered: ({ occurredAt, channel }) =>
      this.#back.add(occurredAt, `delivered by ${channel}`),
    MessageBounced: ({ occurredAt, channel }) =>
      this.#back.add(occurredAt, `bounced by ${channel}`),
    MessageComplained: ({ occurredAt, channel }) =>
      this.#back.add(occurredAt, `complained of by ${channel}`),
    MessageClicked: ({ occurredAt, channel }) =>
      this.#back.add(occurredAt, `clicked in ${channel}`),
    SupportCaseChanged: ({ shop, orderId, caseId, state }) => {
      if (orderId === undefined) return;
      const key = `${shop}#${orderId}`;
      if (state === 'opened') this.#cases.set(key, caseId);
      else if (this.#cases.get(key) === caseId) this.#cases.delete(key);
    },
    InsertRequested: (insert) => this.inserts.push(insert),
    LedgerEntryPosted: (posted) => this.#hearPosted(posted),
  };

  #hearPosted(posted: Detail<'LedgerEntryPosted'>): void {
    this.books.hear(posted);
    for (const { account, class: ofClass = account, currency, ...entry } of posted.entries) {
      if (account !== 'revenue' && account !== 'commission') continue;
      const hundredths = (minor: number) => -minor * 10 ** (2 - entry.exponent);
      countsOf(this.#revenue, currency).add(
        posted.occurredAt,
        ofClass,
        hundredths(entry.amountMinor),
      );
      for (const { touch, kind, amountMinor } of entry.credits ?? [])
        countsOf(this.#credited, currency).add(
          posted.occurredAt,
          touch ?? (kind === 'session' ? 'confirmation page' : 'code'),
          hundredths(amountMinor),
        );
    }
  }
}

const countsOf = (counts: Map<string, DayCounts>, name: string): DayCounts => {
  const known = counts.get(name) ?? new DayCounts();
  counts.set(name, known);
  return known;
};

const isOutgoing = (type: string): type is keyof typeof outgoingEvents =>
  Object.hasOwn(outgoingEvents, type);

const outgoingTypes = Object.keys(outgoingEvents).filter(isOutgoing);
