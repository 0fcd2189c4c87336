import type { Refusal } from '#core/contracts/parse-event.ts';
import type { TouchRef } from '#core/domain/touches/touch-record.ts';
import type { ParkedEvents } from '#core/ports/parked-events.ts';
import type { TouchQueue } from '#core/ports/touch-queue.ts';

export interface InMemoryParkedEvents extends ParkedEvents {
  readonly all: readonly (Refusal & { readonly body: string })[];
}

export const inMemoryParkedEvents = (): InMemoryParkedEvents => {
  const all: (Refusal & { readonly body: string })[] = [];
  return {
    all,
    park: async (body, { reason, problem }) => {
      all.push({ body, reason, problem });
    },
  };
};

export interface InMemoryTouchQueue {
  readonly send: TouchQueue;
  readonly refs: readonly TouchRef[];
}

/** @param breaks whether the queue cannot be reached this time */
export const inMemoryTouchQueue = (breaks: () => boolean = () => false): InMemoryTouchQueue => {
  const refs: TouchRef[] = [];
  return {
    refs,
    send: async (ref) => {
      if (breaks()) throw new Error('the queue cannot be reached');
      refs.push(ref);
    },
  };
};
