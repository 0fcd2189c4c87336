import { readFileSync } from 'node:fs';
import { providerFeedback } from '#core/adapters/provider-feedback.ts';
import { encodeTouchRef } from '#core/contracts/touch-ref.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { ChargedTexts } from '#core/ports/charged-texts.ts';
import type { SmsSpend } from '#core/ports/sms-spend.ts';
import { recordFeedback } from '#lambdas/record-feedback/record-feedback.ts';
import type { RecordMessageDeps } from '#lambdas/record-feedback/record-message.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryParkedEvents } from '#tests/fakes/in-memory-queues.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';

/** When the queue got a message. */
export const RECEIVED_AT = '2026-11-20T10:00:00.000Z';

/** What a provider documents that it sends, with a touch of ours in it. */
export const fixture = (name: string): Readonly<Record<string, unknown>> => {
  const { message } = JSON.parse(readFileSync(`tests/fixtures/feedback/${name}.json`, 'utf8'));
  return message;
};

/** The touches that the fixtures are about. */
const sent = (touch: string, messageId: string, addressId: string): TouchRecord => ({
  shop: 'hearth',
  orderId: 'A-1001',
  touch,
  touchId: `${touch}:P1`,
  subjects: ['P1'],
  purpose: 'transactional',
  customerId: 'C-1',
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: '2026-11-20T09:29:00.000Z',
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'sent',
  attempts: 1,
  outcome: {
    state: 'sent',
    at: '2026-11-20T09:30:02.000Z',
    messageId,
    locale: 'en-GB',
    inDoubt: false,
    addressId,
  },
});

export const byEmail = sent('dispatch-notice', '0107018f-ses-1', 'email:ada@customers.example');
export const bySms = sent(
  'delivery-notice',
  '862a8790-60c0-4430-9b2b-658bdexample',
  'sms:+14255550156',
);

const touches = (records: readonly TouchRecord[]) => {
  const stored = new Map(records.map((record) => [encodeTouchRef(record), record]));
  const hears: RecordMessageDeps['records'] = {
    find: async (ref) => stored.get(encodeTouchRef(ref)),
    hear: async (ref, kind, at) => {
      const record = stored.get(encodeTouchRef(ref));
      if (record === undefined || record.feedback?.[kind] !== undefined) return false;
      const feedback = { ...record.feedback, [kind]: at };
      stored.set(encodeTouchRef(ref), { ...record, feedback });
      return true;
    },
  };
  return { hears, of: (ref: TouchRef) => stored.get(encodeTouchRef(ref)) };
};

export const inMemoryChargedTexts = (known: readonly TouchRef[]): ChargedTexts => {
  const touchIds = new Set(known.map(encodeTouchRef));
  const marks = new Set<string>();
  const markOf = (ref: TouchRef, messageId: string) => `${encodeTouchRef(ref)} ${messageId}`;
  return {
    mark: async (ref, messageId) => {
      const isNew = touchIds.has(encodeTouchRef(ref)) && !marks.has(markOf(ref, messageId));
      if (isNew) marks.add(markOf(ref, messageId));
      return isNew;
    },
    unmark: async (ref, messageId) => {
      marks.delete(markOf(ref, messageId));
    },
  };
};

const spending = (breaks: () => boolean) => {
  const months = new Map<string, number>();
  const spend: Pick<SmsSpend, 'add'> = {
    add: async (month, usd) => {
      if (breaks()) throw new Error('the counters cannot be reached');
      const sum = (months.get(month) ?? 0) + usd;
      months.set(month, sum);
      return sum;
    },
  };
  return { spend, months };
};

export interface World {
  readonly records?: readonly TouchRecord[];
  readonly suppressed?: Readonly<Record<string, AddressSuppression>>;
  readonly busBreaks?: () => boolean;
  readonly countersBreak?: () => boolean;
}

/** The use case among fakes, and the fakes to look at. A hash is the address with its kind. */
export const setUp = (world: World = {}) => {
  const records = world.records ?? [byEmail, bySms];
  const known = touches(records);
  const suppressions = inMemorySuppressions(world.suppressed);
  const bus = inMemoryEventBus(world.busBreaks);
  const parked = inMemoryParkedEvents();
  const { spend, months } = spending(world.countersBreak ?? (() => false));
  const record = recordFeedback({
    read: providerFeedback,
    records: known.hears,
    charged: inMemoryChargedTexts(records),
    suppressions,
    spend,
    hashAddress: async (kind, address) => `${kind}:${address}`,
    publisher: bus,
    parked,
    shops: ['hearth', 'northside'],
  });
  return {
    bus,
    parked,
    months,
    touch: known.of,
    suppressionOf: async (id: string) => (await suppressions.of([id])).get(id),
    /** Takes in messages one after the other, as the queue gives them. */
    takeIn: (message: unknown, receivedAt = RECEIVED_AT) =>
      record({
        body: typeof message === 'string' ? message : JSON.stringify(message),
        receivedAt,
      }),
  };
};
