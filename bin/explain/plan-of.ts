import config from '#config';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { visitContext } from '#core/delivery/journey-context.ts';
import { type JourneyPlan, journeyPlanOf } from '#core/domain/explain/journey-plan.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { Source } from './source.ts';

/** What the order is taken for and what is still planned; nothing of one that has not come. */
export const planOf = async (
  source: Source,
  { shop, orderId, events }: OrderLog,
  touches: readonly TouchRecord[],
): Promise<JourneyPlan | undefined> => {
  if (orderOf(events) === undefined) return undefined;
  const deps = { ...source, shops: config.shops, hash: sha256Hex };
  const inputs = await visitContext(deps, { shop, orderId }, []);
  return journeyPlanOf(inputs, touches, await source.now());
};
