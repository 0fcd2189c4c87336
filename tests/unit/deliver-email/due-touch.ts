import type { DueTouch, Prepared, SendResult } from '#core/delivery/deliver-touch.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import type { Contact } from '#core/domain/orders/order-event.ts';
import type { Channel, Touch } from '#core/domain/touches/touch.ts';
import { told } from '#tests/unit/orders/histories.ts';
import { at, dispatched, placed } from '#tests/unit/orders/order-events.ts';

export const mia: Customer = { ...newCustomer('hearth', 'c-17'), version: 1 };

const contactOfMia: Contact = {
  customerId: 'c-17',
  email: 'Mia.Sommer@mail.example',
  name: 'Mia Sommer',
  reach: {
    email: { address: 'Mia.Sommer@mail.example', id: 'email:mia' },
    sms: { address: '+4915112345678', id: 'sms:mia' },
  },
};

interface Story {
  readonly touch: Touch;
  readonly channel: Channel;
  readonly subjects?: readonly string[];
  readonly contact?: Contact;
  readonly customer?: Customer | undefined;
  readonly now?: string;
}

/** A touch of order 100482, of which one parcel is on its way. */
export const dueTouch = ({
  touch,
  channel,
  subjects = ['P1'],
  contact = contactOfMia,
  customer = mia,
  now = at(13),
}: Story): DueTouch => ({
  touch,
  subjects,
  order: told([placed({ contact }), dispatched(12, 'P1')]),
  customerId: customer.customerId,
  customer,
  purchases: [],
  products: [],
  zones: ['Europe/Berlin'],
  now,
  record: {
    shop: 'hearth',
    orderId: '100482',
    touch: touch.name,
    touchId: `${touch.name}:${subjects.join('+')}`,
    subjects,
    purpose: touch.purpose,
    decision: { kind: 'send', channel, rules: [] },
    decidedAt: at(12),
    turn: 1,
    earlier: [],
    zones: ['Europe/Berlin'],
    state: 'decided',
    attempts: 0,
  },
});

/** What the provider said to a touch that was ready. */
export const sent = async (prepared: Promise<Prepared>): Promise<SendResult> => {
  const made = await prepared;
  if (made.kind !== 'ready') throw new Error(`the touch was dropped: ${made.reason}`);
  return made.send();
};
