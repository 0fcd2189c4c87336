import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import { consentOf } from '#core/domain/customers/consent.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';

export interface OptOuts {
  readonly touches: readonly TouchRecord[];
  readonly customers: readonly Customer[];
  /** By the address's keyed hash. */
  readonly suppressions: ReadonlyMap<string, AddressSuppression>;
}

/** What is on its way to the provider in this minute is not called back. */
const UNDERWAY_MS = 60_000;

/**
 * Messages that went out though the customer had refused their purpose on their channel, or though the
 * address could not be used any more. Transactions go whatever was refused, but not to such an address.
 */
export const sentAfterOptOut = ({
  touches,
  customers,
  suppressions,
}: OptOuts): readonly string[] => {
  const known = new Map(customers.map((each) => [keyOf(each.shop, each.customerId), each]));
  return touches.flatMap((record) => {
    const { outcome, decision, orderId, touchId } = record;
    if (outcome?.state !== 'sent' || !('channel' in decision)) return [];
    const sentMs = Date.parse(outcome.at);
    const over = (at: string | undefined) =>
      at !== undefined && Date.parse(at) + UNDERWAY_MS < sentMs;
    const stopped = suppressions.get(outcome.addressId ?? '');
    if (over(stopped?.at) && !isExcused(record, stopped))
      return [`order ${orderId}: ${touchId} went to an address that ${stopped?.reason}`];
    return over(refusedAt(record, known))
      ? [`order ${orderId}: ${touchId} went by ${decision.channel} after it was refused`]
      : [];
  });
};

/** A complaint ends what is not asked for; what a customer ordered is still told. */
const isExcused = ({ purpose }: TouchRecord, stopped: AddressSuppression | undefined): boolean =>
  stopped?.reason === 'complained' && purpose === 'transactional';

/** When the customer had last refused what was sent, as far as was said before it was sent. */
const refusedAt = (
  { shop, customerId, purpose, decision, outcome }: TouchRecord,
  known: ReadonlyMap<string, Customer>,
): string | undefined => {
  const customer = survivor(known, shop, customerId);
  if (customer === undefined || purpose === 'transactional' || !('channel' in decision))
    return undefined;
  const before = customer.consents.filter(({ at }) => at < (outcome?.at ?? ''));
  const consent = consentOf({ ...customer, consents: before }, purpose, decision.channel);
  return consent?.state === 'withdrawn' ? consent.at : undefined;
};

const survivor = (
  known: ReadonlyMap<string, Customer>,
  shop: string,
  customerId: string | undefined,
): Customer | undefined => {
  const customer = customerId === undefined ? undefined : known.get(keyOf(shop, customerId));
  return customer?.mergedInto === undefined ? customer : survivor(known, shop, customer.mergedInto);
};

const keyOf = (shop: string, customerId: string): string => `${shop}#${customerId}`;
