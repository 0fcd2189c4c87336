import type { Meter } from '../cost/meter.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { AwsError } from './aws-error.ts';
import type { EventBus } from './event-bus.ts';

/** What a sender is told when the bus took nothing for now: sent again, the event may be taken. */
const FOR_NOW = /^(InternalFailure|ServiceUnavailable|ThrottlingException):/;

/** Whether the sender does well to send the event again. */
export const isRefusedForNow = (because: string): boolean => FOR_NOW.test(because);

/**
 * Puts an event on the ingress bus. The shop's own systems do so under a role of the shop's; whose, the
 * app does not say.
 *
 * @returns why the bus did not take it, if it did not
 */
export const putFromOutside = (
  { source, detailType, detail }: TimedEvent,
  bus: EventBus,
  meter: Meter,
): string | undefined => {
  try {
    const entry = {
      EventBusName: bus.ingressBus.name,
      Source: source,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    };
    const answered = bus.putFromOutside(entry);
    const { Entries } = answered;
    const call = { service: 'events', operation: 'PutEvents', input: { Entries: [entry] } };
    meter.call({ ...call, answer: answered }, { actor: 'the shop' });
    const [answer] = Entries;
    return answer !== undefined && 'ErrorCode' in answer
      ? `${answer.ErrorCode}: ${answer.ErrorMessage}`
      : undefined;
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
};
