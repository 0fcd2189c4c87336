import type { Purchase } from '../customers/purchase.ts';
import type { Order } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import { tellAtRisk } from '../scores/at-risk.ts';
import type { DatedScore } from '../scores/dated-score.ts';
import { localDayOf } from './local-time.ts';

/** What a score is judged by: an order, and what its customer bought besides. */
export interface ScoredOrder {
  readonly order: Pick<Order, 'placedAt'>;
  readonly purchases: readonly Purchase[];
  readonly timeZone: string;
  /** What was expected of the customer when they were last scored. @default nobody scored them */
  readonly score?: DatedScore | undefined;
}

/**
 * The customer's score if it knows of this order and of all later ones: what an older one says of their lateness was
 * answered by the order.
 */
export const currentScore = ({
  order,
  purchases,
  timeZone,
  score,
}: ScoredOrder): DatedScore | undefined => {
  if (score === undefined) return undefined;
  const days = [order, ...purchases.filter(isReal)].map(({ placedAt }: { placedAt: Instant }) =>
    localDayOf(placedAt, timeZone),
  );
  return days.every((day) => day <= score.lastOrderDay) ? score : undefined;
};

const isReal = ({ lines }: Purchase): boolean => lines.length > 0;

/** What a score says of the customer's lateness, in words and without personal data. */
export const tellScore = ({ scoredOn, rfm, atRisk }: DatedScore): string =>
  [
    `score of ${scoredOn}`,
    ...(rfm === undefined ? [] : [rfm.segment]),
    ...(atRisk === undefined ? [] : [tellAtRisk(atRisk)]),
  ].join(', ');
