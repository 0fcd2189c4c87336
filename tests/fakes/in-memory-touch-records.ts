import { compareText } from '#core/domain/compare-text.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';

const keyOf = ({ shop, orderId, touchId }: TouchRef): string => `${shop}#${orderId}#${touchId}`;

const mayBegin = ({ state, purpose }: TouchRecord): boolean =>
  state === 'decided' || (state === 'sending' && purpose !== 'marketing');

export const inMemoryTouchRecords = (...records: readonly TouchRecord[]): TouchRecords => {
  const stored = new Map(records.map((record) => [keyOf(record), record]));
  const read = (ref: TouchRef): TouchRecord => {
    const record = stored.get(keyOf(ref));
    if (record === undefined)
      throw new Error(`no record of touch ${ref.touchId} of order ${ref.orderId} of ${ref.shop}`);
    return record;
  };
  return {
    claim: async (record) => {
      if (!stored.has(keyOf(record))) stored.set(keyOf(record), structuredClone(record));
      return read(record);
    },

    beginSending: async (ref) => {
      const record = read(ref);
      if (!mayBegin(record)) return { mayGo: false, record };
      const begun: TouchRecord = { ...record, state: 'sending', attempts: record.attempts + 1 };
      stored.set(keyOf(ref), begun);
      return { mayGo: true, record: begun };
    },

    finish: async (ref, outcome) => {
      stored.set(keyOf(ref), { ...read(ref), state: outcome.state, outcome });
    },

    ofOrder: async (shop, orderId) =>
      [...stored.values()]
        .filter((record) => record.shop === shop && record.orderId === orderId)
        .toSorted((a, b) => compareText(a.decidedAt, b.decidedAt)),
  };
};
