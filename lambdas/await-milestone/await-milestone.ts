import { nextNews } from '#core/domain/orders/milestones.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { withWait } from '#core/domain/orders/order-log.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { JourneyWaker } from '#core/ports/journeys.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { AwaitMilestoneInput } from './contract.ts';

export interface AwaitMilestoneDeps {
  readonly orders: OrderLogs;
  readonly wake: JourneyWaker;
  readonly now: () => Date;
}

/**
 * Ends the wait at once when the order has news for the stage, or else leaves the token on the
 * order for `ingest-event`. Both write the same item under a condition, so that a milestone
 * reached before, during or after this is never missed.
 */
export const awaitMilestone =
  ({ orders, wake, now }: AwaitMilestoneDeps) =>
  async (input: AwaitMilestoneInput): Promise<'answered' | 'waiting'> => {
    const { shop, orderId, stage, seen, token } = input;
    const registeredAt = now().toISOString();
    const deadline = input.deadline ?? undefined;

    const news = await retryOnConflict(async () => {
      const log = await orders.read(shop, orderId);
      const order = orderOf(log.events);
      const known = order === undefined ? undefined : nextNews(order, seen, stage);
      if (known !== undefined) return known;
      const waiting = withWait(log, { stage, seen, registeredAt, deadline, token });
      return (await orders.write(waiting)) ? 'none' : undefined;
    });
    if (news === 'none') return 'waiting';
    await wake(token, news);
    return 'answered';
  };
