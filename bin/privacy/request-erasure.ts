import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import config from '#config';
import { type IncomingDetail, SCHEMA_VERSION, sourceOf } from '#core/contracts/incoming-events.ts';
import { deployedBus } from '../commands/deployed-bus.ts';
import type { Deployment } from '../explain/deployed-source.ts';
import { deployedRows } from './deployed-rows.ts';
import { isEmail, personOfId } from './find-person.ts';

/** A request is taken in within seconds; the function looks at every address, which may take minutes. */
const WAIT_MS = 5 * 60_000;
const POLL_MS = 5000;

/**
 * Asks a deployed stage to forget somebody, and waits until nobody is found under their id any more.
 *
 * @returns what became of it, in words
 * @throws when there is no such stage, or its bus does not take the event
 */
export const requestErasure = async (
  of: Deployment,
  shop: string,
  who: string,
): Promise<string> => {
  const { stage, profile } = of;
  const region = of.region ?? config.stages[stage]?.region ?? 'eu-central-1';
  const client = new EventBridgeClient({
    region,
    ...(profile === undefined ? {} : { profile }),
  });
  const requestId = randomUUID();
  await put(client, await deployedBus(client, stage), erasureRequested(shop, requestId, who));
  const follow = `CustomerErased with the requestId ${requestId} says on the bus when it is done, and the log of erase-customer how much went`;
  if (isEmail(who)) return `asked; ${follow}`;
  return (await isGone(of, shop, who)) ? `done: request ${requestId}` : `not done yet; ${follow}`;
};

/** The event as a privacy tool would put it on the bus. */
const erasureRequested = (
  shop: string,
  requestId: string,
  who: string,
  now: Date = new Date(),
): IncomingDetail<'ErasureRequested'> => ({
  eventId: `erasure-requested/${requestId}`,
  occurredAt: now.toISOString(),
  schemaVersion: SCHEMA_VERSION,
  shop,
  requestId,
  ...(isEmail(who) ? { email: who } : { customerId: who }),
});

const put = async (
  client: EventBridgeClient,
  EventBusName: string,
  detail: IncomingDetail<'ErasureRequested'>,
): Promise<void> => {
  const { Entries: [entry] = [] } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName,
          Source: sourceOf(detail.shop),
          DetailType: 'ErasureRequested',
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
  if (entry?.ErrorCode !== undefined)
    throw new Error(`the bus did not take the request: ${entry.ErrorCode} ${entry.ErrorMessage}`);
};

const isGone = async (of: Deployment, shop: string, customerId: string): Promise<boolean> => {
  const rows = await deployedRows(of);
  for (let waited = 0; waited < WAIT_MS; waited += POLL_MS) {
    const known = await personOfId(rows, [shop], customerId, new Date().toISOString());
    if (known.length === 0) return true;
    await sleep(POLL_MS);
  }
  return false;
};
