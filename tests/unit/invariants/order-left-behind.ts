import { encodeTouchRef } from '#core/contracts/touch-ref.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import { isOrderEventType } from '#core/domain/orders/order-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import { dispatched, sampleCase } from '#rehearsal/input/sample-cases/script.ts';
import { line } from '#rehearsal/input/sample-order.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { Evidence, Taken } from '#rehearsal/invariants/evidence.ts';
import type { Invariant } from '#rehearsal/invariants/invariant.ts';

export const SENT_AT = '2026-03-02T10:00:05.000Z';

/** Long after: whatever was under way has ended. */
export const NOW_MS = Date.parse('2026-04-20T00:00:00.000Z');

const order = { shop: 'hearth', orderId: '1' } as const;

const read = ({ source, detailType, detail }: TimedEvent): readonly OrderEvent[] => {
  const body = JSON.stringify({ source, 'detail-type': detailType, detail });
  const parsed = parseEvent(body, ['hearth']);
  return parsed.ok && isOrderEvent(parsed.event) ? [parsed.event] : [];
};

const isOrderEvent = (event: { readonly type: string }): event is OrderEvent =>
  isOrderEventType(event.type);

const { events } = sampleCase({
  orderId: order.orderId,
  shop: hearth,
  about: 'An order.',
  placedAt: '2026-03-02T10:00:00Z',
  says: contacts.jana,
  lines: [line('HG-BEA-250')],
  course: [dispatched('22h', 'P1')],
});

/** Placed, and nothing more told of it. */
export const log: OrderLog = {
  ...order,
  version: 1,
  events: events.flatMap(read).slice(0, 1),
  waits: [],
};

export const touch: TouchRecord = {
  ...order,
  touch: 'order-confirmation',
  touchId: 'order-confirmation',
  subjects: [],
  purpose: 'transactional',
  zones: ['Europe/Berlin'],
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: SENT_AT,
  turn: 1,
  earlier: [],
  state: 'sent',
  attempts: 1,
  outcome: { state: 'sent', at: SENT_AT, messageId: 'm-1', locale: 'en-GB', inDoubt: false },
};

export const mailOf = (record: TouchRecord, messageId: string): Taken => ({
  channel: 'email',
  messageId,
  to: 'jana@customers.example',
  reference: { orderId: record.orderId, touch: record.touch, ref: encodeTouchRef(record) },
});

export const fulfilment: ExecutionDescription = {
  executionArn: 'arn:aws:states:eu-central-1:1:execution:Fulfilment:hearth_1_fulfilment',
  stateMachineArn: 'arn:aws:states:eu-central-1:1:stateMachine:Fulfilment',
  name: 'hearth_1_fulfilment',
  status: 'RUNNING',
  startDate: SENT_AT,
  input: { ...order },
  stateTransitions: 2,
  eventCount: 9,
};

const TOKEN = 'token-1';

/** An order that was placed and confirmed, and waits to be dispatched: nothing is wrong with it. */
export const sound: Evidence = {
  nowMs: NOW_MS,
  logs: [
    { ...log, waits: [{ stage: 'fulfilment', seen: [], registeredAt: SENT_AT, token: TOKEN }] },
  ],
  touches: [touch],
  transactions: transactionsOf(log, sha256Digest),
  executions: [fulfilment],
  openTokens: new Map([[TOKEN, fulfilment.executionArn]]),
  scheduled: [],
  stageEnds: [],
  letters: [],
  underway: [],
  taken: [mailOf(touch, 'm-1')],
  lost: [],
  injected: {},
};

/** What an invariant says of the order, if it was left like this. */
export const broken = (invariant: Invariant, left: Partial<Evidence>): readonly string[] =>
  invariant.violations({ ...sound, ...left });

/** In a queue that a function works off, since then. */
export const underway = (sentAt: string) => ({
  queue: 'EmailQueue12345678',
  body: JSON.stringify({ ...order, touchId: touch.touchId }),
  sentMs: Date.parse(sentAt),
});

/** The log with a wait that asks for the milestone that it has. */
export const withNews: OrderLog = {
  ...log,
  events: events.flatMap(read),
  waits: [{ stage: 'fulfilment', seen: [], registeredAt: SENT_AT, token: TOKEN }],
};
