import type { Incentive } from '#core/domain/experiments/experiment.ts';
import type { Product } from '#core/domain/catalogue/product.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { Order } from '#core/domain/orders/order.ts';
import type { OrderEvent, PlacedLine } from '#core/domain/orders/order-event.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import { type TouchName, touches } from '#touches/registry.ts';
import {
  attempted,
  cancelledLines,
  cancelledWhole,
  delivered,
  dispatched,
  dispatchedAll,
  dispatchedBarely,
  gone,
  outForDelivery,
  placing,
  type Placing,
  promiseMoved,
  refunded,
  refundOf,
  sampleLine,
  sampleLines,
  sampleOrder,
  sentBack,
} from './sample-orders.ts';
import { sampleProducts } from './sample-products.ts';
import { sampleShop } from './sample-shop.ts';
import { orderToldBy, subjectsToldBy } from './sample-tellings.ts';

/** An order, and what a touch is asked to tell of it. */
export interface MessageSample {
  readonly name: string;
  readonly touch: TouchName;
  readonly subjects: readonly string[];
  readonly order: Order;
  readonly products: readonly Product[];
  readonly shop: ShopIdentity;
  /** As an experiment would have it. @default the usual wording */
  readonly variant?: string | undefined;
  /** @default none */
  readonly incentive?: Incentive | undefined;
}

/** One variation of an order, told by every touch. */
interface SampleVariation {
  readonly name: string;
  readonly placing: Placing;
  /** What it changes of every product that is suggested. */
  readonly offer?: Partial<Product> | undefined;
}

const withLines = (change: (line: PlacedLine, index: number) => Partial<PlacedLine>): Placing => ({
  lines: sampleLines.map((line, index) => ({ ...line, ...change(line, index) })),
});

const manyLines = (count: number): readonly PlacedLine[] =>
  Array.from({ length: count }, (_, index) => ({
    lineId: `many-${index}`,
    sku: `SKU-${index}`,
    name: `Stoneware plate no. ${index + 1}, glazed by hand in ash grey`,
    category: 'Tableware and serving',
    quantity: (index % 3) + 1,
    unitPrice: { amountMinor: 1895 + index, currency: 'EUR' },
    imageUrl: `https://static.hearth.example/products/plates/ash-grey/${index}/600x600.jpg?v=20261101`,
  }));

const named = (name: string): Pick<SampleVariation, 'placing' | 'offer'> => ({
  placing: { ...withLines(() => ({ name })), contact: { name } },
  offer: { name },
});

const hostileName = '"><img src=x onerror=alert(1)> \u202Egnp.exe\u202C قدر طهي 🍞 & <b>Söhne</b>';

const yen = { amountMinor: 1480, currency: 'JPY' };

const variations: readonly SampleVariation[] = [
  { name: 'plain', placing: {} },
  { name: 'gift', placing: { gift: true } },
  { name: '50 lines', placing: { lines: [...sampleLines, ...manyLines(42)] } },
  { name: '120 lines', placing: { lines: [...sampleLines, ...manyLines(112)] } },
  {
    name: 'hostile names',
    placing: {
      ...withLines(() => ({ name: hostileName, category: '</td>&"\'' })),
      contact: { name: 'Mia <script>alert(1)</script>\r\nBcc: all@mail.example' },
    },
    offer: { name: hostileName, category: '</td>&"\'' },
  },
  { name: 'long names', ...named(`Hand-forged ${'Brotbackofenschieberhalterung'.repeat(4)}`) },
  { name: 'right to left', ...named('مطحنة حبوب يدوية من خشب الزان (1 كغم)') },
  { name: 'emoji', ...named('Brot 🍞🥖 & Söhne 👩‍🍳') },
  {
    name: 'no picture',
    placing: withLines(() => ({ imageUrl: undefined, category: undefined })),
    offer: { imageUrl: undefined, category: undefined, price: undefined },
  },
  { name: 'no name', placing: { contact: { email: 'guest@mail.example' } } },
  { name: 'yen', placing: withLines(() => ({ unitPrice: yen })), offer: { price: yen } },
  { name: 'free shipping', placing: { shipping: { amountMinor: 0, currency: 'EUR' } } },
  {
    name: 'bare',
    placing: {
      ...withLines((_, index) => (index === 0 ? { imageUrl: undefined } : {})),
      shipping: undefined,
      discount: undefined,
      tax: undefined,
    },
  },
];

const touchNames = Object.values(touches).map(({ name }) => name);

const varied: readonly MessageSample[] = variations.flatMap(({ name, placing: change, offer }) =>
  touchNames.map((touch) => {
    const order = orderToldBy(touch, change);
    const subjects = subjectsToldBy(touch, order);
    const products = sampleProducts(change.lines ?? sampleLines, offer);
    return { name, touch, subjects, order, products, shop: sampleShop };
  }),
);

const sample = (
  touch: TouchName,
  name: string,
  subjects: readonly string[],
  ...events: readonly OrderEvent[]
): MessageSample => ({
  touch,
  name,
  subjects,
  order: sampleOrder(placing(), ...events),
  products: sampleProducts(sampleLines),
  shop: sampleShop,
});

const onlyThe = (lineId: string) =>
  placing({ lines: sampleLines.filter((line) => line.lineId === lineId) });

const digitalOnly = sampleLines.filter(({ kind }) => kind !== undefined);
const inParcel = dispatched('P1', ['mill', 'apron']);
const everything = dispatchedAll('P1');
const promised = '2026-11-21T11:00:00.000Z';
const movedTo = '2026-11-27T11:00:00.000Z';

const goods = [{ lineId: 'tin', quantity: 2 }];

const refundSamples: readonly MessageSample[] = [
  sample(
    'refund',
    'cancelled',
    ['r-2'],
    refundOf('r-2', 4900, { lines: goods, reason: 'cancelled' }),
  ),
  sample('refund', 'lost', ['r-2'], refundOf('r-2', 4900, { lines: goods, reason: 'lost' })),
  sample('refund', 'goodwill', ['r-2'], refundOf('r-2', 500, { reason: 'goodwill' })),
  sample('refund', 'nothing said', ['r-2'], refundOf('r-2', 500)),
  sample('refund', 'two at once', ['r-2', 'r-3'], refundOf('r-2', 500), refundOf('r-3', 700)),
];

const digital = { kind: 'digital', category: 'Books' } as const;

const service = { kind: 'service', imageUrl: undefined } as const;

const arrival = [everything, delivered('P1')];

/** What depends on the lines that are told, and on what is known of their products. */
const toldSamples: readonly MessageSample[] = [
  sample('care-guide', 'no guide', ['apron'], ...arrival),
  sample('care-guide', 'digital', ['course'], ...arrival),
  sample('care-guide', 'membership', ['club'], ...arrival),
  {
    ...sample('care-guide', 'service', ['fitting']),
    order: sampleOrder(placing({ lines: [sampleLine('fitting', 'Oven fitting', 9900, service)] })),
  },
  sample('care-guide', 'part sent back', ['mill', 'tin'], ...arrival, sentBack(['mill'])),
  { ...sample('care-guide', 'unknown products', ['mill', 'tin'], ...arrival), products: [] },
  {
    ...sample('care-guide', 'digital without guide', ['book']),
    order: sampleOrder(placing({ lines: [sampleLine('book', 'Baking book', 990, digital)] })),
  },
  sample('check-in', 'no guide', ['apron'], ...arrival),
  sample('check-in', 'several', ['mill', 'oven', 'bowl'], ...arrival),
  sample('activation-nudge', 'by parcel', ['mill'], ...arrival),
  sample('activation-nudge', 'neither access nor guide', ['club'], ...arrival),
  sample('activation-nudge', 'several', ['mill', 'course'], ...arrival),
  {
    ...sample('satisfaction-survey', 'recommendation', ['order'], ...arrival),
    shop: { ...sampleShop, survey: 'nps' },
  },
  sample('review-request', 'one line', ['mill'], ...arrival),
  sample('cross-sell', 'one offer', ['SKU-basket'], ...arrival),
  sample('upgrade-nudge', 'nothing but a name', ['SKU-scraper'], ...arrival),
  sample('replenishment', 'several', ['flour', 'tin', 'apron'], ...arrival),
  sample('subscription-offer', 'several', ['flour', 'tin', 'apron'], ...arrival),
  sample('warranty-registration', 'date unknown', ['mill']),
  sample('warranty-registration', 'several', ['mill', 'oven'], ...arrival),
  sample('packaging-insert', 'one thing', ['apron']),
];

const one = sampleLines.slice(0, 1);
const two = sampleLines.slice(0, 2);

/** What was bought is all of these lines, and has arrived. */
const bought = (
  lines: readonly PlacedLine[],
  told: MessageSample,
  ...events: readonly OrderEvent[]
): MessageSample => ({ ...told, order: sampleOrder(placing({ lines }), ...arrival, ...events) });

/** What depends on how much was bought, and on what is suggested. */
const suggestionSamples: readonly MessageSample[] = [
  bought(one, sample('referral', 'one product', ['order'])),
  bought(two, sample('referral', 'two products', ['order'])),
  bought(one, sample('cross-sell', 'one product', ['SKU-basket'])),
  bought(two, sample('cross-sell', 'two products, offer unknown', ['SKU-unknown'])),
  bought(one, sample('cross-sell', 'sent back', ['SKU-basket']), sentBack(['mill'])),
  bought(one, sample('upgrade-nudge', 'one product', ['SKU-stone-mill'])),
  bought(two, sample('upgrade-nudge', 'two offers', ['SKU-stone-mill', 'SKU-basket'])),
  sample('upgrade-nudge', 'offer unknown', ['SKU-unknown'], ...arrival),
  sample('replenishment', 'no page', ['apron'], ...arrival),
  bought(one, sample('win-back', 'sent back', ['order']), sentBack(['mill'])),
];

/** What only one touch can tell. */
const special: readonly MessageSample[] = [
  {
    ...sample('order-confirmation', 'in review', []),
    order: sampleOrder(placing({ risk: 'review' })),
  },
  {
    ...sample('order-confirmation', 'digital only', []),
    order: sampleOrder(placing({ lines: digitalOnly })),
  },
  sample('order-confirmation', 'promise ahead', [], promiseMoved(movedTo)),
  { ...sample('order-confirmation', 'one piece', []), order: sampleOrder(onlyThe('mill')) },
  { ...sample('digital-access', 'one piece', []), order: sampleOrder(onlyThe('course')) },
  sample('backorder-notice', 'one piece without a date', ['bowl']),
  sample('order-confirmation', 'line cancelled', [], cancelledLines(['apron'])),
  sample('delay-notice', 'moved', [movedTo], promiseMoved(movedTo)),
  sample('delay-notice', 'moved, then missed', [promised], promiseMoved(movedTo)),
  sample('delay-notice', 'dispatch late', [promised]),
  sample('delay-notice', 'delivery late', ['2026-11-22T11:00:00.000Z'], inParcel),
  sample('delay-notice', 'turned up again', ['P1'], inParcel),
  sample('delay-notice', 'lost', ['P1'], inParcel, gone('P1', 'lost')),
  sample('delay-notice', 'returned', ['P1'], inParcel, gone('P1', 'returned_to_sender')),
  sample('dispatch-notice', 'all in one', ['P1'], everything),
  sample('delivery-notice', 'two parcels', ['P1', 'P2'], inParcel, dispatchedBarely('P2')),
  sample('delivery-notice', 'all arrived', ['P1'], everything, delivered('P1')),
  sample(
    'failed-delivery',
    'no tracking',
    ['P2/attempt-P2'],
    dispatchedBarely('P2'),
    attempted('P2'),
  ),
  sample('failed-delivery', 'nothing said', ['P1/attempt-P1'], inParcel, attempted('P1')),
  sample('cancellation', 'whole order', ['order'], cancelledWhole),
  sample('cancellation', 'whole order, refunded', ['order'], cancelledWhole, refunded(61200)),
  sample(
    'cancellation',
    'after dispatch',
    ['cancel-apron'],
    inParcel,
    cancelledLines(['apron']),
    refunded(4900),
  ),
  sample('out-for-delivery', 'nothing known', ['P2'], dispatchedBarely('P2'), outForDelivery('P2')),
  sample('out-for-delivery', 'two parcels', ['P1', 'P3'], inParcel, dispatched('P3', ['tin'])),
  ...refundSamples,
  ...toldSamples,
  ...suggestionSamples,
];

const sampleIncentive: Incentive = {
  code: 'SAMPLE-10',
  text: {
    en: '10 % off your next order until 31 December.',
    de: '10 % auf Ihre nächste Bestellung bis 31. Dezember.',
  },
};

/** The samples that as many lines show nothing else by. */
const isLong = ({ name }: MessageSample): boolean => /^\d+ lines$/.test(name);

/** The same as experiments may have it: in each of its touch's variants, and with an incentive. */
const inArms = (each: MessageSample): readonly MessageSample[] => {
  if (isLong(each)) return [];
  const { variants = [], showsIncentive = false }: Touch = touches[each.touch];
  return [
    ...variants.map((variant) => ({ ...each, name: `${each.name}, ${variant}`, variant })),
    ...(showsIncentive
      ? [{ ...each, name: `${each.name}, incentive`, incentive: sampleIncentive }]
      : []),
  ];
};

/** Every touch with every variation of an order, and what only some touches can tell. */
export const messageSamples: readonly MessageSample[] = [...varied, ...special].flatMap((each) => [
  each,
  ...inArms(each),
]);
