import type { LedgerEntry, Transaction } from '#core/domain/ledger/transaction.ts';
import type {
  RecordedOffer,
  RecordedOrder,
  RecordedPage,
  RecordedTouch,
  RunRecord,
} from '#rehearsal/diff/run-record.ts';

/** A touch that was sent by e-mail ten days after its order. */
export const touch = (given: Partial<RecordedTouch> = {}): RecordedTouch => ({
  shop: 'hearth',
  orderId: '1001',
  touchId: given.touch ?? 'review-request',
  touch: 'review-request',
  ending: 'sent',
  channel: 'email',
  at: '2026-03-11T09:00:00.000Z',
  arms: [],
  held: [],
  rules: [],
  content: [],
  isReturned: false,
  words: { subject: 'How was it?', text: 'a', look: 'b' },
  ...given,
});

export const order = (given: Partial<RecordedOrder> = {}): RecordedOrder => ({
  shop: 'hearth',
  orderId: '1001',
  placedAt: '2026-03-01T09:00:00.000Z',
  totalMinor: 4_000,
  currency: 'EUR',
  ...given,
});

export const page = (
  offers: readonly Partial<RecordedOffer>[],
  given: Partial<RecordedPage> = {},
): RecordedPage => ({
  shop: 'hearth',
  orderId: '1001',
  currency: 'EUR',
  offers: offers.map((offer, at) => ({
    offerId: 'mug',
    type: 'upsell',
    slot: at + 1,
    valueMinor: 1_000,
    ...offer,
  })),
  ...given,
});

export const booked = (amountMinor: number, given: Partial<LedgerEntry> = {}): Transaction => ({
  transactionId: 't1',
  shop: 'hearth',
  orderId: '1001',
  eventId: 'e1',
  type: 'sale',
  occurredAt: '2026-03-01T09:00:00.000Z',
  sequence: 0,
  part: 1,
  entries: [
    {
      entryId: 'n1',
      account: 'revenue',
      kind: 'goods',
      class: 'primary',
      amountMinor,
      currency: 'EUR',
      reportingMinor: amountMinor,
      reportingCurrency: 'EUR',
      ...given,
    },
  ],
});

/** One order, of which nothing came. */
export const runOf = (given: Partial<RunRecord> = {}): RunRecord => ({
  orders: [order()],
  touches: [],
  pages: [],
  transactions: [],
  executions: {},
  failed: [],
  transitions: 0,
  ...given,
});

export const exactly = { toleranceMs: 0 };
