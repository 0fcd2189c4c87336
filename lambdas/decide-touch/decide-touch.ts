import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { TouchDecision } from '#core/domain/contact-policy/decision.ts';
import {
  allChannels,
  type Channel,
  pagesOf,
  touchIdOf,
  type TouchRequest,
} from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { touchInputs, type TouchInputsDeps } from '#core/delivery/touch-inputs.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { TouchQueue } from '#core/ports/touch-queue.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';

export interface DecideTouchDeps extends TouchInputsDeps {
  readonly records: TouchRecords;
  /** The channels that the deployment has. */
  readonly queues: Readonly<Partial<Record<Channel, TouchQueue>>>;
  readonly shops: Readonly<Record<string, Pick<ShopConfig, 'pages'>>>;
  readonly publisher: EventPublisher;
  readonly digest: Digest;
}

/**
 * Decides one touch, once: asked again, the first decision stands and its side effects are
 * finished. A touch that may go is put on its channel's queue.
 *
 * @throws when journey and deployment do not fit: no such touch, no such order
 */
export const decideTouch =
  (deps: DecideTouchDeps) =>
  async (request: TouchRequest): Promise<TouchDecision> => {
    const record = await deps.records.claim(await decide(deps, request));
    const channel = channelOf(record.decision);
    if (channel !== undefined && record.state === 'decided') {
      const { shop, orderId, touchId } = record;
      await deps.queues[channel]?.({ shop, orderId, touchId });
    }
    await deps.publisher.publish([factOf(record)]);
    return record.decision;
  };

const decide = async (deps: DecideTouchDeps, request: TouchRequest): Promise<TouchRecord> => {
  const inputs = await touchInputs(deps, request);
  const channels = channelsOf(deps.queues);
  const pages = pagesOf(deps.shops[request.shop]?.pages ?? {});
  return {
    ...request,
    touchId: touchIdOf(request, deps.digest),
    purpose: inputs.touch.purpose,
    decision: decideContact({ ...inputs, channels, pages }),
    decidedAt: inputs.now,
    state: 'decided',
    attempts: 0,
  };
};

const channelsOf = (queues: DecideTouchDeps['queues']): readonly Channel[] =>
  allChannels.filter((channel) => queues[channel] !== undefined);

const channelOf = (decision: TouchDecision): Channel | undefined =>
  'channel' in decision ? decision.channel : undefined;

const factOf = ({
  shop,
  orderId,
  touch,
  touchId,
  decision,
  decidedAt,
}: TouchRecord): OutgoingEvent => ({
  type: 'TouchDecided',
  detail: {
    eventId: `touch-decided/${orderId}/${touchId}`,
    occurredAt: decidedAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    orderId,
    touch,
    touchId,
    decision: decision.kind,
    channel: channelOf(decision),
    reason: 'reason' in decision ? decision.reason : undefined,
    rules: [...decision.rules],
  },
});
