import { line, withFacts } from '../sample-order.ts';
import { sampleCatalogue } from '../sample-catalogue.ts';
import { hearth, northside } from '../sample-shops.ts';
import { contacts } from './contacts.ts';
import {
  amended,
  cancelled,
  delivered,
  dispatched,
  refunded,
  sampleCase,
  type SampleCase,
} from './script.ts';

const { jana, jamie, lena, omar, theresia, camille, tom } = contacts;

const skusOf = (shop: string): readonly string[] =>
  sampleCatalogue
    .filter((product) => product.shop === shop && product.kind === 'physical')
    .map(({ sku }) => sku);

/** Fifty lines of what the shop has: the same product stands in several. */
const fiftyLines = Array.from({ length: 50 }, (_, at) => {
  const skus = skusOf(northside.id);
  return line(skus[at % skus.length] ?? 'NS-SCK-WOL', 1 + (at % 4));
});

/** Who orders, and what kind of thing. */
export const kindCases: readonly SampleCase[] = [
  sampleCase({
    orderId: '1030-digital-only',
    shop: hearth,
    about: 'A course and a gift card: open at once, no parcel ever.',
    placedAt: '2026-03-02T19:45:00Z',
    says: lena,
    lines: [line('HG-CRS-BAR'), line('HG-GFT-050')],
  }),
  sampleCase({
    orderId: '1031-mixed',
    shop: northside,
    about: 'A map to download and a pack that needs a parcel.',
    placedAt: '2026-03-03T16:20:00Z',
    says: jamie,
    lines: [line('NS-MAP-LAK'), line('NS-BAG-022')],
    course: [dispatched('22h', 'P1'), delivered('3d', 'P1')],
  }),
  sampleCase({
    orderId: '1032-subscription-and-service',
    shop: northside,
    about: 'A yearly subscription and a ski service: nothing to ship.',
    placedAt: '2026-03-04T22:00:00Z',
    says: tom,
    lines: [line('NS-MAP-YRK'), line('NS-SKI-SRV')],
  }),
  sampleCase({
    orderId: '1033-fifty-lines',
    shop: northside,
    about: 'Fifty lines in one order, the same product in several of them.',
    placedAt: '2026-03-05T18:30:00Z',
    says: jamie,
    lines: fiftyLines.map(withFacts),
    course: [dispatched('2d', 'P1'), delivered('4d 20h', 'P1')],
  }),
  sampleCase({
    orderId: '1034-gift',
    shop: hearth,
    about: 'A gift: sent to somebody else, no prices where they would be seen.',
    placedAt: '2026-03-06T17:15:00Z',
    says: { ...jana, shipTo: { city: 'Wien', postcode: '1070', country: 'AT' }, gift: true },
    lines: [line('HG-TEA-BOX'), line('HG-MUG-300', 2)],
    course: [dispatched('15h', 'P1'), delivered('3d', 'P1')],
  }),
  sampleCase({
    orderId: '1035-review-passed',
    shop: northside,
    about: 'Held for review, confirmed after five hours, then as any other; its map waits as well.',
    placedAt: '2026-03-09T03:10:00Z',
    says: { ...jamie, risk: 'review' },
    lines: [line('NS-TNT-4P', 2), line('NS-MAP-LAK')],
    course: [
      amended('5h', { risk: 'passed' }),
      dispatched('1d 16h', 'P1', { L1: 2 }),
      delivered('5d', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1036-review-failed',
    shop: hearth,
    about: 'Held for review and cancelled by the shop; its gift cards were never opened.',
    placedAt: '2026-03-10T01:33:00Z',
    says: { ...omar, risk: 'review' },
    lines: [line('HG-GFT-050', 10)],
    course: [cancelled('20h', 'could not be verified'), refunded('21h', 'cancelled')],
  }),
  sampleCase({
    orderId: '1037-no-customer',
    shop: hearth,
    about: 'An order from the counter, without a customer or an address.',
    placedAt: '2026-03-11T10:10:00Z',
    lines: [line('HG-BEA-1000')],
    course: [dispatched('3h', 'P1'), delivered('2d', 'P1')],
  }),
  sampleCase({
    orderId: '1038-guest',
    shop: northside,
    about: 'A guest with an e-mail address and nothing else.',
    placedAt: '2026-03-12T23:50:00Z',
    says: { contact: { email: 'guest-1038@customers.example' } },
    lines: [line('NS-BOO-WAX'), line('NS-PAT-001', 2)],
    course: [dispatched('16h', 'P1'), delivered('3d 18h', 'P1')],
  }),
  sampleCase({
    orderId: '1039-name-right-to-left',
    shop: hearth,
    about: 'A name written from right to left, in a greeting that is not.',
    placedAt: '2026-03-13T08:08:00Z',
    says: omar,
    lines: [line('HG-PAN-280')],
    course: [dispatched('1d', 'P1'), delivered('3d 5h', 'P1')],
  }),
  sampleCase({
    orderId: '1040-name-too-long-to-greet-by',
    shop: hearth,
    about: 'A name of 125 characters, too long to greet by.',
    placedAt: '2026-03-13T16:44:00Z',
    says: theresia,
    lines: [line('HG-ESP-040')],
    course: [dispatched('17h', 'P1'), delivered('3d 17h', 'P1')],
  }),
  sampleCase({
    orderId: '1041-locale-without-templates',
    shop: hearth,
    about: 'A customer who reads French, which the shop does not write.',
    placedAt: '2026-03-14T09:19:00Z',
    says: camille,
    lines: [line('HG-GRI-002'), line('HG-CRS-BAR')],
    course: [dispatched('2d', 'P1', { L1: 1 }), delivered('4d 3h', 'P1')],
  }),
  sampleCase({
    orderId: '1042-over-the-clock-change',
    shop: hearth,
    about: 'Backordered; arrives on 29 March, the day of the change to summer time.',
    placedAt: '2026-03-15T18:00:00Z',
    says: jana,
    lines: [
      line('HG-KNI-200', 1, { backordered: true, promisedDispatchBy: '2026-03-27T16:00:00Z' }),
    ],
    course: [dispatched('11d 15h', 'P1'), delivered('13d 6h 30m', 'P1')],
  }),
  sampleCase({
    orderId: '1043-test-order',
    shop: northside,
    about: 'A test order of the shop itself: recorded, never answered.',
    placedAt: '2026-03-02T15:00:00Z',
    says: { contact: { email: 'qa@customers.example', name: 'Test Test' }, test: true },
    lines: [line('NS-SCK-WOL')],
    course: [dispatched('1h', 'P1'), delivered('2h', 'P1')],
  }),
];
