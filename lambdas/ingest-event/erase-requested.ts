import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { ErasureRequested, Refusal } from '#core/contracts/parse-event.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import { linkAddress, type LinkAddressDeps } from './link-address.ts';
import { reachOf, type ReachDeps } from './reach.ts';

export interface RequestErasureDeps extends LinkAddressDeps, ReachDeps {
  readonly shops: Readonly<Record<string, Pick<ShopConfig, 'country'>>>;
}

type Result =
  | { readonly kind: 'applied'; readonly event: ErasureRequested }
  | ({ readonly kind: 'parked' } & Refusal);

/**
 * Finds out who asks to be forgotten, under whichever id or address they are named, and has it done. Of an address that
 * nobody gave there is nothing to forget: that is said in the end too.
 */
export const requestErasure = async (
  deps: RequestErasureDeps,
  event: ErasureRequested,
): Promise<Result> => {
  const { shop, requestId, occurredAt } = event;
  const named = await nameOf(deps, event);
  if (named === undefined) return { kind: 'parked', ...namesNobody };
  const customer = await deps.customers.read(shop, named);
  await deps.publisher.publish([
    {
      type: 'ErasureDue',
      detail: {
        eventId: `erasure-due/${requestId}`,
        occurredAt,
        schemaVersion: SCHEMA_VERSION,
        shop,
        customerId: customer?.customerId ?? named,
        requestId,
      },
    },
  ]);
  return { kind: 'applied', event };
};

/** All who gave the address are one customer, and that is settled first; a request adds nobody to an address. */
const nameOf = async (
  deps: RequestErasureDeps,
  { shop, customerId, email, phone, occurredAt: at }: ErasureRequested,
): Promise<string | undefined> => {
  const reach = await reachOf(deps, { email, phone }, [deps.shops[shop]?.country]);
  const addressId = reach?.email?.id;
  const identity =
    addressId === undefined ? undefined : await deps.identities.read(shop, addressId);
  const [giver] = Object.keys(identity?.givers ?? {});
  const named = customerId ?? giver ?? customerIdOf({ reach });
  if (named !== undefined && addressId !== undefined && giver !== undefined)
    await linkAddress(deps, { shop, customerId: named, addressId, at });
  return named;
};

const namesNobody: Refusal = {
  reason: 'invalid',
  problem:
    'ErasureRequested: got an address that cannot be read, expected an e-mail address or a mobile number such as +4915112345678: correct it, or name the customer by customerId',
};
