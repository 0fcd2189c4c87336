import type { Refusal } from '../contracts/parse-event.ts';

/** Keeps events that could not be used until somebody has dealt with the reason. */
export interface ParkedEvents {
  /** @param body the event exactly as it came, so that it can be sent again */
  park(body: string, refusal: Refusal): Promise<void>;
}
