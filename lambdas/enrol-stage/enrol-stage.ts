import { executionName } from '#core/domain/orders/stage-name.ts';
import type { JourneyStarter } from '#core/ports/journeys.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';

export interface AcceptedOrder {
  readonly shop: string;
  readonly orderId: string;
  readonly placedAt: string;
  readonly deadline?: string | undefined;
}

export interface EnrolStageDeps {
  readonly start: JourneyStarter;
  readonly hash: (text: string) => string;
}

/** Starts the fulfilment of an accepted order; of one that has begun already, nothing. */
export const enrolStage =
  ({ start, hash }: EnrolStageDeps) =>
  (order: AcceptedOrder): Promise<'started' | 'already-started'> => {
    const { shop, orderId, placedAt, deadline = null } = order;
    const name = executionName({ shop, orderId, stage: fulfilment.name }, hash);
    return start(name, { shop, orderId, placedAt, deadline });
  };
