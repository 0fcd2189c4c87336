import {
  type OutgoingEvent,
  outgoingEvents,
  type OutgoingEventType,
} from '#core/contracts/outgoing-events.ts';
import { recordedTypes } from './contract.ts';
import type { FactDraft } from './fact-draft.ts';
import { ledgerFacts } from './ledger-facts.ts';
import { orderFacts } from './order-facts.ts';

type Detail<Type extends OutgoingEventType> = Extract<OutgoingEvent, { type: Type }>['detail'];

type RecordedType = (typeof recordedTypes)[number];

const { MessageSent, MessageDelivered, MessageBounced, MessageComplained, MessageClicked } =
  outgoingEvents;

/** How the detail of each type is read into rows. */
const recorders: Readonly<Record<RecordedType, (detail: unknown) => readonly FactDraft[]>> = {
  OrderChanged: (detail) => orderFacts(outgoingEvents.OrderChanged.parse(detail)),
  LedgerEntryPosted: (detail) => ledgerFacts(outgoingEvents.LedgerEntryPosted.parse(detail)),
  ExposureRecorded: (detail) => [exposure(outgoingEvents.ExposureRecorded.parse(detail))],
  OfferSettled: (detail) => [settlement(outgoingEvents.OfferSettled.parse(detail))],
  CustomersMerged: (detail) => [merge(outgoingEvents.CustomersMerged.parse(detail))],
  SupportCaseChanged: (detail) => [supportCase(outgoingEvents.SupportCaseChanged.parse(detail))],
  TouchDecided: (detail) => [decision(outgoingEvents.TouchDecided.parse(detail))],
  MessageSent: (detail) => [message(MessageSent.parse(detail), 'sent')],
  MessageDelivered: (detail) => [message(MessageDelivered.parse(detail), 'delivered')],
  MessageBounced: (detail) => [message(MessageBounced.parse(detail), 'bounced')],
  MessageComplained: (detail) => [message(MessageComplained.parse(detail), 'complained')],
  MessageClicked: (detail) => [message(MessageClicked.parse(detail), 'clicked')],
};

/**
 * What is said by an event of ours, as the lake has it; nothing of a type that it has no rows of.
 *
 * @throws when it is not as the contract says: it is of ours
 */
export const ownFacts = (type: unknown, detail: unknown): readonly FactDraft[] => {
  const known = recordedTypes.find((each) => each === type);
  return known === undefined ? [] : recorders[known](detail);
};

interface OfShop {
  readonly shop: string;
  readonly eventId: string;
  readonly occurredAt: string;
}

const ofShop = ({ shop, eventId, occurredAt }: OfShop) => ({
  fact_id: `${shop}/${eventId}`,
  shop,
  occurred_at: occurredAt,
});

const exposure = (detail: Detail<'ExposureRecorded'>): FactDraft => {
  const { customerId, experiment, arm, orderId, touch, touchId, sessionId } = detail;
  const row = {
    ...ofShop(detail),
    experiment,
    arm,
    order_id: orderId,
    touch,
    touch_id: touchId,
    session_id: sessionId,
  };
  return { fact: 'exposures', row, customerId };
};

const settlement = (detail: Detail<'OfferSettled'>): FactDraft => {
  const { orderId, sessionId, impressionId, offerId, outcome, sku } = detail;
  const row = {
    ...ofShop(detail),
    order_id: orderId,
    session_id: sessionId,
    impression_id: impressionId,
    offer_id: offerId,
    sku,
    kind: outcome,
  };
  return { fact: 'impressions', row };
};

const merge = (detail: Detail<'CustomersMerged'>): FactDraft => {
  const { customerId, into } = detail;
  return { fact: 'customer_links', row: ofShop(detail), customerId, into };
};

const supportCase = (detail: Detail<'SupportCaseChanged'>): FactDraft => {
  const { customerId, caseId, state, topic, orderId } = detail;
  const row = {
    ...ofShop(detail),
    order_id: orderId,
    kind: `case_${state}`,
    case_id: caseId,
    topic,
  };
  return { fact: 'service_signals', row, customerId };
};

const decision = (detail: Detail<'TouchDecided'>): FactDraft => {
  const { orderId, customerId, touch, touchId, purpose, turn, channel, reason } = detail;
  const { decision: decided } = detail;
  const row = {
    ...ofShop(detail),
    order_id: orderId,
    touch,
    touch_id: touchId,
    purpose,
    turn,
    decision: decided,
    channel,
    reason,
  };
  return { fact: 'touches', row, customerId };
};

type MessageDetail =
  | Detail<'MessageSent'>
  | Detail<'MessageDelivered'>
  | Detail<'MessageBounced'>
  | Detail<'MessageComplained'>
  | Detail<'MessageClicked'>;

const message = (detail: MessageDetail, kind: string): FactDraft => {
  const { orderId, touch, touchId, channel, messageId } = detail;
  const row = {
    ...ofShop(detail),
    order_id: orderId,
    touch,
    touch_id: touchId,
    channel,
    message_id: messageId,
    kind,
    link: 'link' in detail ? detail.link : undefined,
    segments: 'segments' in detail ? detail.segments : undefined,
    in_doubt: 'inDoubt' in detail && detail.inDoubt,
    personalised: 'personalised' in detail ? detail.personalised.join(',') : undefined,
  };
  return { fact: 'message_events', row };
};
