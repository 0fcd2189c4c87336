import type { ShopConfig } from '#core/contracts/config.ts';
import { isCapped } from '#core/domain/contact-policy/caps.ts';
import { type ContactHistory, emptyHistory } from '#core/domain/contact-policy/contact-history.ts';
import { type ContactPolicy, regionsOf } from '#core/domain/contact-policy/policy.ts';
import type { PolicyInputs } from '#core/domain/contact-policy/policy-inputs.ts';
import { type AddressSuppression, troubleWith } from '#core/domain/contact-policy/suppression.ts';
import { emailOf, phoneOf } from '#core/domain/customers/reach.ts';
import { recipientZones } from '#core/domain/customers/time-zones.ts';
import { armsFor, type Treatment, treatmentOf } from '#core/domain/experiments/arms.ts';
import type { Experiments } from '#core/domain/experiments/experiment.ts';
import { type Channel, pagesOf, type TouchRequest } from '#core/domain/touches/touch.ts';
import { askedAtOf, heldSinceOf, type TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';
import type { PlaceZones } from '#core/ports/place-zones.ts';
import type { SmsSpend } from '#core/ports/sms-spend.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import { idsOf, touchInputs, type TouchInputs, type TouchInputsDeps } from './touch-inputs.ts';

export interface ContactInputsDeps extends TouchInputsDeps {
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly policy: ContactPolicy;
  readonly experiments: Experiments;
  /** What the deployment can deliver by. */
  readonly channels: readonly Channel[];
  readonly suppressions: Pick<Suppressions, 'of'>;
  readonly log: Pick<ContactLog, 'read'>;
  /** Absent where only decided touches are asked about: their zones are on record. */
  readonly placeZones?: PlaceZones | undefined;
  /** Absent without a budget. */
  readonly smsBudget?:
    { readonly spend: Pick<SmsSpend, 'ofMonth'>; readonly usd: number } | undefined;
}

/** Everything that the contact policy decides a touch by, and whose touch it is. */
export type ContactInputs = PolicyInputs & Pick<TouchInputs, 'customerId'>;

/**
 * Reads what the contact policy decides a touch by.
 *
 * @param known the touch's record, of one that was decided before
 * @throws when journey and deployment do not fit: no such touch, order or shop
 */
export const contactInputs = async (
  deps: ContactInputsDeps,
  request: TouchRequest & { readonly touchId: string },
  known?: TouchRecord,
): Promise<ContactInputs> => {
  const { shops, policy, channels } = deps;
  const inputs = await touchInputs(deps, request);
  const shop = shops[request.shop];
  if (shop === undefined)
    throw new Error(
      `no shop "${request.shop}" is configured; there are: ${Object.keys(shops).join(', ')}`,
    );
  const { order, customer, purchases } = inputs;
  return {
    ...inputs,
    policy,
    touchId: request.touchId,
    channels,
    pages: pagesOf(shop.pages),
    legalEntity: shop.legal.entity,
    regions: regionsOf(policy, order.shipTo?.country ?? shop.country),
    zones: zonesOf(deps, inputs, shop, known),
    suppressed: await suppressedOf(deps, inputs),
    trouble: troubleWith(order, customer, purchases),
    history: await historyOf(deps, inputs),
    heldSince: known === undefined ? undefined : heldSinceOf(known),
    askedAt: known === undefined ? undefined : askedAtOf(known),
    treatment: treatmentIn(deps, inputs, known),
    smsBudgetSpent: await budgetSpent(deps, inputs),
  };
};

/** By the customer's arms as they are now: a merge may have changed them since the touch was first decided. */
const treatmentIn = (
  { experiments }: ContactInputsDeps,
  { touch, order: { shop }, customerId, customer, now }: TouchInputs,
  known: TouchRecord | undefined,
): Treatment =>
  treatmentOf(
    experiments,
    armsFor(experiments, {
      shop,
      touch,
      assignmentId: customer?.assignment?.id ?? customerId,
      askedAt: known === undefined ? now : askedAtOf(known),
    }),
  );

const zonesOf = (
  { placeZones }: ContactInputsDeps,
  { order, customer }: TouchInputs,
  shop: ShopConfig,
  known: TouchRecord | undefined,
): readonly string[] => {
  if (placeZones === undefined) return known?.zones ?? [shop.timeZone];
  return recipientZones(
    {
      preferred: customer?.profile.timeZone,
      devices: Object.values(customer?.devices ?? {}).flatMap(({ timeZone, at: seenAt }) =>
        timeZone === undefined ? [] : [{ timeZone, seenAt }],
      ),
      place: order.shipTo === undefined ? [] : placeZones(order.shipTo),
    },
    shop.timeZone,
  );
};

const suppressedOf = async (
  { suppressions, channels }: ContactInputsDeps,
  { touch, order: { contact }, customer }: TouchInputs,
): Promise<PolicyInputs['suppressed']> => {
  const knowing = { contact, customer };
  const isAsked = (channel: Channel) =>
    touch.channels.includes(channel) && channels.includes(channel);
  const email = isAsked('email') ? emailOf(knowing)?.id : undefined;
  const sms = isAsked('sms') ? phoneOf(knowing)?.id : undefined;
  const ids = [email, sms].flatMap((id) => id ?? []);
  if (ids.length === 0) return {};
  const found = await suppressions.of(ids);
  const suppressed: Partial<Record<Channel, AddressSuppression>> = {};
  const ofEmail = found.get(email ?? '');
  const ofSms = found.get(sms ?? '');
  if (ofEmail !== undefined) suppressed.email = ofEmail;
  if (ofSms !== undefined) suppressed.sms = ofSms;
  return suppressed;
};

/** What the customer got and what waits for them, under all their ids; read only where a cap asks for it. */
const historyOf = async (
  { policy, log }: ContactInputsDeps,
  { touch, order, customerId, customer }: TouchInputs,
): Promise<ContactHistory> => {
  const empty = emptyHistory(order.shop, customerId ?? '');
  if (customerId === undefined || !isCapped(policy, touch.purpose)) return empty;
  const [own = empty, ...others] = await Promise.all(
    [customerId, ...idsOf(customerId, customer)]
      .filter((id, index, all) => all.indexOf(id) === index)
      .map((id) => log.read(order.shop, id)),
  );
  return withOthers(own, others);
};

/** Reads without the history: of a touch whose place in the caps is taken, or taken elsewhere. */
export const withoutHistory = <Deps extends Omit<ContactInputsDeps, 'log'>>(
  deps: Deps,
): Deps & Pick<ContactInputsDeps, 'log'> => ({
  ...deps,
  log: { read: async (shop, customerId) => emptyHistory(shop, customerId) },
});

/** The customer's own history, which is the one that is written, with what is known under other ids. */
export const withOthers = (
  own: ContactHistory,
  others: readonly Pick<ContactHistory, 'contacts' | 'held'>[],
): ContactHistory =>
  others.length === 0
    ? own
    : {
        ...own,
        contacts: [...own.contacts, ...others.flatMap(({ contacts }) => contacts)],
        held: [...own.held, ...others.flatMap(({ held }) => held)],
      };

const MONTH = 7;

const budgetSpent = async (
  { smsBudget, channels }: ContactInputsDeps,
  { touch, now }: TouchInputs,
): Promise<number | undefined> => {
  if (smsBudget === undefined || !channels.includes('sms') || !touch.channels.includes('sms'))
    return undefined;
  return (await smsBudget.spend.ofMonth(now.slice(0, MONTH))) / smsBudget.usd;
};
