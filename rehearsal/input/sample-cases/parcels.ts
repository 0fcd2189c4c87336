import { line } from '../sample-order.ts';
import { hearth, northside } from '../sample-shops.ts';
import { contacts } from './contacts.ts';
import {
  after,
  delivered,
  dispatched,
  failed,
  refunded,
  sampleCase,
  type SampleCase,
  updated,
} from './script.ts';

const { jana, jamie, wei, tom } = contacts;

/** One order, several parcels, and what can become of a parcel. */
export const parcelCases: readonly SampleCase[] = [
  sampleCase({
    orderId: '1001-split-parcels',
    shop: hearth,
    about: 'Three parcels; the last to leave arrives first.',
    placedAt: '2026-03-02T08:12:00Z',
    says: jana,
    lines: [line('HG-GRI-010'), line('HG-KNI-200', 2), line('HG-BEA-1000', 4)],
    course: [
      dispatched('22h', 'P1', { L1: 1 }),
      dispatched('1d 4h', 'P2', { L2: 1, L3: 2 }),
      dispatched('2d', 'P3', { L2: 1, L3: 2 }),
      delivered('3d 2h', 'P3'),
      delivered('3d 8h', 'P1'),
      delivered('4d 5h', 'P2'),
    ],
  }),
  sampleCase({
    orderId: '1002-failed-once',
    shop: northside,
    about: 'Nobody was there at the first attempt; the second succeeds.',
    placedAt: '2026-03-02T16:40:00Z',
    says: jamie,
    lines: [line('NS-BOO-M42'), line('NS-SCK-WOL', 2)],
    course: [
      dispatched('20h', 'P1'),
      failed('2d 23h', 'P1'),
      updated('3d 18h', 'P1', 'out_for_delivery'),
      delivered('3d 22h', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1003-returned-to-sender',
    shop: hearth,
    about: 'Two failed attempts, a week at the pick-up point, back to the shop, money back.',
    placedAt: '2026-03-02T10:31:00Z',
    says: jana,
    lines: [line('HG-PAN-240')],
    course: [
      dispatched('1d', 'P1'),
      failed('3d', 'P1'),
      failed('4d', 'P1', 'Parcel shop, Station Street 4'),
      updated('11d 2h', 'P1', 'returned_to_sender'),
      refunded('13d', 'lost', { L1: 1 }),
    ],
  }),
  sampleCase({
    orderId: '1004-lost-and-replaced',
    shop: northside,
    about: 'The parcel is lost; a second one is sent and arrives.',
    placedAt: '2026-03-03T14:05:00Z',
    says: tom,
    lines: [line('NS-TNT-2P'), line('NS-TNT-PEG')],
    course: [
      dispatched('1d', 'P1'),
      updated('1d 9h', 'P1', 'in_transit'),
      updated('8d', 'P1', 'lost'),
      dispatched('9d', 'P2'),
      delivered('11d 3h', 'P2'),
    ],
  }),
  sampleCase({
    orderId: '1005-lost-and-refunded',
    shop: hearth,
    about: 'The parcel is lost and the money paid back: the order ends cancelled.',
    placedAt: '2026-03-03T19:20:00Z',
    says: wei,
    lines: [line('HG-MUG-300', 2)],
    course: [
      dispatched('1d 13h', 'P1'),
      updated('9d 13h', 'P1', 'lost'),
      refunded('11d', 'lost', { L1: 2 }),
    ],
  }),
  sampleCase({
    orderId: '1006-part-lost',
    shop: hearth,
    about: 'One parcel arrives, the other is lost and refunded: what was wanted has arrived.',
    placedAt: '2026-03-04T07:55:00Z',
    says: jana,
    lines: [line('HG-FIL-200'), line('HG-FLT-004', 3)],
    course: [
      dispatched('1d', 'P1', { L1: 1 }),
      dispatched('1d 1h', 'P2', { L2: 3 }),
      delivered('3d 3h', 'P1'),
      updated('9d', 'P2', 'lost'),
      refunded('10d', 'lost', { L2: 3 }),
    ],
  }),
  sampleCase({
    orderId: '1007-delayed-on-the-way',
    shop: northside,
    about: 'The carrier moves its estimate twice and keeps the second one.',
    placedAt: '2026-03-04T20:10:00Z',
    says: jamie,
    lines: [line('NS-STV-001'), line('NS-STV-FUE', 6)],
    course: [
      dispatched('19h', 'P1'),
      delay('2d', 'P1', '2026-03-10T18:00:00Z'),
      delay('5d', 'P1', '2026-03-12T18:00:00Z'),
      delivered('7d 20h', 'P1'),
    ],
  }),
];

function delay(elapsed: string, parcelId: string, estimatedDeliveryAt: string) {
  return after(elapsed, 'ShipmentUpdated', { parcelId, status: 'delayed', estimatedDeliveryAt });
}
