import { DAY_MS, HOUR_MS } from '../input/duration.ts';
import type { PlacedOrder } from '../input/order-life.ts';
import { line, placing, type SampleLine, sampleOrder } from '../input/sample-order.ts';
import { hearth, northside, type SampleShop } from '../input/sample-shops.ts';
import { byTime, type Said, type TimedEvent, told, toldOfOrder } from '../input/timed-event.ts';

/** One order of one kind of customer, with nothing out of the ordinary. */
export interface ProfileOrder {
  /** In the words of the classification. */
  readonly profile: string;
  /** What is bought, by whom. */
  readonly about: string;
  readonly shop: string;
  /** The shop's. */
  readonly timeZone: string;
  readonly orderId: string;
  readonly placedMs: number;
  readonly events: readonly TimedEvent[];
}

/** A Monday, in the winter of both shops: no clock changes within the first weeks. */
const PLACED_MS = Date.parse('2026-01-12T09:00:00.000Z');

const DISPATCHED_AFTER_MS = DAY_MS;
const DELIVERED_AFTER_MS = 3 * DAY_MS + 2 * HOUR_MS;

interface Sketch {
  readonly profile: string;
  readonly about: string;
  readonly shop?: SampleShop;
  readonly lines: readonly SampleLine[];
  readonly says?: Partial<Said<'OrderPlaced'>>;
  /** Days before, the same customer ordered this. */
  readonly before?: { readonly days: number; readonly lines: readonly SampleLine[] };
  /** The answer to the survey, and hours after its day began. */
  readonly score?: number;
}

const sketches: readonly Sketch[] = [
  {
    profile: 'complex',
    about: 'an espresso machine, first order',
    lines: [line('HG-ESP-100')],
  },
  {
    profile: 'considered',
    about: 'a knife, first order',
    lines: [line('HG-KNI-200')],
  },
  {
    profile: 'considered, satisfied',
    about: 'a knife; the survey is answered with 5 of 5',
    lines: [line('HG-KNI-200')],
    score: 5,
  },
  {
    profile: 'considered, dissatisfied',
    about: 'a knife; the survey is answered with 1 of 5',
    lines: [line('HG-KNI-200')],
    score: 1,
  },
  {
    profile: 'simple',
    about: 'two tea towels, first order',
    lines: [line('HG-TWL-002', 2)],
  },
  {
    profile: 'consumable',
    about: 'three bags of coffee beans, first order',
    lines: [line('HG-BEA-250', 3)],
  },
  {
    profile: 'consumable, returning',
    about: 'three bags of beans, five weeks after the last three',
    lines: [line('HG-BEA-250', 3)],
    before: { days: 35, lines: [line('HG-BEA-250', 3)] },
  },
  {
    profile: 'complex, known category',
    about: 'a filter machine, after an espresso maker a year before',
    lines: [line('HG-FIL-200')],
    before: { days: 330, lines: [line('HG-ESP-040')] },
  },
  {
    profile: 'gift',
    about: 'an espresso maker for somebody else',
    lines: [line('HG-ESP-040')],
    says: { gift: true },
  },
  {
    profile: 'backordered',
    about: 'a pan that waits for stock',
    lines: [
      line('HG-PAN-280', 1, {
        backordered: true,
        promisedDispatchBy: new Date(PLACED_MS + 4 * DAY_MS).toISOString(),
      }),
    ],
  },
  {
    profile: 'international, express',
    about: 'a grinder, sent abroad by express',
    lines: [line('HG-GRI-010')],
    says: {
      shippingMethod: 'express',
      shipTo: { country: 'FR', city: 'Lyon', postcode: '69002' },
    },
  },
  {
    profile: 'digital',
    about: 'a course that nobody opens',
    lines: [line('HG-CRS-KNI')],
  },
  {
    profile: 'subscription',
    about: 'a year of maps',
    shop: northside,
    lines: [line('NS-MAP-YRK')],
  },
  {
    profile: 'service',
    about: 'a ski service',
    shop: northside,
    lines: [line('NS-SKI-SRV')],
  },
];

/** One order for each profile, of customers who agreed to marketing by e-mail and confirmed it. */
export const profileOrders: readonly ProfileOrder[] = sketches.map((sketch, at) =>
  ordered(sketch, `profile-${at + 1}`),
);

function ordered(sketch: Sketch, orderId: string): ProfileOrder {
  const { profile, about, shop = hearth, before } = sketch;
  const customerId = `customer-of-${orderId}`;
  const contact = {
    customerId,
    email: `${orderId}@customers.example`,
    name: 'Robin Sample',
    locale: 'en-GB',
  };
  const says = { contact, ...sketch.says };
  const order = sampleOrder({ shop, orderId, placedMs: PLACED_MS, lines: sketch.lines, says });
  const earlier =
    before === undefined
      ? []
      : delivered(
          sampleOrder({
            shop,
            orderId: `${orderId}-before`,
            placedMs: PLACED_MS - before.days * DAY_MS,
            lines: before.lines,
            says: { contact },
          }),
        );
  const consent = told(
    'ConsentChanged',
    { shop: shop.id, eventId: `consent/${customerId}`, occurredAtMs: PLACED_MS - 400 * DAY_MS },
    {
      customerId,
      purpose: 'marketing',
      channel: 'email',
      state: 'granted',
      confirmed: true,
      source: 'checkout',
    },
  );
  const events = [consent, ...earlier, ...delivered(order), ...answered(order, sketch)];
  return {
    profile,
    about,
    shop: shop.id,
    timeZone: shop.timeZone,
    orderId,
    placedMs: PLACED_MS,
    events: events.toSorted(byTime),
  };
}

function delivered(order: PlacedOrder): readonly TimedEvent[] {
  const needsParcel = order.lines.some(({ kind = 'physical' }) => kind === 'physical');
  const isWaiting = order.lines.some(({ backordered }) => backordered === true);
  const laterMs = isWaiting ? 3 * DAY_MS : 0;
  const telling = (key: string, afterMs: number) => ({
    shop: order.shop,
    orderId: order.orderId,
    eventId: `${order.orderId}/${key}`,
    occurredAtMs: Date.parse(order.occurredAt) + afterMs,
  });
  const parcelId = `${order.orderId}-P1`;
  return needsParcel
    ? [
        placing(order),
        toldOfOrder('ShipmentDispatched', telling('sent', DISPATCHED_AFTER_MS + laterMs), {
          parcelId,
          carrier: 'Parcel Post',
        }),
        toldOfOrder('ShipmentDelivered', telling('arrived', DELIVERED_AFTER_MS + laterMs), {
          parcelId,
        }),
      ]
    : [placing(order)];
}

/** Sixteen days after the order: the survey of a considered product is out since the day before. */
function answered({ shop, orderId }: PlacedOrder, { score }: Sketch): readonly TimedEvent[] {
  if (score === undefined) return [];
  const occurredAtMs = PLACED_MS + 16 * DAY_MS + 9 * HOUR_MS;
  const telling = { shop, orderId, eventId: `${orderId}/answered`, occurredAtMs };
  return [toldOfOrder('SurveyAnswered', telling, { survey: 'csat', score })];
}
