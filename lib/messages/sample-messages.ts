import type { Order } from '#core/domain/orders/order.ts';
import type { OrderEvent, PlacedLine } from '#core/domain/orders/order-event.ts';
import type { TouchName } from '#touches/registry.ts';
import {
  attempted,
  cancelledLines,
  cancelledWhole,
  delivered,
  dispatched,
  dispatchedAll,
  dispatchedBarely,
  gone,
  placing,
  type Placing,
  promiseMoved,
  refunded,
  sampleLines,
  sampleOrder,
} from './sample-orders.ts';

/** An order, and what a touch is asked to tell of it. */
export interface MessageSample {
  readonly name: string;
  readonly touch: TouchName;
  readonly subjects: readonly string[];
  readonly order: Order;
}

/** One variation of an order, told by every touch. */
interface SampleVariation {
  readonly name: string;
  readonly placing: Placing;
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

const hostileName = '"><img src=x onerror=alert(1)> \u202Egnp.exe\u202C قدر طهي 🍞 & <b>Söhne</b>';

const currency = (code: string, amountMinor: number): Placing => ({
  lines: sampleLines.map((line) => ({ ...line, unitPrice: { amountMinor, currency: code } })),
});

const variations: readonly SampleVariation[] = [
  { name: 'plain', placing: {} },
  { name: 'gift', placing: { gift: true } },
  { name: '50 lines', placing: { lines: [...sampleLines, ...manyLines(43)] } },
  { name: '120 lines', placing: { lines: [...sampleLines, ...manyLines(113)] } },
  {
    name: 'hostile names',
    placing: {
      ...withLines(() => ({ name: hostileName, category: '</td>&"\'' })),
      contact: { name: 'Mia <script>alert(1)</script>\r\nBcc: all@mail.example' },
    },
  },
  { name: 'no picture', placing: withLines(() => ({ imageUrl: undefined, category: undefined })) },
  { name: 'no name', placing: { contact: { email: 'guest@mail.example' } } },
  { name: 'yen', placing: currency('JPY', 1480) },
  { name: 'free shipping', placing: { shipping: { amountMinor: 0, currency: 'EUR' } } },
  { name: 'bare', placing: { shipping: undefined, discount: undefined, tax: undefined } },
];

/** An order to which everything happened, and every touch that tells of it. */
const eventful = (change: Placing): readonly OrderEvent[] => [
  placing(change),
  dispatched('P1', ['mill', 'tin']),
  dispatchedBarely('P2'),
  dispatched('P3', ['apron']),
  attempted('P1', 'Corner shop, Sampleweg 12, 10115 Berlin'),
  delivered('P2'),
];

const subjectsOf: Readonly<Record<TouchName, readonly string[]>> = {
  'order-confirmation': [],
  verification: [],
  'backorder-notice': ['oven/2026-12-03T11:00:00.000Z', 'bowl'],
  'delay-notice': ['2026-11-21T11:00:00.000Z'],
  'dispatch-notice': ['P1', 'P2'],
  'delivery-notice': ['P2'],
  'failed-delivery': ['P1/attempt-P1'],
  cancellation: ['cancel-apron-oven'],
  'digital-access': ['order'],
};

const touchNames = [
  'order-confirmation',
  'verification',
  'backorder-notice',
  'delay-notice',
  'dispatch-notice',
  'delivery-notice',
  'failed-delivery',
  'cancellation',
  'digital-access',
] as const satisfies readonly TouchName[];

const eventsFor = (touch: TouchName, change: Placing): readonly OrderEvent[] => {
  switch (touch) {
    case 'verification':
      return [placing({ risk: 'review', ...change })];
    case 'order-confirmation':
    case 'digital-access':
      return [placing(change)];
    case 'cancellation':
      return [...eventful(change), cancelledLines(['apron', 'oven'])];
    case 'backorder-notice':
    case 'delay-notice':
    case 'dispatch-notice':
    case 'delivery-notice':
    case 'failed-delivery':
      return eventful(change);
  }
};

const varied: readonly MessageSample[] = variations.flatMap(({ name, placing: change }) =>
  touchNames.map((touch) => ({
    name,
    touch,
    subjects: subjectsOf[touch],
    order: sampleOrder(...eventsFor(touch, change)),
  })),
);

const sample = (
  touch: TouchName,
  name: string,
  subjects: readonly string[],
  ...events: readonly OrderEvent[]
): MessageSample => ({ touch, name, subjects, order: sampleOrder(placing(), ...events) });

const digitalOnly = sampleLines.filter(({ kind }) => kind !== undefined);
const inParcel = dispatched('P1', ['mill', 'apron']);
const everything = dispatchedAll('P1');
const promised = '2026-11-21T11:00:00.000Z';
const movedTo = '2026-11-27T11:00:00.000Z';

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
  sample('order-confirmation', 'line cancelled', [], cancelledLines(['apron'])),
  sample('delay-notice', 'moved', [movedTo], promiseMoved(movedTo)),
  sample('delay-notice', 'moved, then missed', [promised], promiseMoved(movedTo)),
  sample('delay-notice', 'dispatch late', [promised]),
  sample('delay-notice', 'delivery late', ['2026-11-22T11:00:00.000Z'], inParcel),
  sample('delay-notice', 'lost', ['P1'], inParcel, gone('P1', 'lost')),
  sample('delay-notice', 'returned', ['P1'], inParcel, gone('P1', 'returned_to_sender')),
  sample('dispatch-notice', 'all in one', ['P1'], everything),
  sample('delivery-notice', 'all arrived', ['P1'], everything, delivered('P1')),
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
];

/** Every touch with every variation of an order, and what only some touches can tell. */
export const messageSamples: readonly MessageSample[] = [...varied, ...special];
