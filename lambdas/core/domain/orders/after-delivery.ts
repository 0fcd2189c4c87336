import { type Answer, type Order, type OrderLine, wantedOf } from './order.ts';
import { withCommission } from './commissions.ts';
import type {
  CommissionConfirmed,
  CommissionReversed,
  Instant,
  LineQuantity,
  OrderEvent,
  PaymentDisputed,
  ReviewPosted,
  SurveyAnswered,
  UsageMilestoneReached,
} from './order-event.ts';

type AfterDeliveryEvent =
  | PaymentDisputed
  | UsageMilestoneReached
  | SurveyAnswered
  | ReviewPosted
  | CommissionConfirmed
  | CommissionReversed;

export const isAfterDelivery = (event: OrderEvent): event is AfterDeliveryEvent =>
  event.type === 'PaymentDisputed' ||
  event.type === 'UsageMilestoneReached' ||
  event.type === 'SurveyAnswered' ||
  event.type === 'ReviewPosted' ||
  event.type === 'CommissionConfirmed' ||
  event.type === 'CommissionReversed';

/** What is heard of an order once it is in use. */
export const heard = (order: Order, event: AfterDeliveryEvent): Order => {
  const { occurredAt: at } = event;
  switch (event.type) {
    case 'PaymentDisputed':
      return withDispute(order, event);
    case 'UsageMilestoneReached': {
      const { lineId, milestone } = event;
      return { ...order, activations: [...order.activations, { at, lineId, milestone }] };
    }
    case 'SurveyAnswered': {
      const { survey, score, comment } = event;
      return { ...order, answers: [...order.answers, { at, survey, score, comment }] };
    }
    case 'ReviewPosted': {
      const { sku, rating } = event;
      return { ...order, reviews: [...order.reviews, { at, sku, rating }] };
    }
    case 'CommissionConfirmed':
    case 'CommissionReversed':
      return withCommission(order, event);
  }
};

const withDispute = (order: Order, event: PaymentDisputed): Order => {
  const { disputeId, occurredAt, status = 'opened', amount } = event;
  const known = order.disputes.find((each) => each.disputeId === disputeId);
  const at = known?.at ?? occurredAt;
  const next = { disputeId, at, status, amount: amount ?? known?.amount };
  return { ...order, disputes: [...order.disputes.filter((each) => each !== known), next] };
};

const piecesOf = (lines: readonly LineQuantity[], lineId: string): number =>
  lines.reduce((total, line) => (line.lineId === lineId ? total + line.quantity : total), 0);

type GivenBack = Pick<Order, 'returns' | 'refunds' | 'total'>;

/** Pieces of the line that the customer keeps: wanted, and not on their way back. */
export const keptOf = (order: GivenBack, line: OrderLine): number =>
  Math.max(0, wantedOf(line) - Math.max(returnedOf(order, line), refundedAsReturned(order, line)));

const returnedOf = ({ returns }: GivenBack, { lineId }: OrderLine): number =>
  returns.reduce((sum, { lines }) => sum + piecesOf(lines, lineId), 0);

/** Many shops tell of a return only when they pay it back. */
const refundedAsReturned = ({ refunds, total }: GivenBack, line: OrderLine): number =>
  refunds
    .filter(({ reason }) => reason === 'returned')
    .reduce((sum, { lines, amount }) => {
      const isOfAll = lines === undefined && amount.amountMinor >= total.amountMinor;
      return sum + (isOfAll ? line.quantity : piecesOf(lines ?? [], line.lineId));
    }, 0);

/** Whether anything of it was, or is to be, sent back. */
export const hasReturn = ({ returns, refunds }: GivenBack): boolean =>
  returns.length > 0 || refunds.some(({ reason }) => reason === 'returned');

/** Whether the customer keeps nothing of it. */
export const isGivenBack = (order: Order): boolean =>
  order.lines.every((line) => keptOf(order, line) === 0);

/** A dispute that the shop won is over; one it lost stays one. */
export const isDisputed = ({ disputes }: Pick<Order, 'disputes'>): boolean =>
  disputes.some(({ status }) => status !== 'won');

/** Whether the first use was reported of every one of these lines. */
export const isActivated = (
  { activations }: Pick<Order, 'activations'>,
  lineIds: readonly string[],
): boolean =>
  lineIds.every((lineId) =>
    activations.some((activation) => (activation.lineId ?? lineId) === lineId),
  );

/** The answer that was given last. */
export const lastAnswer = ({ answers }: Pick<Order, 'answers'>): Answer | undefined =>
  answers.at(-1);

/** The bad answer that was given last, whatever was said after it. */
export const lastBadAnswer = ({ answers }: Pick<Order, 'answers'>): Answer | undefined =>
  answers.findLast((answer) => moodOf(answer) === 'bad');

export type Mood = 'good' | 'neutral' | 'bad';

/** CSAT counts 4 and 5 as satisfied, 1 and 2 as not; NPS 9 and 10 as promoters, 0 to 6 as detractors. */
export const moodOf = ({ survey, score }: Pick<Answer, 'survey' | 'score'>): Mood => {
  const [goodFrom, badUpTo] = survey === 'csat' ? [4, 2] : [9, 6];
  if (score >= goodFrom) return 'good';
  return score <= badUpTo ? 'bad' : 'neutral';
};

/** When the last of what was to come had come, or was opened: what follows counts from here. */
export const completedAt = (order: Order): Instant => {
  const arrivals = order.parcels.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  return arrivals.toSorted().at(-1) ?? order.clearedAt;
};

/** Since when something about the order keeps messages to its customer back. */
export type OrderTrouble = Readonly<
  Partial<Record<'open-return' | 'dispute' | 'bad-answer', Instant>>
>;

/** A return that is under way, a payment that is disputed, a last answer that was a bad one. */
export const troubleOf = (
  order: Pick<Order, 'returns' | 'refunds' | 'disputes' | 'answers'>,
): OrderTrouble => {
  const underway = order.returns.filter(
    ({ receivedAt, at }) =>
      receivedAt === undefined &&
      !order.refunds.some((refund) => refund.reason === 'returned' && refund.at >= at),
  );
  const disputes = order.disputes.filter(({ status }) => status !== 'won');
  const answer = lastAnswer(order);
  const since = {
    'open-return': underway.at(-1)?.at,
    dispute: disputes.at(-1)?.at,
    'bad-answer': answer !== undefined && moodOf(answer) === 'bad' ? answer.at : undefined,
  };
  const trouble: Partial<Record<keyof OrderTrouble, Instant>> = {};
  for (const reason of ['open-return', 'dispute', 'bad-answer'] as const) {
    const at = since[reason];
    if (at !== undefined) trouble[reason] = at;
  }
  return trouble;
};
