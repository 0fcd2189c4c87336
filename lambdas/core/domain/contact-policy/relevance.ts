import { type Customer, hasRenewedSince, isSubscribedTo } from '../customers/customer.ts';
import { hasBought, type Purchase, purchasesAfter } from '../customers/purchase.ts';
import { daysBetween } from '../journeys/elapsed.ts';
import {
  completedAt,
  hasReturn,
  isActivated,
  isDisputed,
  isGivenBack,
  keptOf,
  lastAnswer,
  moodOf,
} from '../orders/after-delivery.ts';
import { isOutstanding, type Order, type OrderLine, toDispatch } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Touch, TouchRelevance } from '../touches/touch.ts';
import type { DropReason } from './decision.ts';

/** What a touch's relevance is judged by. */
export interface RelevanceInputs {
  readonly touch: Touch;
  readonly subjects: readonly string[];
  readonly order: Order;
  readonly customer?: Customer | undefined;
  /** The customer's orders; none for a transactional touch, which does not look at them. */
  readonly purchases: readonly Purchase[];
  readonly now: Instant;
}

/** Why a touch is not relevant any more. */
export interface Irrelevance {
  readonly reason: DropReason;
  /** In words, without personal data. */
  readonly because: string;
}

/** Days in which most returns are opened; a review is asked for after them. */
export const RETURN_DAYS = 10;

/** A scan that came through later than this is of yesterday's round. */
const FRESH_DAYS = 0.5;

/** The first of the touch's conditions that the order or the customer no longer fulfils. */
export const irrelevanceOf = (inputs: RelevanceInputs): Irrelevance | undefined => {
  if (inputs.touch.tellsOf === 'lines' && linesTold(inputs).length === 0)
    return { reason: 'no-longer-relevant', because: 'the order has none of the lines it tells of' };
  for (const relevance of inputs.touch.relevance ?? []) {
    const found = conditions[relevance](inputs) ?? closedLines(inputs, relevance);
    if (found !== undefined) return found;
  }
  // Each line may be closed for a reason of its own.
  const isClosed = inputs.touch.tellsOf === 'lines' && openSubjects(inputs).length === 0;
  return when(isClosed, 'no-longer-relevant', 'no line it tells of is open any more');
};

/**
 * The subjects that there is still reason to tell of. Of a touch that tells of lines, those that the
 * customer keeps and has not dealt with: a product reviewed, bought again or used since is left out.
 * Of one that offers products, those that the customer does not have.
 */
export const openSubjects = (inputs: RelevanceInputs): readonly string[] => {
  const { touch, subjects, purchases } = inputs;
  if (touch.tellsOf === 'products') return subjects.filter((sku) => !hasBought(purchases, sku));
  if (touch.tellsOf !== 'lines') return subjects;
  const closed = new Set(
    (touch.relevance ?? []).flatMap((relevance) => {
      const isClosed = closedWhen[relevance]?.isClosed;
      return isClosed === undefined
        ? []
        : linesTold(inputs).filter((line) => isClosed(inputs, line));
    }),
  );
  const open = linesTold(inputs).filter((line) => !closed.has(line));
  return subjects.filter((subject) => open.some(({ lineId }) => lineId === subject));
};

type Condition = (inputs: RelevanceInputs) => Irrelevance | undefined;

const when = (isSo: boolean, reason: DropReason, because: string): Irrelevance | undefined =>
  isSo ? { reason, because } : undefined;

const linesTold = ({ order, subjects }: RelevanceInputs): readonly OrderLine[] =>
  order.lines.filter(({ lineId }) => subjects.includes(lineId));

interface ClosedWhen extends Irrelevance {
  readonly isClosed: (inputs: RelevanceInputs, line: OrderLine) => boolean;
}

/** When a line needs no telling of any more; a touch all of whose lines are closed is irrelevant. */
const closedWhen: Readonly<Partial<Record<TouchRelevance, ClosedWhen>>> = {
  'while-kept': {
    isClosed: ({ order }, line) => keptOf(order, line) === 0,
    reason: 'given-back',
    because: 'what it tells of was cancelled or goes back',
  },
  'unless-activated': {
    isClosed: ({ order }, { lineId }) => isActivated(order, [lineId]),
    reason: 'already-done',
    because: 'its first use was reported',
  },
  'unless-reviewed': {
    isClosed: ({ order }, line) => order.reviews.some(({ sku }) => sku === line.sku),
    reason: 'already-done',
    because: 'what it asks about was reviewed',
  },
  'unless-subscribed': {
    isClosed: ({ customer }, { sku }) => customer !== undefined && isSubscribedTo(customer, sku),
    reason: 'already-done',
    because: 'the customer has it on subscription',
  },
  'unless-bought-again': {
    isClosed: ({ order, purchases }, { sku }) => hasBought(purchasesAfter(purchases, order), sku),
    reason: 'ordered-again',
    because: 'a later order has the same products',
  },
};

const closedLines = (
  inputs: RelevanceInputs,
  relevance: TouchRelevance,
): Irrelevance | undefined => {
  const rule = closedWhen[relevance];
  if (rule === undefined || inputs.touch.tellsOf !== 'lines') return undefined;
  const { isClosed, reason, because } = rule;
  return when(
    linesTold(inputs).every((line) => isClosed(inputs, line)),
    reason,
    because,
  );
};

const always: Condition = () => undefined;

const isKept: Condition = ({ order }) =>
  when(isDisputed(order), 'disputed', 'the payment is disputed') ??
  when(isGivenBack(order), 'given-back', 'all of the order was cancelled or goes back');

const isUnderway: Condition = ({ order, subjects, now }) => {
  const told = order.parcels.filter(({ parcelId }) => subjects.includes(parcelId));
  const open = told.filter(({ status }) => status === 'on_its_way');
  const isFresh = open.some(
    ({ outForDeliveryAt = now }) => daysBetween(outForDeliveryAt, now) <= FRESH_DAYS,
  );
  return (
    when(open.length === 0, 'no-longer-relevant', 'the parcel is not on its way any more') ??
    when(!isFresh, 'no-longer-relevant', 'the carrier said so more than twelve hours ago')
  );
};

const isNotReturning: Condition = ({ order, now }) =>
  when(hasReturn(order), 'return-opened', 'a return was opened') ??
  when(
    isOutstanding(order) || order.risk === 'review',
    'too-early',
    'the order has not come, or is still in review',
  ) ??
  when(
    daysBetween(completedAt(order), now) < RETURN_DAYS,
    'too-early',
    `a return may still be opened within ${RETURN_DAYS} days of the delivery`,
  );

const isWaiting = (order: Order): boolean =>
  order.lines.some((line) => line.backordered && toDispatch(order, line) > 0);

const hasNotOrdered: Condition = ({ order, purchases, customer }) =>
  when(
    purchasesAfter(purchases, order).length > 0,
    'ordered-again',
    'the customer has ordered again',
  ) ??
  when(
    customer !== undefined && hasRenewedSince(customer, order.placedAt),
    'ordered-again',
    'the customer has begun or renewed a subscription since',
  );

const conditions: Readonly<Record<TouchRelevance, Condition>> = {
  'while-outstanding': ({ order }) =>
    when(
      !isOutstanding(order),
      'no-longer-relevant',
      'nothing of the order is outstanding any more',
    ),
  'while-waiting': ({ order }) =>
    when(!isWaiting(order), 'no-longer-relevant', 'no backordered line is waiting any more'),
  'while-in-review': ({ order }) =>
    when(order.risk !== 'review', 'no-longer-relevant', 'the order is not in review any more'),
  'while-underway': isUnderway,
  'while-kept': isKept,
  'unless-returning': isNotReturning,
  'unless-unhappy': ({ order }) => {
    const answer = lastAnswer(order);
    const isUnhappy = answer !== undefined && moodOf(answer) === 'bad';
    return when(isUnhappy, 'dissatisfied', 'the last answer to the survey was a bad one');
  },
  'unless-activated': always,
  'unless-answered': ({ order }) =>
    when(order.answers.length > 0, 'already-done', 'the survey was answered'),
  'unless-reviewed': always,
  'unless-enrolled': ({ customer }) =>
    when(customer?.loyalty !== undefined, 'already-done', 'the customer is in the programme'),
  'unless-subscribed': always,
  'unless-ordered-again': hasNotOrdered,
  'unless-bought-again': always,
  'unless-owned': ({ purchases, subjects }) =>
    when(
      subjects.every((sku) => hasBought(purchases, sku)),
      'already-done',
      'the customer has bought what it offers',
    ),
};
