import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { openDelivery } from '#core/runtime/delivery.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { deliverAudienceContract } from './contract.ts';
import { deliverAudience } from './deliver-audience.ts';

const env = readEnv(deliverAudienceContract);
const { name } = deliverAudienceContract;
const { publisher, handlerOf } = openDelivery({ name, channel: 'audience', env, touches });

/** Called with batches of the audiences' queue. */
export const handler = handlerOf(
  deliverAudience({ shops, addresses: writtenAddresses, sha256: sha256Hex, publisher }),
);
