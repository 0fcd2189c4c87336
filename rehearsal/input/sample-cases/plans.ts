import { line } from '../sample-order.ts';
import { hearth, northside } from '../sample-shops.ts';
import { contacts } from './contacts.ts';
import {
  after,
  amended,
  cancelled,
  dayAfter,
  delivered,
  dispatched,
  refunded,
  returnAsked,
  sampleCase,
  type SampleCase,
  updated,
} from './script.ts';

const { jana, jamie, tom, lena } = contacts;

/** Cancellations, promises and what follows a delivery. */
export const planCases: readonly SampleCase[] = [
  sampleCase({
    orderId: '1010-cancelled-before-dispatch',
    shop: hearth,
    about: 'The customer cancels the whole order three hours later; the money comes back.',
    placedAt: '2026-03-04T18:02:00Z',
    says: lena,
    lines: [line('HG-ESP-040'), line('HG-BEA-250', 2)],
    course: [cancelled('3h', 'changed my mind'), refunded('2d', 'cancelled')],
  }),
  sampleCase({
    orderId: '1011-line-cancelled',
    shop: northside,
    about: 'One line is sold out and cancelled; the rest arrives.',
    placedAt: '2026-03-05T15:45:00Z',
    says: jamie,
    lines: [line('NS-BAG-045'), line('NS-LMP-400', 2), line('NS-MAT-R40')],
    course: [
      cancelled('18h', 'sold out', { L2: 2 }),
      refunded('1d', 'cancelled', { L2: 2 }),
      dispatched('1d 2h', 'P1', { L1: 1, L3: 1 }),
      delivered('4d', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1012-cancelled-after-dispatch',
    shop: hearth,
    about: 'Cancelled while the parcel is on its way; the parcel turns round.',
    placedAt: '2026-03-05T09:30:00Z',
    says: jana,
    lines: [line('HG-ESP-100')],
    course: [
      dispatched('1d', 'P1'),
      cancelled('1d 8h', 'ordered the wrong model'),
      updated('4d', 'P1', 'returned_to_sender'),
      refunded('8d', 'cancelled'),
    ],
  }),
  sampleCase({
    orderId: '1013-line-cancelled-after-dispatch',
    shop: northside,
    about: 'A line is cancelled after its parcel left, and is delivered all the same.',
    placedAt: '2026-03-06T17:25:00Z',
    says: tom,
    lines: [line('NS-WTR-FIL'), line('NS-WTR-CAR', 2)],
    course: [
      dispatched('20h', 'P1'),
      cancelled('1d 3h', 'not needed', { L2: 1 }),
      refunded('2d', 'cancelled', { L2: 1 }),
      delivered('3d 22h', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1014-backorder',
    shop: hearth,
    about: 'One line waits nine days for stock; the rest is sent at once.',
    placedAt: '2026-03-06T11:11:00Z',
    says: lena,
    lines: [
      line('HG-KNI-STO'),
      line('HG-KNI-090', 1, { backordered: true, promisedDispatchBy: '2026-03-16T12:00:00Z' }),
    ],
    course: [
      dispatched('1d', 'P1', { L1: 1 }),
      delivered('3d', 'P1'),
      dispatched('9d 3h', 'P2', { L2: 1 }),
      delivered('11d', 'P2'),
    ],
  }),
  sampleCase({
    orderId: '1015-backorder-of-36-days',
    shop: northside,
    about: 'Promised in ten days, then in 24, then in 36; delivered on the 38th.',
    placedAt: '2026-03-07T16:00:00Z',
    says: jamie,
    lines: [
      line('NS-TNT-4P', 1, { backordered: true, promisedDispatchBy: '2026-03-17T17:00:00Z' }),
    ],
    course: [
      amended('9d', (order) => ({ lines: [stock('L1', dayAfter(order, '24d'))] })),
      amended('23d', (order) => ({ lines: [stock('L1', dayAfter(order, '36d 6h'))] })),
      dispatched('36d', 'P1'),
      delivered('38d 1h', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1016-promise-missed',
    shop: hearth,
    about: 'Promised to leave within three days, leaves on the sixth, without a word in between.',
    placedAt: '2026-03-07T20:15:00Z',
    says: jana,
    lines: [line('HG-PAN-280'), line('HG-PAN-LID')],
    course: [dispatched('5d 12h', 'P1'), delivered('8d 14h', 'P1')],
  }),
  sampleCase({
    orderId: '1017-promise-moved',
    shop: northside,
    about: 'The shop says in time that the whole order will leave four days later.',
    placedAt: '2026-03-08T19:40:00Z',
    says: { ...tom, promisedDispatchBy: '2026-03-11T19:00:00Z' },
    lines: [line('NS-SLB-M05')],
    course: [
      amended('2d', (order) => ({ promisedDispatchBy: dayAfter(order, '7d') })),
      dispatched('6d 20h', 'P1'),
      delivered('9d', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1018-amended-lines',
    shop: hearth,
    about: 'Before it leaves the customer takes one piece more and adds a line.',
    placedAt: '2026-03-09T06:48:00Z',
    says: jana,
    lines: [line('HG-BEA-ETH', 2)],
    course: [
      amended('2h', {
        lines: [{ lineId: 'L1', quantity: 3 }],
        addedLines: [{ lineId: 'L2', ...line('HG-FLT-002') }],
        total: { amountMinor: 3 * 1190 + 450 + 490, currency: 'EUR' },
      }),
      dispatched('1d 2h', 'P1', { L1: 3, L2: 1 }),
      delivered('3d 1h', 'P1'),
    ],
  }),
  sampleCase({
    orderId: '1019-returned-after-delivery',
    shop: northside,
    about: 'One pair goes back and is refunded; the order stays delivered.',
    placedAt: '2026-03-09T21:30:00Z',
    says: jamie,
    lines: [line('NS-BOO-M42'), line('NS-BOO-W39')],
    course: [
      dispatched('18h', 'P1'),
      delivered('3d 17h', 'P1'),
      returnAsked('9d', { L2: 1 }, 'too small'),
      refunded('17d', 'returned', { L2: 1 }),
    ],
  }),
  sampleCase({
    orderId: '1020-goodwill-refund',
    shop: hearth,
    about: 'Five euros back for a dented box; nothing is returned.',
    placedAt: '2026-03-10T12:00:00Z',
    says: lena,
    lines: [line('HG-FIL-200')],
    course: [
      dispatched('23h', 'P1'),
      delivered('3d', 'P1'),
      after('4d', 'RefundIssued', {
        refundId: 'refund-goodwill',
        amount: { amountMinor: 500, currency: 'EUR' },
        reason: 'goodwill',
      }),
    ],
  }),
];

function stock(lineId: string, promisedDispatchBy: string) {
  return { lineId, backordered: true, promisedDispatchBy };
}
