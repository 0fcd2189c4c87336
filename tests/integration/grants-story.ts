import type { IncomingEventType } from '#core/contracts/incoming-events.ts';
import type { Faults } from '#rehearsal/faults.ts';
import type { React } from '#rehearsal/input/customer-model.ts';
import { contentReviewers } from '#rehearsal/input/content-reviewers.ts';
import { inboxVisits } from '#rehearsal/input/inbox-visits.ts';
import { linkTo, submit } from '#rehearsal/input/page-visits.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import {
  after,
  delivered,
  dispatched,
  failed,
  sampleCase,
  type Script,
  updated,
} from '#rehearsal/input/sample-cases/script.ts';
import { catalogueEvents } from '#rehearsal/input/sample-catalogue.ts';
import { line } from '#rehearsal/input/sample-order.ts';
import { hearth, northside } from '#rehearsal/input/sample-shops.ts';
import {
  byTime,
  type OrderEventType,
  type Said,
  type TimedEvent,
  told,
} from '#rehearsal/input/timed-event.ts';
import type { Rehearsal } from '#rehearsal/rehearsal.ts';
import { looksOf, offersOfStory } from './grants-pages.ts';
import type { Run } from './rehearsed.ts';

const START_MS = Date.parse('2026-03-02T10:00:00Z');

/** Until an audience is asked for in place of an e-mail: 24 days after a delivery. */
const days = 28;

/** Time and type name the event. What was before the start is told with it. */
const tell = <Type extends Exclude<IncomingEventType, OrderEventType>>(
  at: string,
  type: Type,
  says: Said<Type>,
): TimedEvent => {
  const occurredAtMs = Date.parse(at);
  const lagMs = Math.max(0, START_MS - occurredAtMs);
  return told(type, { shop: hearth.id, eventId: `${type}/${at}`, occurredAtMs, lagMs }, says);
};

const order = (script: Omit<Script, 'about' | 'shop'> & Partial<Script>): readonly TimedEvent[] =>
  sampleCase({ shop: hearth, about: 'It is part of the story.', ...script }).events;

/** An envelope of our own that cannot be read, three times: it goes to the failure destination. */
const unreadable = (detailType: string): TimedEvent => ({
  atMs: START_MS,
  source: 'afterglow',
  detailType,
  detail: {},
  envelope: JSON.stringify({ source: 'afterglow', 'detail-type': detailType, detail: {} }),
});

const berlin = { shipTo: contacts.jana.shipTo };

/** Uses her course at once and waits for a parcel; a bad answer before she is asked for one. */
const jana = [
  tell('2026-03-02T10:00:00Z', 'CustomerUpdated', {
    customerId: 'c-jana-krueger',
    profile: { name: 'Jana Krüger' },
  }),
  ...order({
    orderId: '1-with-course',
    placedAt: '2026-03-02T10:10:00Z',
    says: contacts.jana,
    lines: [line('HG-CRS-BAR'), line('HG-BEA-250')],
    course: [
      dispatched('1h', 'P1', { L2: 1 }),
      delivered('2h', 'P1'),
      after('1m', 'SessionOpened', { sessionId: 's-1' }),
      after('1m', 'OfferShown', { sessionId: 's-1', impressionId: 'i-1', offerId: 'grinder' }),
      after('3h', 'UsageMilestoneReached', { lineId: 'L1', milestone: 'first-use' }),
      after('5d', 'SurveyAnswered', { survey: 'csat', score: 1 }),
    ],
  }),
];

/** A map as a gift, from the other sender: nobody is taught. */
const tom = order({
  orderId: '2-map',
  shop: northside,
  placedAt: '2026-03-02T10:20:00Z',
  says: { ...contacts.tom, gift: true },
  lines: [line('NS-MAP-LAK')],
});

/** Has the app on two devices, of which one is gone. Uses the course while push is away: its nudge is dropped. */
const omar = [
  ...['gone-omar', 'token-omar'].map((token, at) =>
    tell(`2026-03-02T10:0${at + 1}:00Z`, 'DeviceRegistered', {
      customerId: 'c-omar',
      token,
      platform: 'GCM',
    }),
  ),
  ...order({
    orderId: '3-with-app',
    placedAt: '2026-03-02T10:30:00Z',
    says: contacts.omar,
    lines: [line('HG-CRS-BAR'), line('HG-BEA-250')],
    course: [
      dispatched('20h', 'P1', { L2: 1 }),
      updated('24h', 'P1', 'out_for_delivery'),
      delivered('28h', 'P1'),
      after('3d 5h', 'UsageMilestoneReached', { lineId: 'L1', milestone: 'first-use' }),
    ],
  }),
];

const phone = '+4917139200999';

/** Has a phone and an account and no e-mail: texts and the inbox. A text waits for the provider until it is too late. */
const lee = [
  ...order({
    orderId: '4-by-phone',
    placedAt: '2026-03-02T10:40:00Z',
    says: { contact: { customerId: 'c-lee', phone, name: 'Lee', locale: 'en-GB' }, ...berlin },
    lines: [line('HG-CRS-BAR'), line('HG-BEA-250')],
    course: [
      dispatched('20h', 'P1', { L2: 1 }),
      failed('24h', 'P1'),
      failed('36h', 'P1'),
      failed('2d', 'P1'),
      delivered('2d 1h', 'P1'),
    ],
  }),
];

/** Nothing arrives at the address: what would go by e-mail joins an audience, until that is refused too. */
const mia = [
  tell('2026-03-02T10:03:00Z', 'ConsentChanged', {
    customerId: 'c-mia',
    purpose: 'marketing',
    channel: 'audience',
    state: 'granted',
    source: 'account',
  }),
  ...order({
    orderId: '5-bounces',
    placedAt: '2026-03-02T10:50:00Z',
    says: {
      contact: { customerId: 'c-mia', email: 'bounce@simulator.amazonses.com', name: 'Mia' },
      ...berlin,
    },
    lines: [line('HG-KNI-200')],
    course: [dispatched('1h', 'P1'), delivered('2h', 'P1')],
  }),
  tell('2026-03-29T10:00:00Z', 'ConsentChanged', {
    customerId: 'c-mia',
    purpose: 'marketing',
    channel: 'audience',
    state: 'withdrawn',
    source: 'account',
  }),
];

const complaining = 'complaint@simulator.amazonses.com';

/** Complains as a guest, then asks for mail again and turns out to have an account. */
const kim = [
  ...order({
    orderId: '6-complains',
    placedAt: '2026-03-02T11:00:00Z',
    says: { contact: { email: complaining, name: 'Kim' }, ...berlin },
    lines: [line('HG-BEA-250')],
  }),
  tell('2026-03-04T10:00:00Z', 'ConsentChanged', {
    customerId: 'c-kim',
    email: complaining,
    purpose: 'marketing',
    channel: 'email',
    state: 'granted',
    confirmed: true,
    source: 'account',
  }),
];

/** A case is opened before the care guide is due and closed while it is held. */
const wei = [
  ...order({
    orderId: '7-held',
    placedAt: '2026-03-02T11:10:00Z',
    says: contacts.wei,
    lines: [line('HG-KNI-200')],
    course: [dispatched('1h', 'P1'), delivered('2h', 'P1')],
  }),
  tell('2026-02-21T14:00:00Z', 'SupportCaseOpened', { customerId: 'c-wei', caseId: 'case-1' }),
  tell('2026-03-05T14:00:00Z', 'SupportCaseClosed', { customerId: 'c-wei', caseId: 'case-1' }),
];

/** Disputes the payment while a care guide waits for SES: its place in the caps is given back. */
const theresia = order({
  orderId: '8-disputed',
  placedAt: '2026-03-02T11:20:00Z',
  says: contacts.theresia,
  lines: [line('HG-KNI-200')],
  course: [
    dispatched('1h', 'P1'),
    delivered('2h', 'P1'),
    after('24h', 'PaymentDisputed', { disputeId: 'D1' }),
  ],
});

/** Three ask to be forgotten: who has an account and a phone, who was a guest too, and who clicked much. */
const forgotten = ['c-lee', 'c-kim', 'c-jana-krueger'].map((customerId, at) =>
  tell(`2026-03-27T10:0${at}:00Z`, 'ErasureRequested', { customerId, requestId: `dsr-${at}` }),
);

const events: readonly TimedEvent[] = [
  ...catalogueEvents(START_MS).filter(({ detail }) =>
    ['HG-BEA-250', 'HG-CRS-BAR', 'HG-KNI-200', 'HG-KNI-STO', 'HG-GRI-002', 'HG-TWL-002'].includes(
      String(Object(detail['item']).sku),
    ),
  ),
  ...[offersOfStory, jana, tom, omar, lee, mia, kim, wei, theresia, forgotten].flat(),
  { atMs: START_MS, source: 'oms.hearth', detailType: 'OrderTeleported', detail: {} },
  unreadable('OrderAccepted'),
  unreadable('TouchReturned'),
].toSorted(byTime);

const between = (from: string, until: string) => ({
  fromMs: Date.parse(from),
  untilMs: Date.parse(until),
});

/** Long enough for a message to wait, short enough for it to go in the end. */
const faults: Faults = {
  outages: [
    { service: 'ses', ...between('2026-03-03T08:00:00Z', '2026-03-03T13:00:00Z') },
    { service: 'push', ...between('2026-03-05T14:00:00Z', '2026-03-05T18:00:00Z') },
    { service: 'sms', ...between('2026-03-04T10:00:00Z', '2026-03-04T14:00:00Z') },
  ],
};

/** Everybody opens the first link of each kind, and answers what they are asked. */
const react: React = (message) => {
  const atMs = Date.parse(message.at) + 60_000;
  const opened = (['c', 's', 'preferences'] as const)
    .flatMap((page) => linkTo(message, page) ?? [])
    .map((path) => ({ atMs, request: { method: 'GET', path } }));
  const survey = linkTo(message, 'survey');
  return survey === undefined
    ? opened
    : [...opened, { atMs, request: submit(survey, { score: '5', comment: '' }) }];
};

/** What customers do besides: they look at their pages, the app asks for an inbox, a phone says STOP and START. */
const visit = async (rehearsal: Rehearsal): Promise<void> => {
  const { key }: { readonly key: string } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  rehearsal.plan([...(await inboxVisits(events, START_MS, key)), ...(await looksOf(events, key))]);
  for (const [days, body] of [
    [5, 'STOP'],
    [6, 'START'],
  ] as const)
    rehearsal.clock.at(START_MS + days * 86_400_000, () =>
      rehearsal.receiveText({ from: phone, body }),
    );
  // People of the shop look at texts, and roll some out.
  rehearsal.listen(contentReviewers({ seed: 'story' }));
  rehearsal.clock.at(START_MS + 20 * 86_400_000, () => {
    rehearsal.startMachine('RollOut', 'story', { limit: 2 });
  });
};

/** Every grant of every role is needed in it, but for those that the test of the grants lists. */
export const story: Omit<Run, 'assemblyDir'> = {
  events,
  faults,
  react,
  visit,
  days,
  scored: true,
};
