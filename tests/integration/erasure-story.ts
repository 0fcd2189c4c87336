import type { IncomingDetail, IncomingEventType } from '#core/contracts/incoming-events.ts';
import { DAY_MS, HOUR_MS } from '#rehearsal/input/duration.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';

export const START_MS = Date.parse('2026-03-02T10:00:00Z');
export const CONFIRMED_MS = START_MS + 2 * HOUR_MS;
export const ERASED_MS = START_MS + 4 * DAY_MS;
export const END_MS = START_MS + 6 * DAY_MS;

const tell = <Type extends IncomingEventType>(
  afterHours: number,
  detailType: Type,
  says: Omit<IncomingDetail<Type>, 'eventId' | 'occurredAt' | 'schemaVersion' | 'shop'>,
): TimedEvent => {
  const atMs = START_MS + afterHours * HOUR_MS;
  const occurredAt = new Date(atMs).toISOString();
  const about = JSON.stringify(Object.values(says)[0]).slice(1, 9);
  const eventId = `${detailType}/${about}/${afterHours}`;
  const detail = { eventId, occurredAt, schemaVersion: 1, shop: 'hearth', ...says };
  return { atMs, source: 'oms.hearth', detailType, detail };
};

export interface Somebody {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly city: string;
  readonly postcode: string;
  /** Their own words. */
  readonly words: string;
}

export const ottilie: Somebody = {
  id: 'cust-ottilie',
  name: 'Ottilie Quast',
  email: 'Ottilie.Quast@customers.example',
  phone: '+4915112340001',
  city: 'Wuppertal',
  postcode: '42103',
  words: 'the lid squeaks terribly',
};
export const leopold: Somebody = {
  id: 'cust-leopold',
  name: 'Leopold Zirn',
  email: 'leopold.zirn@customers.example',
  phone: '+4915112340002',
  city: 'Ansbach',
  postcode: '91522',
  words: 'a gift from my uncle',
};
export const kim: Somebody = {
  ...leopold,
  id: 'cust-kim',
  name: 'Kim Adler',
  email: 'kim.adler@customers.example',
  city: 'Zwickau',
  postcode: '08056',
  words: 'all is well',
};

/** A guest's order and an account's of one address, and what a parcel, a survey and an app have to say. */
const lifeOf = ({
  id,
  name,
  email,
  phone,
  city,
  postcode,
  words,
}: Somebody): readonly TimedEvent[] => {
  const shipTo = { city, postcode, country: 'DE' };
  const lines = (orderId: string) => [
    {
      lineId: '1',
      sku: `SKU-${orderId.at(-1)}`,
      name: 'Stoneware mug',
      quantity: 2,
      unitPrice: { amountMinor: 1990, currency: 'EUR' },
    },
  ];
  const total = { amountMinor: 3980, currency: 'EUR' };
  const short = id.replace('cust-', '').slice(0, 1);
  const [guest, account] = [`g-${short}1`, `a-${short}2`];
  return [
    tell(0, 'OrderPlaced', {
      orderId: guest,
      contact: { email, name, locale: 'de-DE' },
      shipTo,
      lines: lines(guest),
      total,
    }),
    tell(1, 'OrderPlaced', {
      orderId: account,
      contact: { customerId: id, email, phone, name, locale: 'de-DE' },
      shipTo,
      lines: lines(account),
      total,
    }),
    tell(2, 'ConsentChanged', {
      customerId: id,
      email,
      purpose: 'marketing',
      channel: 'email',
      state: 'granted',
      source: 'checkout',
    }),
    tell(3, 'DeviceRegistered', {
      customerId: id,
      token: `token-of-${short}-device`,
      platform: 'GCM',
    }),
    tell(4, 'CustomerUpdated', {
      customerId: id,
      profile: { email, phone, name, timeZone: 'Europe/Berlin' },
    }),
    tell(20, 'ShipmentDispatched', {
      orderId: account,
      parcelId: `P-${short}`,
      carrier: 'DHL',
      trackingNumber: `TRACK${short}77`,
      trackingUrl: `https://track.example/TRACK${short}77`,
    }),
    tell(40, 'DeliveryFailed', { orderId: account, parcelId: `P-${short}`, reason: words }),
    tell(60, 'ShipmentDelivered', { orderId: account, parcelId: `P-${short}` }),
    tell(70, 'SurveyAnswered', { orderId: account, survey: 'csat', score: 2, comment: words }),
  ];
};

const ofOttilie = lifeOf(ottilie);
const [, placedAgain, , , updatedAgain] = ofOttilie;
const hoursAfter = (ms: number): number => (ms - START_MS) / HOUR_MS;

/** Ottilie asks to be forgotten; the others do not. */
export const events: readonly TimedEvent[] = [
  ...ofOttilie,
  ...lifeOf(leopold),
  ...lifeOf(kim),
  tell(hoursAfter(ERASED_MS), 'ErasureRequested', {
    email: 'ottilie.quast@CUSTOMERS.example',
    requestId: 'request-1',
  }),
  // What the shop's systems send once more, and what happens next week.
  ...[placedAgain, updatedAgain].flatMap((event) =>
    event === undefined ? [] : [{ ...event, atMs: ERASED_MS + HOUR_MS }],
  ),
  tell(hoursAfter(ERASED_MS) + 30, 'RefundIssued', {
    orderId: 'a-o2',
    refundId: 'F-1',
    amount: { amountMinor: 500, currency: 'EUR' },
    reason: 'goodwill',
  }),
];
