import { compareText } from '#core/domain/compare-text.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';

const keyOf = ({ shop, orderId, touchId }: TouchRef): string => `${shop}#${orderId}#${touchId}`;

const mayBegin = ({ state, purpose }: TouchRecord): boolean =>
  state === 'decided' || (state === 'sending' && purpose !== 'marketing');

/** Whether the decision is the touch's first, or the one after that which is stored. */
const isNext = (stored: TouchRecord | undefined, { turn }: TouchRecord): boolean =>
  stored === undefined
    ? turn === 1
    : stored.turn === turn - 1 && ['decided', 'returned'].includes(stored.state);

export const inMemoryTouchRecords = (...records: readonly TouchRecord[]): TouchRecords => {
  const stored = new Map(records.map((record) => [keyOf(record), record]));
  const find = (ref: TouchRef): TouchRecord | undefined => stored.get(keyOf(ref));
  const read = (ref: TouchRef): TouchRecord => {
    const record = find(ref);
    if (record === undefined)
      throw new Error(`no record of touch ${ref.touchId} of order ${ref.orderId} of ${ref.shop}`);
    return record;
  };
  const change = (ref: TouchRef, to: Partial<TouchRecord>): TouchRecord => {
    const changed = { ...read(ref), ...to };
    stored.set(keyOf(ref), changed);
    return changed;
  };
  return {
    find: async (ref) => find(ref),

    claim: async (record) => {
      if (isNext(find(record), record)) stored.set(keyOf(record), structuredClone(record));
      return read(record);
    },

    beginSending: async (ref) => {
      const record = read(ref);
      if (!mayBegin(record)) return { mayGo: false, record };
      const begun = change(ref, { state: 'sending', attempts: record.attempts + 1 });
      return { mayGo: true, record: begun };
    },

    takeBack: async (ref) => {
      const record = find(ref);
      if (record?.state === 'sending')
        change(ref, { state: 'decided', attempts: record.attempts - 1 });
    },

    finish: async (ref, outcome) => {
      const isDoubt = outcome.state === 'in-doubt';
      if (!isDoubt || find(ref)?.state === 'sending')
        change(ref, { state: outcome.state, outcome });
    },

    giveBack: async (ref) => {
      const { state, purpose } = find(ref) ?? {};
      if (state === 'decided' || (state === 'sending' && purpose !== 'marketing'))
        change(ref, { state: 'returned' });
    },

    hear: async (ref, kind, at) => {
      const record = find(ref);
      if (record === undefined || record.feedback?.[kind] !== undefined) return false;
      change(ref, { feedback: { ...record.feedback, [kind]: at } });
      return true;
    },

    ofOrder: async (shop, orderId) =>
      [...stored.values()]
        .filter((record) => record.shop === shop && record.orderId === orderId)
        .toSorted((a, b) => compareText(a.decidedAt, b.decidedAt)),
  };
};
