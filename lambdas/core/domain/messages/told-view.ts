import { keptOf } from '../orders/after-delivery.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Subject } from '../touches/touch.ts';
import { dayAhead, type LineList, listOf, productIn, type Viewing } from './line-list.ts';

export interface ReturnsView {
  /** The last day on which all told lines can be sent back; `null` when unknown or past. */
  readonly until: string | null;
}

export interface WarrantyView {
  readonly months: number | null;
  readonly until: string | null;
}

interface Telling {
  readonly tellsOf: Subject;
  readonly subjects: readonly string[];
}

/** The pieces that a message tells of and that the customer keeps; those of every line unless it names lines. */
export const toldList = (order: Order, telling: Telling, viewing: Viewing): LineList =>
  listOf(order, quantityTold(order, telling), viewing);

/** What a message says of sending things back; what needs no parcel is not sent back. */
export const returnsView = (order: Order, telling: Telling, viewing: Viewing): ReturnsView => {
  const lines = linesTold(order, telling).filter(({ kind }) => kind === 'physical');
  const ends = lines.map((line) => returnableUntil(order, line, viewing));
  const known = ends.filter((end) => end !== undefined);
  const isKnown = known.length === ends.length;
  return { until: isKnown ? dayAhead(known.toSorted()[0], viewing) : null };
};

/** The warranty of the first told line that has one. */
export const warrantyView = (order: Order, telling: Telling, viewing: Viewing): WarrantyView => {
  const line = linesTold(order, telling).find((each) => monthsOf(each, viewing) !== undefined);
  const months = line && monthsOf(line, viewing);
  if (line === undefined || months === undefined) return { months: null, until: null };
  const from = arrivalOf(order, line);
  const until = from === undefined ? null : viewing.formats.fullDate(monthsAfter(from, months));
  return { months, until };
};

const quantityTold =
  (order: Order, { tellsOf, subjects }: Telling) =>
  (line: OrderLine): number =>
    tellsOf !== 'lines' || subjects.includes(line.lineId) ? keptOf(order, line) : 0;

const linesTold = (order: Order, telling: Telling): readonly OrderLine[] =>
  order.lines.filter((line) => quantityTold(order, telling)(line) > 0);

const dayMs = 24 * 60 * 60 * 1000;

/** Zero days are none. */
const returnableUntil = (order: Order, line: OrderLine, viewing: Viewing): Instant | undefined => {
  const arrival = arrivalOf(order, line);
  const days = productIn(viewing, line)?.returnableDays ?? 0;
  return arrival === undefined || days === 0
    ? undefined
    : new Date(Date.parse(arrival) + days * dayMs).toISOString();
};

const monthsOf = (line: OrderLine, viewing: Viewing): number | undefined =>
  productIn(viewing, line)?.warrantyMonths;

/** When the first piece arrived: what counts from a later one lasts longer than is said. */
const arrivalOf = (
  { parcels, clearedAt }: Order,
  { lineId, kind }: OrderLine,
): Instant | undefined => {
  if (kind !== 'physical') return clearedAt;
  const held = parcels.filter(({ lines }) => lines.some((each) => each.lineId === lineId));
  return held
    .flatMap(({ deliveredAt }) => deliveredAt ?? [])
    .toSorted()
    .at(0);
};

/** The same day of a later month, or that month's last. */
const monthsAfter = (at: Instant, months: number): Instant => {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.toISOString();
};
