import { line } from '../sample-order.ts';
import { hearth, northside } from '../sample-shops.ts';
import { contacts } from './contacts.ts';
import { after, delivered, dispatched, sampleCase, type SampleCase } from './script.ts';

const { jana, jamie, tom, wei, omar } = contacts;

/** Events that come late, twice, in the wrong order or without what they should say. */
export const arrivalCases: readonly SampleCase[] = [
  sampleCase({
    orderId: '1021-delivered-before-dispatched',
    shop: hearth,
    about: 'The delivery is told at once, the dispatch 60 hours late.',
    placedAt: '2026-03-10T07:20:00Z',
    says: jana,
    lines: [line('HG-DES-500', 2)],
    course: [dispatched('20h', 'P1', undefined, { late: '60h' }), delivered('2d 4h', 'P1')],
  }),
  sampleCase({
    orderId: '1022-dispatched-before-placed',
    shop: northside,
    about: 'The order is told 30 hours late, after its dispatch.',
    placedAt: '2026-03-10T15:30:00Z',
    says: jamie,
    arrival: { late: '30h' },
    lines: [line('NS-LMP-400')],
    course: [dispatched('18h', 'P1'), delivered('3d 1h', 'P1')],
  }),
  sampleCase({
    orderId: '1023-delivered-without-parcel',
    shop: hearth,
    about: 'The delivery names no parcel, and no dispatch was ever told.',
    placedAt: '2026-03-11T08:05:00Z',
    says: wei,
    lines: [line('HG-TWL-002'), line('HG-MUG-300')],
    course: [after('3d 3h', 'ShipmentDelivered', {})],
  }),
  sampleCase({
    orderId: '1024-scanned-twice',
    shop: northside,
    about: 'Two delivery scans of one parcel, a day apart.',
    placedAt: '2026-03-11T18:00:00Z',
    says: tom,
    lines: [line('NS-BAG-022')],
    course: [dispatched('21h', 'P1'), delivered('2d 22h', 'P1'), delivered('3d 22h', 'P1')],
  }),
  sampleCase({
    orderId: '1025-everything-twice',
    shop: hearth,
    about: 'Every event is delivered a second time, minutes to days later.',
    placedAt: '2026-03-11T13:37:00Z',
    says: omar,
    arrival: { again: '4m' },
    lines: [line('HG-OIL-100'), line('HG-KNI-090')],
    course: [
      dispatched('19h', 'P1', undefined, { again: '3d' }),
      delivered('2d 20h', 'P1', { again: '15m' }),
    ],
  }),
  sampleCase({
    orderId: '1026-told-late',
    shop: northside,
    about: 'Each event arrives five to nine hours after it happened.',
    placedAt: '2026-03-12T14:10:00Z',
    says: jamie,
    arrival: { late: '5h' },
    lines: [line('NS-SCK-WOL', 4)],
    course: [
      dispatched('1d 1h', 'P1', undefined, { late: '9h' }),
      delivered('4d', 'P1', { late: '7h' }),
    ],
  }),
  sampleCase({
    orderId: '9007199254740993',
    shop: hearth,
    about: 'An id that a JSON number cannot hold; its neighbour is another order.',
    placedAt: '2026-03-12T09:00:00Z',
    says: jana,
    lines: [line('HG-BEA-250', 3)],
    course: [dispatched('1d', 'P1'), delivered('3d', 'P1')],
  }),
  sampleCase({
    orderId: '9007199254740992',
    shop: hearth,
    about: 'The neighbour: read as numbers the two would be one.',
    placedAt: '2026-03-12T09:01:00Z',
    says: wei,
    lines: [line('HG-FLT-004', 2)],
    course: [dispatched('1d 1h', 'P1'), delivered('3d 2h', 'P1')],
  }),
];
