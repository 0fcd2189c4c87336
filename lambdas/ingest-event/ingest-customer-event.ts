import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { IncomingEvent, PersonEvent, Refusal } from '#core/contracts/parse-event.ts';
import { applyToCustomer } from '#core/domain/customers/apply-to-customer.ts';
import {
  type ConsentChanged,
  type Customer,
  type CustomerEvent,
  newCustomer,
} from '#core/domain/customers/customer.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import type { Reachable } from '#core/domain/orders/order-event.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import { askedWithOrder, type AskToConfirmDeps } from './ask-to-confirm.ts';
import { reviewDue, reviewReason } from './contact-reviews.ts';
import { leaveAudiences, type LeaveAudiencesDeps } from './leave-audiences.ts';
import { linkAddress, type LinkAddressDeps } from './link-address.ts';
import { reachOf, type ReachDeps } from './reach.ts';

export interface IngestCustomerEventDeps
  extends AskToConfirmDeps, LeaveAudiencesDeps, LinkAddressDeps, ReachDeps {
  readonly orders: AskToConfirmDeps['orders'];
  readonly suppressions: Pick<Suppressions, 'of' | 'lift'>;
  readonly publisher: EventPublisher;
  readonly shops: Readonly<Record<string, Pick<ShopConfig, 'country'>>>;
}

export type ToldOfCustomer = Exclude<CustomerEvent, ConsentChanged> | PersonEvent;

type Result =
  | { readonly kind: 'applied' | 'known'; readonly event: IncomingEvent }
  | ({ readonly kind: 'parked' } & Refusal);

/**
 * Applies an event to whom it is about, under whichever id or address it names them, then does what follows
 * from it. An event that comes again has its consequences again: each is the same.
 */
export const ingestCustomerEvent = async (
  deps: IngestCustomerEventDeps,
  told: ToldOfCustomer,
): Promise<Result> => {
  const reach = await reachOfEvent(deps, told);
  const customerId = customerIdOf({ customerId: told.customerId, reach });
  if (customerId === undefined) return { kind: 'parked', ...namesNobody(told) };

  const event = aboutCustomer(told, customerId, reach);
  const { shop, occurredAt: at } = event;
  const addressId = reach?.email?.id;
  if (addressId !== undefined) await linkAddress(deps, { shop, customerId, addressId, at });
  const { kind, customer } = await changeCustomer(deps, event);
  await followUp(deps, event, customer, reach);
  return { kind, event };
};

const reachOfEvent = (
  deps: IngestCustomerEventDeps,
  told: ToldOfCustomer,
): Promise<Reachable | undefined> => {
  const country = deps.shops[told.shop]?.country;
  if (told.type === 'CustomerUpdated') return reachOf(deps, told.profile, [country]);
  return reachOf(deps, isOfPerson(told) ? told : {}, [country]);
};

const isOfPerson = (event: ToldOfCustomer): event is PersonEvent =>
  event.type === 'ConsentChanged' ||
  event.type === 'SupportCaseOpened' ||
  event.type === 'SupportCaseClosed';

const namesNobody = ({ type }: ToldOfCustomer): Refusal => ({
  reason: 'invalid',
  problem: `${type}: got an address that cannot be read, expected an e-mail address or a mobile number such as +4915112345678: correct it, or name the customer by customerId`,
});

/** Addresses stay with the event's identity: what is stored of a statement is who said it. */
const aboutCustomer = (
  told: ToldOfCustomer,
  customerId: string,
  reach: Reachable | undefined,
): CustomerEvent => {
  if (isOfPerson(told)) return { ...told, customerId };
  if (told.type !== 'CustomerUpdated' || reach === undefined) return told;
  return { ...told, profile: { ...told.profile, reach } };
};

interface Changed {
  readonly kind: 'applied' | 'known';
  /** As known now; under the id of whom they turned out to be. */
  readonly customer: Customer;
}

const changeCustomer = (
  { customers }: IngestCustomerEventDeps,
  event: CustomerEvent,
): Promise<Changed> =>
  retryOnConflict<Changed>(async () => {
    const { shop, customerId } = event;
    const customer = (await customers.read(shop, customerId)) ?? newCustomer(shop, customerId);
    const changed = applyToCustomer(customer, event);
    if (changed === customer) return { kind: 'known', customer };
    return (await customers.write(changed)) ? { kind: 'applied', customer: changed } : undefined;
  });

const followUp = async (
  deps: IngestCustomerEventDeps,
  event: CustomerEvent,
  customer: Customer,
  reach: Reachable | undefined,
): Promise<void> => {
  const because = reviewReason(event);
  const facts = [
    ...(because === undefined ? [] : [reviewDue(event, customer.customerId, because)]),
    ...(event.type === 'ConsentChanged' ? await ofConsent(deps, event, customer, reach) : []),
    ...caseFact(event, customer),
  ];
  if (facts.length > 0) await deps.publisher.publish(facts);
};

const caseFact = (event: CustomerEvent, { customerId }: Customer): readonly OutgoingEvent[] => {
  if (event.type !== 'SupportCaseOpened' && event.type !== 'SupportCaseClosed') return [];
  const { shop, caseId, topic, orderId, occurredAt } = event;
  const state = event.type === 'SupportCaseOpened' ? 'opened' : 'closed';
  return [
    {
      type: 'SupportCaseChanged',
      detail: {
        eventId: `support-case-${state}/${caseId}/${event.eventId}`,
        occurredAt,
        schemaVersion: SCHEMA_VERSION,
        shop,
        customerId,
        caseId,
        state,
        topic,
        orderId,
      },
    },
  ];
};

const ofConsent = async (
  deps: IngestCustomerEventDeps,
  event: ConsentChanged,
  customer: Customer,
  reach: Reachable | undefined,
): Promise<readonly OutgoingEvent[]> => {
  if (event.state === 'granted') {
    await liftComplaint(deps, event, (reach ?? customer.profile.reach)?.email?.id);
    return askedWithOrder(deps, event, customer);
  }
  return event.channel === 'audience' ? leaveAudiences(deps, event, customer, reach) : [];
};

/**
 * Who complained and then asked for mail again gets it again; a soft opt-in asks for nothing. A bounce is the
 * mailbox's word, a STOP the network's: no form lifts them.
 */
const liftComplaint = async (
  { suppressions }: IngestCustomerEventDeps,
  { purpose, channel, basis = 'consent', occurredAt }: ConsentChanged,
  addressId: string | undefined,
): Promise<void> => {
  const isAsked = purpose === 'marketing' && channel === 'email' && basis === 'consent';
  if (!isAsked || addressId === undefined) return;
  const suppression = (await suppressions.of([addressId])).get(addressId);
  if (suppression?.reason === 'complained' && suppression.at < occurredAt)
    await suppressions.lift(addressId);
};
