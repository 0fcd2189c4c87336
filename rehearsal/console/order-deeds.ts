import {
  isCancelled,
  type Order,
  type Parcel,
  toDispatch,
  wantedOf,
} from '#core/domain/orders/order.ts';
import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import type { Said } from './told-at-once.ts';
import type { DeedView } from './views.ts';

/** What can be tried on an order. */
export const deedLabels = {
  'ship-part': 'Ship a part',
  'ship-rest': 'Ship what is left',
  deliver: 'Deliver a parcel',
  lose: 'Lose a parcel',
  cancel: 'Cancel',
  return: 'Ask to return',
  'take-back': 'Take the return in',
  'open-case': 'Open a support case',
  'close-case': 'Close the support case',
  answer: 'Answer the survey',
  unsubscribe: 'Unsubscribe',
} as const;

export type DeedKind = keyof typeof deedLabels;

export const isDeedKind = (kind: string): kind is DeedKind => Object.hasOwn(deedLabels, kind);

export const deedKinds: readonly DeedKind[] = Object.keys(deedLabels).filter(isDeedKind);

/** What an order's deeds depend on. */
export interface Situation {
  readonly order: Order;
  /** The support case of it that is open. */
  readonly openCase?: string | undefined;
  /** Whether its customer was asked how it was. */
  readonly isAsked: boolean;
  /** The path of the link to unsubscribe in the last message that has one. */
  readonly unsubscribeLink?: string | undefined;
  /** The survey answer, where one is given. @default 3 */
  readonly score?: number | undefined;
}

/** A deed that can be done: by an event, or on one of our pages. */
export type Feasible =
  | { readonly kind: 'event'; readonly said: Said }
  | { readonly kind: 'page'; readonly link: string };

/** Or why it makes no sense now, as words. */
type Judged = Feasible | string;

const event = (words: string, says: Said['says'] = {}): Feasible => ({
  kind: 'event',
  said: { words, says },
});

/** What a deed comes to in a situation: the event to tell, or why it makes no sense. */
export const judge = (kind: DeedKind, situation: Situation): Judged => judges[kind](situation);

/** All deeds, each with why it makes no sense where it does not. */
export const deedViews = (situation: Situation): readonly DeedView[] =>
  deedKinds.map((kind) => {
    const judged = judge(kind, situation);
    const label = deedLabels[kind];
    return typeof judged === 'string' ? { kind, label, refusal: judged } : { kind, label };
  });

/** Pieces that have not left yet, a line each. */
const unsent = (order: Order): readonly LineQuantity[] =>
  order.lines
    .map((line) => ({ lineId: line.lineId, quantity: toDispatch(order, line) }))
    .filter(({ quantity }) => quantity > 0);

const NOTHING_LEFT = 'nothing is left to be shipped';

const shipPart = ({ order }: Situation): Judged => {
  const left = unsent(order);
  const [first] = left;
  if (first === undefined) return NOTHING_LEFT;
  const pieces = left.reduce((sum, { quantity }) => sum + quantity, 0);
  if (pieces === 1) return 'one piece is left, which has no part: ship what is left';
  return event('shipped', {
    lines: [{ ...first, quantity: left.length > 1 ? first.quantity : 1 }],
  });
};

const shipRest = ({ order }: Situation): Judged => {
  const lines = unsent(order);
  return lines.length === 0 ? NOTHING_LEFT : event('shipped', { lines });
};

const underWay = ({ parcels }: Order): Parcel | undefined =>
  parcels.find(({ status }) => status === 'on_its_way');

const withParcel =
  (words: string) =>
  ({ order }: Situation): Judged => {
    const parcel = underWay(order);
    return parcel === undefined
      ? 'no parcel is on its way: ship something first'
      : event(words, { parcelId: parcel.parcelId });
  };

const cancel = ({ order }: Situation): Judged => {
  if (isCancelled(order)) return 'it is cancelled already';
  if (order.parcels.every(({ status }) => status === 'lost')) return event('order cancelled');
  const lines = unsent(order);
  return lines.length === 0
    ? 'everything has left already: ask to return it'
    : event('order cancelled', { lines });
};

/** Pieces that have arrived and were not given back, a line each. */
const kept = ({ lines, parcels, returns }: Order): readonly LineQuantity[] => {
  const pieces = (of: readonly { readonly lines: readonly LineQuantity[] }[], lineId: string) =>
    of
      .flatMap((each) => each.lines)
      .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);
  const arrived = parcels.filter(({ status }) => status === 'delivered');
  return lines
    .map((line) => ({
      lineId: line.lineId,
      quantity: Math.min(
        wantedOf(line),
        pieces(arrived, line.lineId) - pieces(returns, line.lineId),
      ),
    }))
    .filter(({ quantity }) => quantity > 0);
};

const giveBack = ({ order }: Situation): Judged => {
  const lines = kept(order);
  return lines.length === 0
    ? 'nothing has arrived that is not given back already'
    : event('return requested', { lines });
};

const takeBack = ({ order }: Situation): Judged =>
  order.returns.some(({ receivedAt }) => receivedAt === undefined)
    ? event('return received')
    : 'no return is open: ask to return something first';

const openCase = ({ openCase: caseId }: Situation): Judged =>
  caseId === undefined
    ? event('case opened', { topic: 'where-is-my-order' })
    : `the case ${caseId} is open already`;

const closeCase = ({ openCase: caseId }: Situation): Judged =>
  caseId === undefined ? 'no case of this order is open' : event('case closed', { caseId });

const answer = ({ isAsked, score = 3 }: Situation): Judged =>
  isAsked
    ? event('survey answered', { score })
    : 'the customer was not asked yet: the survey goes some days after the delivery';

const unsubscribe = ({ unsubscribeLink: link }: Situation): Judged =>
  link === undefined
    ? 'no message with a link to unsubscribe has come: only marketing has one'
    : { kind: 'page', link };

const judges: Readonly<Record<DeedKind, (situation: Situation) => Judged>> = {
  'ship-part': shipPart,
  'ship-rest': shipRest,
  deliver: withParcel('delivered'),
  lose: withParcel('lost'),
  cancel,
  return: giveBack,
  'take-back': takeBack,
  'open-case': openCase,
  'close-case': closeCase,
  answer,
  unsubscribe,
};
