import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';

/** EventBridge takes at most this many entries a request. */
const MAX_ENTRIES = 10;

/** Puts entries on a bus. @throws when the bus did not take every one */
export const putEntries = async (
  client: EventBridgeClient,
  entries: readonly PutEventsRequestEntry[],
): Promise<void> => {
  for (let start = 0; start < entries.length; start += MAX_ENTRIES) {
    const Entries = entries.slice(start, start + MAX_ENTRIES);
    const answer = await client.send(new PutEventsCommand({ Entries }));
    // A refused entry is an answer, not an error.
    const refused = answer.Entries?.filter(({ ErrorCode }) => ErrorCode !== undefined) ?? [];
    if (refused.length > 0)
      throw new Error(
        `${refused.length} of ${Entries.length} events were not taken by the bus: ${refused[0]?.ErrorCode} ${refused[0]?.ErrorMessage}`,
      );
  }
};
