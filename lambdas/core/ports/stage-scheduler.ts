import type { Instant } from '../domain/orders/order-event.ts';

/**
 * Calls the enrolment again at an instant, once. A name that is waiting already is left alone.
 *
 * @param name unique for what it starts; letters, digits, `-`, `_` and `.`, 64 at most
 */
export type StageScheduler = (
  name: string,
  at: Instant,
  payload: object,
) => Promise<'scheduled' | 'already-scheduled'>;
