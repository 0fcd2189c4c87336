import type {
  OrderEvent,
  PaymentDisputed,
  ReturnRequested,
  ReviewPosted,
  SurveyAnswered,
  UsageMilestoneReached,
} from '#core/domain/orders/order-event.ts';
import { type MilestoneKind, nextNews } from '#core/domain/orders/milestones.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { WaitingStage } from '#core/domain/orders/stage-name.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  dispatched,
  failed,
  line,
  placed,
  updated,
} from '#tests/unit/orders/order-events.ts';

const ofOrder = (what: string, hours: number) =>
  ({
    eventId: `${what}-${hours}`,
    occurredAt: at(hours),
    shop: 'hearth',
    orderId: '100482',
  }) as const;

export const usedFirst = (hours: number, lineId?: string): UsageMilestoneReached => ({
  ...ofOrder('used', hours),
  type: 'UsageMilestoneReached',
  lineId,
  milestone: 'first-use',
});

/** CSAT: 4 and 5 are good, 1 and 2 are bad. */
export const answered = (hours: number, score: number): SurveyAnswered => ({
  ...ofOrder('answered', hours),
  type: 'SurveyAnswered',
  survey: 'csat',
  score,
});

export const reviewed = (hours: number, sku: string): ReviewPosted => ({
  ...ofOrder('reviewed', hours),
  type: 'ReviewPosted',
  sku,
});

export const disputed = (
  hours: number,
  status: 'opened' | 'won' | 'lost' = 'opened',
): PaymentDisputed => ({
  ...ofOrder('disputed', hours),
  type: 'PaymentDisputed',
  disputeId: 'D1',
  status,
});

export const sentBack = (hours: number, lineId: string, quantity: number): ReturnRequested => ({
  ...ofOrder(`returned-${lineId}`, hours),
  type: 'ReturnRequested',
  returnId: `R-${lineId}-${hours}`,
  lines: [{ lineId, quantity }],
});

/** The order as it is when onboarding and advocacy begin: one mill and two tins, all delivered. */
export const deliveredOrder: readonly OrderEvent[] = [
  placed(),
  dispatched(12, 'P1'),
  delivered(36, 'P1'),
];

/** Orders to which, taken together, everything happens that a stage waits for. */
const fates: readonly (readonly OrderEvent[])[] = [
  [
    ...deliveredOrder,
    usedFirst(40, 'mill'),
    answered(300, 5),
    answered(301, 3),
    answered(302, 1),
    reviewed(303, 'SKU-mill'),
    disputed(310),
    sentBack(320, 'mill', 1),
    sentBack(321, 'tin', 2),
  ],
  [
    placed({
      risk: 'review',
      lines: [line('mill'), line('tin'), line('course', { kind: 'digital' })],
    }),
    amended(11, { risk: 'passed' }),
    amended(12, { lines: [{ lineId: 'tin', backordered: true }], promisedDispatchBy: at(60) }),
    dispatched(13, 'P1', { lines: [{ lineId: 'mill', quantity: 1 }] }),
    failed(30, 'P1'),
    updated(31, 'P1', 'lost'),
    dispatched(32, 'P2', { lines: [{ lineId: 'mill', quantity: 1 }] }),
    cancelled(33, { lines: [{ lineId: 'tin', quantity: 1 }] }),
    delivered(50, 'P2'),
  ],
  [placed(), cancelled(11)],
];

/** What the stage hears of that order, piece by piece until nothing is new. */
const kindsOf = (events: readonly OrderEvent[], stage: WaitingStage): readonly MilestoneKind[] => {
  const order = orderOf(events);
  const kinds: MilestoneKind[] = [];
  let news = order && nextNews(order, [], stage);
  while (order !== undefined && news !== undefined) {
    kinds.push(news.kind);
    news = nextNews(order, news.seen, stage);
  }
  return kinds;
};

/** Every kind of news that a stage may be told, whenever it begins to wait. */
export const kindsHeardIn = (stage: WaitingStage): ReadonlySet<string> =>
  new Set(
    fates.flatMap((events) =>
      events.flatMap((_, index) => kindsOf(events.slice(0, index + 1), stage)),
    ),
  );
