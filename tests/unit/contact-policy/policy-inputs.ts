import type { ContactPolicy } from '#core/domain/contact-policy/policy.ts';
import type { PolicyInputs } from '#core/domain/contact-policy/policy-inputs.ts';
import type { Contact, HeldTouch } from '#core/domain/contact-policy/contact-history.ts';
import type { ConsentStatement } from '#core/domain/customers/consent.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import { told } from '#tests/unit/orders/histories.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';

/** Thursday, 19 November 2026, one o’clock in Berlin. */
export const NOON = 36;

/** What most rules can be seen by, and no more. */
export const smallPolicy: ContactPolicy = {
  regions: { strict: ['DE'], wide: ['DE', 'FR'] },
  consent: [
    { purposes: ['transactional'], needs: 'nothing' },
    { purposes: ['service'], needs: 'no-objection' },
    { purposes: ['marketing'], channels: ['sms', 'push', 'audience'], needs: 'opt-in' },
    { purposes: ['marketing'], regions: ['strict'], needs: 'double-opt-in', orSoftOptIn: true },
    { purposes: ['marketing'], needs: 'opt-in' },
  ],
  quietHours: [
    { purposes: ['marketing', 'service'], channels: ['email'], from: '21:00', to: '08:00' },
    { channels: ['sms', 'push'], from: '20:00', to: '09:00' },
    { purposes: ['marketing'], channels: ['sms'], regions: ['wide'], from: '20:00', to: '10:00' },
  ],
  caps: [
    {
      name: 'marketing a week',
      max: 2,
      hours: 168,
      counts: { purposes: ['marketing'] },
      limits: { purposes: ['marketing'], channels: ['email', 'sms', 'push'] },
    },
    {
      name: 'a day',
      max: 1,
      hours: 20,
      counts: { purposes: ['marketing', 'service'], channels: ['email', 'sms', 'push'] },
      limits: { purposes: ['marketing', 'service'], channels: ['email', 'sms', 'push'] },
      except: ['hand-off'],
    },
  ],
  suppression: [
    { when: 'open-case', purposes: ['service'], days: 14, effect: 'hold', except: ['hand-off'] },
    { when: 'open-case', purposes: ['marketing'], days: 7, effect: 'hold' },
    { when: 'open-return', purposes: ['marketing'], days: 4, effect: 'hold' },
    { when: 'dispute', purposes: ['marketing', 'service'], days: 60, effect: 'drop' },
  ],
  priority: ['care', 'survey', 'offer'],
  fallback: ['email', 'push', 'sms', 'inbox', 'insert', 'audience'],
  patienceHours: { transactional: 0, service: 14, marketing: 36 },
  holdDays: { transactional: 1, service: 5, marketing: 10 },
  smsBudgetShare: { transactional: 10, service: 1, marketing: 0.8 },
};

export const touchOf = (change: Partial<Touch> = {}): Touch => ({
  name: 'offer',
  purpose: 'marketing',
  channels: ['email'],
  trigger: 'a test asks',
  audience: 'everybody',
  tellsOf: 'order',
  personalised: [],
  revenue: 'repeat',
  rating: { potential: 1, effort: 1 },
  ...change,
});

export const said = (change: Partial<ConsentStatement> = {}): ConsentStatement => ({
  eventId: 'consent-1',
  purpose: 'marketing',
  channel: 'email',
  state: 'granted',
  basis: 'consent',
  confirmed: true,
  at: at(1),
  source: 'checkout',
  by: 'c-17',
  ...change,
});

/** Agreed to marketing by everything that asks for it, and can be reached by it. */
export const agreed: Customer = {
  ...newCustomer('hearth', 'c-17'),
  consents: (['email', 'sms', 'push', 'inbox'] as const).map((channel) =>
    said({ eventId: channel, channel }),
  ),
  devices: { 'token-1': { state: 'active', platform: 'GCM', at: at(1) } },
};

export const customerWith = (change: Partial<Customer> = {}): Customer => ({
  ...agreed,
  ...change,
});

export const reachable = {
  customerId: 'c-17',
  email: 'mia@mail.example',
  reach: {
    email: { address: 'mia@mail.example', id: 'e-1' },
    sms: { address: '+491711234567', id: 'n-1' },
  },
};

export const contact = (hours: number, change: Partial<Contact> = {}): Contact => ({
  orderId: '9',
  touchId: `t-${hours}`,
  purpose: 'marketing',
  channel: 'email',
  at: at(hours),
  ...change,
});

export const heldTouch = (until: number, change: Partial<HeldTouch> = {}): HeldTouch => ({
  orderId: '9',
  touchId: `h-${until}`,
  touch: 'offer',
  subjects: [],
  purpose: 'marketing',
  until: at(until),
  since: at(1),
  turn: 1,
  ...change,
});

type Change = Omit<Partial<PolicyInputs>, 'touch' | 'policy'> & {
  readonly touch?: Partial<Touch>;
  readonly policy?: Partial<ContactPolicy>;
  readonly hours?: number;
};

/** An offer to a customer in Berlin who agreed to it, at noon, of whom nothing else is known. */
export const inputsOf = ({ touch, policy, hours = NOON, ...rest }: Change = {}): PolicyInputs => ({
  policy: policy === undefined ? smallPolicy : { ...smallPolicy, ...policy },
  touch: touchOf(touch),
  touchId: 'offer',
  subjects: [],
  order: told([placed({ contact: reachable })]),
  customer: agreed,
  purchases: [],
  channels: ['email', 'sms', 'push', 'inbox', 'insert', 'audience'],
  pages: [],
  legalEntity: 'Hearth GmbH',
  regions: ['strict', 'wide'],
  zones: ['Europe/Berlin'],
  suppressed: {},
  trouble: {},
  history: { contacts: [], held: [] },
  now: at(hours),
  ...rest,
});
