import { compareText } from '../compare-text.ts';
import {
  accessLines,
  type Answer,
  isCancelled,
  isOutstanding,
  type Order,
  type OrderLine,
  type Parcel,
  toDispatch,
} from './order.ts';
import type { Instant } from './order-event.ts';
import { isDisputed, isGivenBack, lastAnswer, type Mood, moodOf } from './after-delivery.ts';
import type { WaitingStage } from './stage-name.ts';

/** What can be reached, in the order in which a journey deals with it when several are new at once. */
const kinds = [
  'given-back',
  'disputed',
  'answered-badly',
  'answered-neutrally',
  'answered-well',
  'reviewed',
  'activated',
  'cancelled',
  'verification-required',
  'access-granted',
  'lines-cancelled',
  'delivered',
  'delivery-failed',
  'parcel-lost',
  'dispatched',
  'backordered',
  'promise-moved',
  'settled',
] as const;

export type MilestoneKind = (typeof kinds)[number];

/** What each stage waits for; of the rest it hears nothing. */
const heardBy: Readonly<Record<WaitingStage, readonly MilestoneKind[]>> = {
  fulfilment: kinds.slice(kinds.indexOf('cancelled')),
  onboarding: ['given-back', 'disputed', 'activated'],
  advocacy: [
    'given-back',
    'disputed',
    'answered-badly',
    'answered-neutrally',
    'answered-well',
    'reviewed',
  ],
};

/** Something reached in an order's life. Derived from the order, never stored. */
export interface Milestone {
  readonly kind: MilestoneKind;
  /** The parcel, cancellation, attempt or promised date it is about; with the kind, its identity. */
  readonly subject: string;
  readonly at: Instant;
}

/** What a journey is told when its wait ends: the milestones of one kind that it has not seen. */
export interface News {
  readonly kind: MilestoneKind;
  readonly subjects: readonly string[];
  /** Whether something the customer wants is still to arrive, to be opened or to be told of. */
  readonly outstanding: boolean;
  /** Whether anything is on its way. */
  readonly underway: boolean;
  /** When the customer should be told of a delay unless there is news before. */
  readonly deadline?: Instant | undefined;
  /** Everything the journey has dealt with once it has dealt with this. */
  readonly seen: readonly string[];
}

export const idOf = ({ kind, subject }: Pick<Milestone, 'kind' | 'subject'>): string =>
  `${kind}:${subject}`;

/** Everything reached so far, in order of time. */
export const milestonesOf = (order: Order): readonly Milestone[] =>
  [
    ...ofReview(order),
    ...ofAccess(order),
    ...ofCancellations(order),
    ...order.parcels.flatMap(ofParcel),
    ...ofPromises(order),
    ...ofSettlement(order),
    ...ofAfterDelivery(order),
  ].toSorted((a, b) => compareText(a.at, b.at) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));

/**
 * The first thing a stage that has seen `seen` should deal with, or `undefined` when nothing is new.
 *
 * What a later milestone makes pointless is passed over: a dispatch whose parcel has arrived, also
 * when it comes to light after the arrival was dealt with; a backorder that has been sent.
 */
export const nextNews = (
  order: Order,
  seen: readonly string[],
  stage: WaitingStage,
): News | undefined => {
  const milestones = milestonesOf(order).filter(({ kind }) => heardBy[stage].includes(kind));
  const told = milestones.filter((milestone) => seen.includes(idOf(milestone)));
  const fresh = milestones.filter((each) => !told.includes(each) && !isOvertaken(each, told));
  const kind = kinds.find((each) => fresh.some((milestone) => milestone.kind === each));
  if (kind === undefined) return undefined;
  const news = fresh.filter((milestone) => milestone.kind === kind);
  const rest = fresh.filter((each) => !news.includes(each) && !isOvertaken(each, news));
  return {
    kind,
    subjects: news.map(({ subject }) => subject),
    outstanding: isOutstanding(order) || awaitsAccess(order) || rest.some(isOwed),
    underway: order.parcels.some(({ status }) => status === 'on_its_way'),
    deadline: untoldDeadline(order, seen),
    seen: [...seen, ...fresh.filter((each) => !rest.includes(each)).map(idOf)],
  };
};

/** A parcel that arrived or was lost needs no notice of its dispatch or of a failed attempt. */
const isOvertaken = (milestone: Milestone, by: readonly Milestone[]): boolean =>
  (milestone.kind === 'dispatched' || milestone.kind === 'delivery-failed') &&
  by.some(
    ({ kind, subject }) =>
      (kind === 'delivered' || kind === 'parcel-lost') && subject === parcelOf(milestone),
  );

/** What the customer is told even when nothing is to come any more. */
const isOwed = ({ kind }: Milestone): boolean =>
  kind === 'access-granted' || kind === 'lines-cancelled' || kind === 'delivered';

/** A failed attempt's subject is `<parcel>/<event>`. */
const parcelOf = ({ kind, subject }: Milestone): string =>
  kind === 'delivery-failed' ? subject.slice(0, subject.lastIndexOf('/')) : subject;

const ofReview = (order: Order): readonly Milestone[] =>
  order.risk === 'review'
    ? [{ kind: 'verification-required', subject: 'order', at: order.placedAt }]
    : [];

const ofAccess = (order: Order): readonly Milestone[] =>
  order.risk !== 'review' && accessLines(order).length > 0
    ? [{ kind: 'access-granted', subject: 'order', at: order.clearedAt }]
    : [];

const awaitsAccess = (order: Order): boolean =>
  order.risk === 'review' && accessLines(order).length > 0;

const ofCancellations = (order: Order): readonly Milestone[] => {
  const last = order.cancellations.at(-1);
  if (isCancelled(order)) {
    const at = last?.at ?? order.refunds.at(-1)?.at ?? order.placedAt;
    return [{ kind: 'cancelled', subject: 'order', at }];
  }
  return order.cancellations.map(({ eventId, at }) => ({
    kind: 'lines-cancelled',
    subject: eventId,
    at,
  }));
};

const ofParcel = (parcel: Parcel): readonly Milestone[] => {
  const { parcelId: subject, dispatchedAt, deliveredAt, failedAt } = parcel;
  const isOpen = parcel.status === 'on_its_way';
  const attempts = parcel.attempts.filter(({ at }) => isOpen || at < (deliveredAt ?? at));
  return [
    ...(dispatchedAt === undefined
      ? []
      : [{ kind: 'dispatched' as const, subject, at: dispatchedAt }]),
    ...attempts.map(({ eventId, at }) => ({
      kind: 'delivery-failed' as const,
      subject: `${subject}/${eventId}`,
      at,
    })),
    ...(failedAt === undefined ? [] : [{ kind: 'parcel-lost' as const, subject, at: failedAt }]),
    ...(deliveredAt === undefined
      ? []
      : [{ kind: 'delivered' as const, subject, at: deliveredAt }]),
  ];
};

const waitsForStock = (order: Order, line: OrderLine): boolean =>
  line.backordered && toDispatch(order, line) > 0;

const ofPromises = (order: Order): readonly Milestone[] => {
  const backorders = order.lines.filter((line) => waitsForStock(order, line));
  const isOpen = order.lines.some((line) => toDispatch(order, line) > 0);
  const { promiseMovedAt, promisedDispatchBy } = order;
  const moved =
    isOpen && promiseMovedAt !== undefined && promisedDispatchBy !== undefined
      ? [{ kind: 'promise-moved' as const, subject: promisedDispatchBy, at: promiseMovedAt }]
      : [];
  return [...backorders.map((line) => backorder(order, line)), ...moved];
};

/** The last of what was to come will not come, without a delivery or cancellation that says so. */
const ofSettlement = (order: Order): readonly Milestone[] => {
  const isPhysical = order.lines.some(({ kind }) => kind === 'physical');
  if (!isPhysical || isOutstanding(order) || awaitsAccess(order) || isCancelled(order)) return [];
  const ends = [
    ...order.parcels.flatMap(({ deliveredAt }) => deliveredAt ?? []),
    ...[...order.cancellations, ...order.refunds].map(({ at }) => at),
  ];
  return [{ kind: 'settled', subject: 'order', at: ends.toSorted().at(-1) ?? order.placedAt }];
};

const answered: Readonly<Record<Mood, MilestoneKind>> = {
  bad: 'answered-badly',
  neutral: 'answered-neutrally',
  good: 'answered-well',
};

/** Who answers again means the last answer. */
const ofAnswer = (answer: Answer | undefined): readonly Milestone[] =>
  answer === undefined
    ? []
    : [{ kind: answered[moodOf(answer)], subject: answer.at, at: answer.at }];

const ofAfterDelivery = (order: Order): readonly Milestone[] => {
  const { returns, refunds, disputes, activations, reviews } = order;
  const wasDelivered = !isCancelled(order);
  const lastReturn = [...returns, ...refunds]
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  const dispute = disputes.find(({ status }) => status !== 'won');
  const reached = [
    ...(wasDelivered && lastReturn !== undefined && isGivenBack(order)
      ? [{ kind: 'given-back' as const, subject: 'order', at: lastReturn }]
      : []),
    ...(dispute !== undefined && isDisputed(order)
      ? [{ kind: 'disputed' as const, subject: dispute.disputeId, at: dispute.at }]
      : []),
    ...activations.map(({ at, lineId = 'order' }) => ({
      kind: 'activated' as const,
      subject: lineId,
      at,
    })),
    ...ofAnswer(lastAnswer(order)),
    ...reviews.map(({ sku, at }) => ({ kind: 'reviewed' as const, subject: sku, at })),
  ];
  return firsts(reached);
};

/** A second use of a line, or a second review of a product, reaches nothing new. */
const firsts = (reached: readonly Milestone[]): readonly Milestone[] => [
  ...new Map(reached.toReversed().map((each) => [idOf(each), each])).values(),
];

/** A new promised date for a backordered line is news again. */
const backorder = (
  order: Order,
  { lineId, promisedDispatchBy, promisedAt }: OrderLine,
): Milestone => ({
  kind: 'backordered',
  subject: promisedDispatchBy === undefined ? lineId : `${lineId}/${promisedDispatchBy}`,
  at: promisedAt ?? order.placedAt,
});

/** The milestone a journey adds itself when a promised date passes without news. */
export const promiseMissed = (deadline: Instant): string => `promise-missed:${deadline}`;

const untoldDeadline = (order: Order, seen: readonly string[]): Instant | undefined => {
  const deadline = deadlineOf(order);
  return deadline !== undefined && seen.includes(promiseMissed(deadline)) ? undefined : deadline;
};

/**
 * The next date that was promised: the latest estimate of the parcels on their way, or else the
 * earliest promised dispatch of what is still to be sent. A date of dispatch from before a parcel
 * was lost was kept; it is no promise for what has to be sent again.
 */
export const deadlineOf = (order: Order): Instant | undefined => {
  const estimates = order.parcels
    .filter(({ status }) => status === 'on_its_way')
    .flatMap(({ estimatedDeliveryAt }) => estimatedDeliveryAt ?? []);
  if (estimates.length > 0) return estimates.toSorted().at(-1);
  const lastLoss =
    order.parcels
      .flatMap(({ failedAt }) => failedAt ?? [])
      .toSorted()
      .at(-1) ?? '';
  const promises = order.lines
    .filter((line) => toDispatch(order, line) > 0)
    .flatMap((line) => line.promisedDispatchBy ?? order.promisedDispatchBy ?? []);
  return promises.filter((promise) => promise > lastLoss).toSorted()[0];
};
