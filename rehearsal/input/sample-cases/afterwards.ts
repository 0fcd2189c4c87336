import { line } from '../sample-order.ts';
import { hearth, northside } from '../sample-shops.ts';
import { contacts } from './contacts.ts';
import {
  after,
  delivered,
  dispatched,
  refunded,
  returnAsked,
  sampleCase,
  type SampleCase,
} from './script.ts';

const { jana, jamie, lena, theresia, tom } = contacts;

/** What customers do, and what becomes of an order, once it has arrived. */
export const afterwardsCases: readonly SampleCase[] = [
  sampleCase({
    orderId: '1050-answered-before-asked',
    shop: hearth,
    about:
      'The customer says how it was before anyone asks: the survey is not sent, the review is asked for.',
    placedAt: '2026-03-02T10:10:00Z',
    says: jana,
    lines: [line('HG-KNI-200')],
    course: [
      dispatched('20h', 'P1'),
      delivered('2d', 'P1'),
      after('5d', 'SurveyAnswered', { survey: 'csat', score: 5 }),
    ],
  }),
  sampleCase({
    orderId: '1051-bad-answer',
    shop: hearth,
    about:
      'Two stars of five: support gets the order with all there is to know, the customer no review request.',
    placedAt: '2026-03-02T11:10:00Z',
    says: lena,
    lines: [line('HG-GRI-010')],
    course: [
      dispatched('22h', 'P1'),
      delivered('3d', 'P1'),
      after('16d', 'SurveyAnswered', { survey: 'csat', score: 2, comment: 'Louder than said.' }),
    ],
  }),
  sampleCase({
    orderId: '1052-sent-back-while-taught',
    shop: hearth,
    about: 'A machine that goes back in its first week: no check-in, no survey, nothing more.',
    placedAt: '2026-03-03T09:10:00Z',
    says: theresia,
    lines: [line('HG-ESP-040')],
    course: [
      dispatched('20h', 'P1'),
      delivered('2d', 'P1'),
      returnAsked('5d', { L1: 1 }, 'not as expected'),
      refunded('12d', 'returned', { L1: 1 }),
    ],
  }),
  sampleCase({
    orderId: '1053-disputed',
    shop: northside,
    about:
      'The bank disputes the payment while an answer is waited for: the customer is left alone.',
    placedAt: '2026-03-03T17:10:00Z',
    says: jamie,
    lines: [line('NS-SCK-WOL')],
    course: [
      dispatched('20h', 'P1'),
      delivered('2d', 'P1'),
      after('14d', 'PaymentDisputed', { disputeId: 'D1', status: 'opened' }),
    ],
  }),
  sampleCase({
    orderId: '1054-reviewed-unasked',
    shop: northside,
    about: 'Reviewed on the second day: the review is not asked for any more.',
    placedAt: '2026-03-04T18:10:00Z',
    says: tom,
    lines: [line('NS-BAG-022')],
    course: [
      dispatched('20h', 'P1'),
      delivered('2d', 'P1'),
      after('4d', 'ReviewPosted', { sku: 'NS-BAG-022', rating: 4 }),
    ],
  }),
];
