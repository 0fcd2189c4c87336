import { type Order, type OrderLine, type Parcel, toDispatch } from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import { dayAhead, type LineList, listOf, quantityIn, type Viewing } from './line-list.ts';
import { type ParcelView, parcelsTold, parcelView } from './parcel-views.ts';

/**
 * - `lost`, `returned`: a parcel that will not arrive
 * - `moved`: the shop gave a new date of dispatch, which is still ahead
 * - `dispatch-late`, `delivery-late`: a promised day went by
 */
type DelayKind = 'lost' | 'returned' | 'moved' | 'dispatch-late' | 'delivery-late';

export interface DelayView {
  readonly kind: DelayKind;
  /** The day that was promised and missed. */
  readonly missed: string | null;
  /** The day that holds now; `null` when nobody knows. */
  readonly expected: string | null;
  readonly items: LineList;
  readonly parcels: readonly ParcelView[];
}

/**
 * What a delay notice has to say; its subjects are parcel ids or a promised date. `null` when they
 * are neither, as with any other touch.
 */
export const delayView = (
  order: Order,
  subjects: readonly string[],
  viewing: Viewing,
): DelayView | null => {
  const told = parcelsTold(order, subjects);
  const gone = told.filter(({ status }) => isGone(status));
  if (gone.length > 0) return goneView(order, gone, viewing);
  // Found again since: late is what is left of the news.
  if (told.length > 0) return lateDelivery(order, undefined, viewing);
  const promised = subjects.find((subject) => isInstant(subject));
  return promised === undefined ? null : lateView(order, promised, viewing);
};

const isInstant = (subject: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(subject);

const lateView = (order: Order, promised: Instant, viewing: Viewing): DelayView => {
  if (promised === order.promisedDispatchBy && promised > viewing.now)
    return { ...lateDispatch(order, promised, viewing), kind: 'moved', missed: null };
  return isDispatchPromise(order, promised)
    ? lateDispatch(order, promised, viewing)
    : lateDelivery(order, promised, viewing);
};

const isGone = (status: Parcel['status']): boolean =>
  status === 'lost' || status === 'returned_to_sender';

const underway = ({ parcels }: Order): readonly Parcel[] =>
  parcels.filter(({ status }) => status === 'on_its_way');

const contentsOf = (order: Order, parcels: readonly Parcel[], viewing: Viewing): LineList =>
  listOf(order, quantityIn(parcels.flatMap(({ lines }) => lines)), viewing);

const goneView = (order: Order, parcels: readonly Parcel[], viewing: Viewing): DelayView => ({
  kind: parcels.every(({ status }) => status === 'returned_to_sender') ? 'returned' : 'lost',
  missed: null,
  expected: null,
  items: contentsOf(order, parcels, viewing),
  parcels: parcels.map((parcel) => parcelView(order, parcel, viewing)),
});

const promiseOf = (order: Order, line: OrderLine): Instant | undefined =>
  line.promisedDispatchBy ?? order.promisedDispatchBy;

/** Of a date that nobody promises any more, what is underway decides. */
const isDispatchPromise = (order: Order, promised: Instant): boolean =>
  underway(order).length === 0 ||
  order.lines.some((line) => toDispatch(order, line) > 0 && promiseOf(order, line) === promised);

const lateDispatch = (order: Order, promised: Instant, viewing: Viewing): DelayView => {
  const due = (line: OrderLine): number =>
    (promiseOf(order, line) ?? promised) <= promised ? toDispatch(order, line) : 0;
  const dueList = listOf(order, due, viewing);
  return {
    kind: 'dispatch-late',
    missed: viewing.formats.day(promised),
    expected: dayAhead(order.promisedDispatchBy, viewing),
    items: dueList.isEmpty ? listOf(order, (line) => toDispatch(order, line), viewing) : dueList,
    parcels: [],
  };
};

const lateDelivery = (order: Order, promised: Instant | undefined, viewing: Viewing): DelayView => {
  const parcels = underway(order);
  const latest = parcels
    .flatMap(({ estimatedDeliveryAt }) => estimatedDeliveryAt ?? [])
    .toSorted()
    .at(-1);
  return {
    kind: 'delivery-late',
    missed: promised === undefined ? null : viewing.formats.day(promised),
    expected: dayAhead(latest, viewing),
    items: contentsOf(order, parcels, viewing),
    parcels: parcels.map((parcel) => parcelView(order, parcel, viewing)),
  };
};
