import type { Refusal } from '#core/contracts/parse-event.ts';
import type { MessageFeedback, TextFeedback } from '#core/domain/feedback/feedback.ts';
import type { FeedbackMessage, FeedbackReader } from '#core/ports/feedback-reader.ts';
import type { ParkedEvents } from '#core/ports/parked-events.ts';
import { type Heard, recordMessage, type RecordMessageDeps } from './record-message.ts';
import { recordText, type RecordTextDeps } from './record-text.ts';

export interface RecordFeedbackDeps extends RecordMessageDeps, RecordTextDeps {
  readonly read: FeedbackReader;
  readonly parked: ParkedEvents;
}

/** What became of one message of the queue, for log and metrics: no address, no word of a customer. */
export type Recorded =
  | ({ readonly kind: 'message'; readonly feedback: MessageFeedback } & Heard)
  | { readonly kind: 'text'; readonly asks: TextFeedback['asks'] }
  | { readonly kind: 'ignored'; readonly what: string }
  | ({ readonly kind: 'parked' } & Refusal);

/**
 * Takes in what a provider tells of messages: applied once in effect however often and in whatever order it comes,
 * ignored where it is of another system's message, or parked with the reason.
 */
export const recordFeedback =
  (deps: RecordFeedbackDeps) =>
  async (message: FeedbackMessage): Promise<Recorded> => {
    const reading = deps.read(message);
    switch (reading.kind) {
      case 'not-ours':
        return { kind: 'ignored', what: reading.what };
      case 'unreadable': {
        const { reason, problem } = reading;
        await deps.parked.park(message.body, { reason, problem });
        return { kind: 'parked', reason, problem };
      }
      case 'read':
        return apply(deps, reading.feedback);
    }
  };

const apply = async (
  deps: RecordFeedbackDeps,
  feedback: MessageFeedback | TextFeedback,
): Promise<Recorded> => {
  if (feedback.about === 'message')
    return { kind: 'message', feedback, ...(await recordMessage(deps, feedback)) };
  await recordText(deps, feedback);
  return { kind: 'text', asks: feedback.asks };
};
