import type { Customer } from '#core/domain/customers/customer.ts';
import { idsOf } from '#core/delivery/touch-inputs.ts';
import {
  attributionOf,
  clicksSince,
  namedEvidence,
  type SellingEvent,
  withAttribution,
} from '#core/domain/ledger/attribution.ts';
import type { Evidence } from '#core/domain/ledger/evidence.ts';
import type { LedgerRules } from '#core/domain/ledger/ledger-rules.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Attributions } from '#core/ports/attributions.ts';
import type { Customers } from '#core/ports/customers.ts';

export interface CreditOrderDeps {
  readonly attributions: Pick<Attributions, 'byId' | 'ofCustomer'>;
  readonly customers: Pick<Customers, 'read'>;
  readonly ledgerRules: LedgerRules;
}

/** The event with what brought its lines, as far as it is known now: what is stored stays so. */
export const withCredit = async (deps: CreditOrderDeps, event: OrderEvent): Promise<OrderEvent> => {
  if (event.type !== 'OrderPlaced' && event.type !== 'OrderAmended') return event;
  if (event.type === 'OrderAmended' && event.addedLines === undefined) return event;
  const evidence = [...(await named(deps, event)), ...(await ofCustomer(deps, event))];
  return withAttribution(event, attributionOf(event, evidence, deps.ledgerRules));
};

const named = async (
  { attributions }: CreditOrderDeps,
  event: SellingEvent,
): Promise<readonly Evidence[]> => {
  const { clicks, codes, sessions } = namedEvidence(event);
  const asked = [
    ['click', clicks],
    ['code', codes],
    ['session', sessions],
  ] as const;
  const found = await Promise.all(
    asked.map(async ([kind, ids]) =>
      ids.length === 0 ? [] : attributions.byId(event.shop, kind, ids),
    ),
  );
  return found.flat();
};

/** Under all ids of the customer. */
const ofCustomer = async (
  { attributions, customers, ledgerRules }: CreditOrderDeps,
  event: SellingEvent,
): Promise<readonly Evidence[]> => {
  if (event.type !== 'OrderPlaced') return [];
  const customerId = customerIdOf(event.contact);
  if (customerId === undefined) return [];
  const customer: Customer | undefined = await customers.read(event.shop, customerId);
  const since = clicksSince(event.occurredAt, ledgerRules);
  const found = await Promise.all(
    idsOf(customerId, customer).map((id) => attributions.ofCustomer(event.shop, id, since)),
  );
  return found.flat();
};
