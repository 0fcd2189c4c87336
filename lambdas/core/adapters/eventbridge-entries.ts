import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';

/** EventBridge takes at most this many entries a request. */
const MAX_ENTRIES = 10;

/** How often an entry is put, and how long is waited before it is put again: twice as long each time. */
const ATTEMPTS = 3;
const PAUSE_MS = 100;

/** What EventBridge asks to be put again (API reference, PutEventsResultEntry): all else stays refused. */
const forNow: ReadonlySet<string> = new Set([
  'InternalException',
  'InternalFailure',
  'ThrottlingException',
]);

/**
 * Puts entries on a bus; of a request that it took in part, the rest again: the SDK does not, as a refused entry is
 * an answer and no error.
 *
 * @throws when the bus did not take every one
 */
export const putEntries = async (
  client: EventBridgeClient,
  entries: readonly PutEventsRequestEntry[],
): Promise<void> => {
  for (let start = 0; start < entries.length; start += MAX_ENTRIES)
    await putAll(client, entries.slice(start, start + MAX_ENTRIES), 1);
};

const putAll = async (
  client: EventBridgeClient,
  Entries: PutEventsRequestEntry[],
  attempt: number,
): Promise<void> => {
  const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
  const refused = results.filter(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused.length === 0) return;
  if (attempt === ATTEMPTS || !refused.every(isForNow)) throw notTaken(refused, Entries.length);
  await sleep(PAUSE_MS * 2 ** (attempt - 1));
  const left = Entries.filter((_, at) => results[at]?.ErrorCode !== undefined);
  await putAll(client, left, attempt + 1);
};

const isForNow = ({ ErrorCode = '' }: PutEventsResultEntry): boolean => forNow.has(ErrorCode);

const notTaken = ([first, ...others]: readonly PutEventsResultEntry[], of: number): Error =>
  new Error(
    `${1 + others.length} of ${of} events were not taken by the bus: ${first?.ErrorCode} ${first?.ErrorMessage}`,
  );
