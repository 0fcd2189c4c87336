import config from '#config';
import type { Contact, HeldTouch } from '#core/domain/contact-policy/contact-history.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { regionsOf } from '#core/domain/contact-policy/policy.ts';
import type { PolicyInputs } from '#core/domain/contact-policy/policy-inputs.ts';
import type { ConsentStatement } from '#core/domain/customers/consent.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Touch } from '#core/domain/touches/touch.ts';

export interface PolicyFigures {
  readonly decisions: number;
  readonly decisionsPerSecond: number;
  /** Shares of all decisions. */
  readonly kinds: Readonly<Record<TouchDecision['kind'], number>>;
  /** Microseconds a decision, the cheapest case first. */
  readonly cases: readonly { readonly name: string; readonly microseconds: number }[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 9, 20);
const HOURS = 14 * 24;

const instant = (ms: number): string => new Date(ms).toISOString();

const ofOrder = (eventId: string, ms: number) =>
  ({ eventId, occurredAt: instant(ms), shop: 'hearth', orderId: 'A-1' }) as const;

const events: readonly OrderEvent[] = [
  {
    ...ofOrder('placed', START_MS - 20 * DAY_MS),
    type: 'OrderPlaced',
    contact: {
      customerId: 'c-1',
      email: 'ada@customers.example',
      reach: { sms: { address: '+4930123456', id: 'n-1' } },
    },
    lines: [1, 2, 3].map((line) => ({
      lineId: `${line}`,
      sku: `SKU-${line}`,
      name: `Product ${line}`,
      quantity: line,
      unitPrice: { amountMinor: 1_990, currency: 'EUR' },
    })),
    total: { amountMinor: 11_940, currency: 'EUR' },
  },
  {
    ...ofOrder('dispatched', START_MS - 19 * DAY_MS),
    type: 'ShipmentDispatched',
    parcelId: 'P1',
  },
  { ...ofOrder('delivered', START_MS - 17 * DAY_MS), type: 'ShipmentDelivered', parcelId: 'P1' },
];

/** An answer for every purpose and channel, the last of several. */
const consents: readonly ConsentStatement[] = Array.from({ length: 4 }, (_, round) =>
  (['marketing', 'service'] as const).flatMap((purpose) =>
    (['email', 'sms', 'push'] as const).map((channel) => ({
      eventId: `${round}/${purpose}/${channel}`,
      purpose,
      channel,
      state: round === 1 ? ('withdrawn' as const) : ('granted' as const),
      basis: 'consent' as const,
      confirmed: true,
      at: instant(START_MS - (40 - round) * DAY_MS),
      source: 'preference-centre',
      by: 'c-1',
    })),
  ),
).flat();

const customer: Customer = {
  ...newCustomer('hearth', 'c-1'),
  consents,
  devices: { 'token-1': { state: 'active', platform: 'GCM', at: instant(START_MS - DAY_MS) } },
};

/** A month of a customer who orders often: the caps of this repository's policy let no more through. */
const contacts: readonly Contact[] = Array.from({ length: 14 }, (_, index) => ({
  orderId: `A-${index + 2}`,
  touchId: `touch-${index}`,
  purpose: index % 2 === 0 ? 'service' : 'marketing',
  channel: index % 3 === 0 ? 'push' : 'email',
  at: instant(START_MS + (index - 10) * 60 * HOUR_MS),
}));

const held: readonly HeldTouch[] = [0, 1, 2].map((index) => ({
  orderId: `A-${index + 40}`,
  touchId: `replenishment:${index}`,
  touch: 'replenishment',
  subjects: [],
  purpose: 'marketing',
  until: instant(START_MS + index * 4 * DAY_MS),
  since: instant(START_MS - DAY_MS),
  turn: 1,
}));

const touch = (name: string, change: Pick<Touch, 'purpose' | 'channels'>): Touch => ({
  name,
  trigger: 'the bench asks',
  audience: 'one customer',
  tellsOf: 'lines',
  personalised: [],
  relevance: ['while-kept', 'unless-unhappy'],
  revenue: 'repeat',
  rating: { potential: 1, effort: 1 },
  ...change,
});

const transaction = touch('refund', { purpose: 'transactional', channels: ['email'] });
const alert = touch('delivery-notice', {
  purpose: 'transactional',
  channels: ['push', 'sms', 'email'],
});
const service = touch('check-in', { purpose: 'service', channels: ['email', 'push'] });
const marketing = touch('cross-sell', { purpose: 'marketing', channels: ['email'] });
const everywhere = touch('win-back', { purpose: 'marketing', channels: ['email', 'push', 'sms'] });

const one = ['Europe/Berlin'];
const few = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];
const full = { contacts, held };

type Case = Pick<PolicyInputs, 'touch'> & Partial<PolicyInputs>;

/** What a shop asks: most of it is about one zone and one channel, and little of it is refused. */
const cases: Readonly<Record<string, Case>> = {
  'transactional, e-mail': { touch: transaction },
  'transactional, push, SMS or e-mail': { touch: alert },
  'service, e-mail or push': { touch: service },
  'service, e-mail or push, full history': { touch: service, history: full },
  'marketing, e-mail': { touch: marketing },
  'marketing, e-mail, full history': { touch: marketing, history: full },
  'marketing, e-mail, four zones': { touch: marketing, zones: few },
  'marketing, three channels, full history, four zones': {
    touch: everywhere,
    zones: few,
    history: full,
  },
  'marketing, a return is open': {
    touch: marketing,
    trouble: { 'open-return': instant(START_MS) },
  },
  'marketing, nobody agreed': { touch: marketing, customer: undefined },
};

const inputsOf = (each: Case): PolicyInputs => {
  const order = orderOf(events);
  if (order === undefined) throw new Error('the events of the bench have no order');
  const { policy } = config;
  return {
    policy,
    touchId: `${each.touch.name}:1+2`,
    subjects: ['1', '2'],
    order,
    customer,
    purchases: [],
    channels: ['email', 'sms', 'push'],
    pages: [],
    legalEntity: 'Hearth & Grain GmbH',
    regions: regionsOf(policy, 'DE'),
    zones: one,
    suppressed: {},
    trouble: {},
    history: { contacts: [], held: [] },
    smsBudgetSpent: 0.4,
    now: instant(START_MS),
    ...each,
  };
};

/** Every hour of two weeks, in which clocks change in Europe and in America. */
const times: readonly string[] = Array.from({ length: HOURS }, (_, hour) =>
  instant(START_MS + hour * HOUR_MS + 17 * 60_000),
);

/** A share of the rounds goes first and is not counted: until then the code is being compiled. */
const WARM_UP = 4;

interface Measured {
  readonly name: string;
  readonly seconds: number;
  readonly kinds: readonly TouchDecision['kind'][];
}

const measure = (name: string, inputs: PolicyInputs, rounds: number): Measured => {
  const asked = times.map((now) => ({ ...inputs, now }));
  const kinds: TouchDecision['kind'][] = [];
  const began = performance.now();
  for (let round = 0; round < rounds; round++)
    for (const each of asked) kinds.push(decideContact(each).kind);
  return { name, seconds: (performance.now() - began) / 1000, kinds };
};

/**
 * Decisions of the contact policy alone, on one core, in equal parts of everything a shop asks: by each
 * channel, day and night, with and without a history, in one zone and in four.
 *
 * @param rounds two weeks of decisions, an hour each, so many times for each case
 */
export const measurePolicy = (rounds = 100): PolicyFigures => {
  const asked = Object.entries(cases).map(([name, each]) => [name, inputsOf(each)] as const);
  for (const [name, inputs] of asked) measure(name, inputs, Math.ceil(rounds / WARM_UP));
  const measured = asked.map(([name, inputs]) => measure(name, inputs, rounds));
  const kinds = measured.flatMap((each) => each.kinds);
  const seconds = measured.reduce((sum, each) => sum + each.seconds, 0);
  const share = (kind: TouchDecision['kind']): number =>
    kinds.filter((each) => each === kind).length / kinds.length;
  return {
    decisions: kinds.length,
    decisionsPerSecond: kinds.length / seconds,
    kinds: {
      send: share('send'),
      hold: share('hold'),
      reroute: share('reroute'),
      drop: share('drop'),
    },
    cases: measured
      .map((each) => ({
        name: each.name,
        microseconds: (each.seconds * 1e6) / each.kinds.length,
      }))
      .toSorted((a, b) => a.microseconds - b.microseconds),
  };
};
