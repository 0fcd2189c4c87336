import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { FactDraft } from './fact-draft.ts';

type Changed = Extract<OutgoingEvent, { type: 'OrderChanged' }>['detail'];

/** An event of an order: itself, the lines that it brought, and what service should know of it. */
export const orderFacts = (changed: Changed): readonly FactDraft[] => [
  ...eventRows(changed),
  ...(changed.placed ?? []).map((line) => lineRow(changed, line)),
  ...signalRows(changed),
];

const ofOrder = ({ shop, occurredAt, orderId }: Changed) => ({
  shop,
  occurred_at: occurredAt,
  order_id: orderId,
});

const factId = ({ shop, eventId }: Changed, part = ''): string => `${shop}/${eventId}${part}`;

/** A row for each line that it names, or one for the whole order. */
const eventRows = (changed: Changed): readonly FactDraft[] => {
  const { change, status, lines, amount, reason, parcelId } = changed;
  const named = lines === undefined || lines.length === 0 ? [undefined] : lines;
  return named.map((line, index) => ({
    fact: 'order_events',
    row: {
      ...ofOrder(changed),
      fact_id: factId(changed, line === undefined ? '' : `/${line.lineId}`),
      type: change,
      status,
      line_id: line?.lineId,
      quantity: line?.quantity,
      amount_minor: index === 0 ? amount?.amountMinor : undefined,
      currency: index === 0 ? amount?.currency : undefined,
      reason,
      parcel_id: parcelId,
    },
  }));
};

const lineRow = (changed: Changed, line: NonNullable<Changed['placed']>[number]): FactDraft => ({
  fact: 'order_lines',
  row: {
    ...ofOrder(changed),
    fact_id: factId(changed, `/line/${line.lineId}`),
    line_id: line.lineId,
    placed_at: changed.placedAt,
    sku: line.sku,
    category: line.category,
    kind: line.kind,
    quantity: line.quantity,
    total_minor: line.total.amountMinor,
    currency: line.total.currency,
    country: changed.country,
    class: line.class,
    origin_order_id: line.originOrderId,
    is_gift: changed.isGift,
  },
  customerId: changed.customerId,
});

const signals: Readonly<Record<string, string>> = {
  ReturnRequested: 'return_requested',
  ReturnReceived: 'return_received',
  SurveyAnswered: 'survey_answered',
  ReviewPosted: 'review_posted',
};

const signalRows = (changed: Changed): readonly FactDraft[] => {
  const { change, customerId, orderId, returnId, survey, score } = changed;
  const kind = signals[change];
  if (kind === undefined) return [];
  const row = {
    ...ofOrder(changed),
    fact_id: factId(changed, '/signal'),
    order_id: orderId,
    kind,
    case_id: returnId,
    survey,
    score,
  };
  return [{ fact: 'service_signals', row, customerId }];
};
