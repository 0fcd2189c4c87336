import type { ShopConfig } from '#core/contracts/config.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { type ContactPolicy, covers, regionsOf } from '#core/domain/contact-policy/policy.ts';
import { consentOf } from '#core/domain/customers/consent.ts';
import type { ConsentChanged, Customer } from '#core/domain/customers/customer.ts';
import type { GrantToConfirm, OrderLog } from '#core/domain/orders/order-log.ts';
import type { Order } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import { noticeDue } from './notice-due.ts';

export interface AskToConfirmDeps {
  readonly orders: OrderLogs;
  readonly shops: Readonly<Record<string, Pick<ShopConfig, 'country'>>>;
  readonly policy: Pick<ContactPolicy, 'consent' | 'regions'>;
}

/**
 * Who said yes with an order is asked to confirm it, where the policy wants that of the order's country. Of an order
 * that has not come the grant is kept with it, and asked about when it comes.
 *
 * @param customer as known with the event
 */
export const askedWithOrder = async (
  deps: AskToConfirmDeps,
  event: ConsentChanged,
  customer: Customer,
): Promise<readonly OutgoingEvent[]> => {
  const { shop, orderId, purpose, channel, occurredAt: at } = event;
  if (orderId === undefined || !isToConfirm(event)) return [];
  const grant = { purpose, channel, at };
  return retryOnConflict(async () => {
    const log = await deps.orders.read(shop, orderId);
    const order = orderOf(log.events);
    if (order !== undefined) return askedOfOrder(deps, order, [grant], customer);
    if (holdsGrant(log, grant)) return [];
    const isKept = await deps.orders.write({ ...log, grants: [...(log.grants ?? []), grant] });
    return isKept ? [] : undefined;
  });
};

/** A soft opt-in is no yes: there is nothing to confirm. */
const isToConfirm = ({ state, confirmed = false, basis = 'consent' }: ConsentChanged): boolean =>
  state === 'granted' && !confirmed && basis === 'consent';

const holdsGrant = ({ grants = [] }: OrderLog, { purpose, channel, at }: GrantToConfirm): boolean =>
  grants.some((each) => each.purpose === purpose && each.channel === channel && each.at === at);

/**
 * Asks about what was granted with the order and stands unconfirmed.
 *
 * @param customer of the order, as known now
 */
export const askedOfOrder = (
  { shops, policy }: Omit<AskToConfirmDeps, 'orders'>,
  order: Order,
  grants: readonly GrantToConfirm[],
  customer: Customer | undefined,
): readonly OutgoingEvent[] => {
  if (order.test || customer === undefined) return [];
  const regions = regionsOf(policy, order.shipTo?.country ?? shops[order.shop]?.country);
  return grants
    .filter(({ purpose, channel }) => {
      const rule = policy.consent.find((each) => covers(each, { purpose, channel, regions }));
      const consent = consentOf(customer, purpose, channel);
      const isOpen = consent?.state === 'granted' && !consent.confirmed;
      return isOpen && rule?.needs === 'double-opt-in';
    })
    .map(({ channel, at }) =>
      noticeDue(order, { touch: 'consent-confirmation', subjects: [channel], at }),
    );
};
