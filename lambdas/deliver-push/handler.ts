import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { eventBridgeToldEvents } from '#core/adapters/eventbridge-told-events.ts';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { pinpointPushSender } from '#core/adapters/pinpoint-push-sender.ts';
import { sendsOnce } from '#core/adapters/provider-client.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { openDelivery, realPace } from '#core/runtime/delivery.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { openShortLinks } from '#core/runtime/short-links.ts';
import { policy, shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { deliverPushContract } from './contract.ts';
import { deliverPush } from './deliver-push.ts';

const env = readEnv(deliverPushContract);
const { name } = deliverPushContract;
const { dynamo, events, now, logger, handlerOf } = openDelivery({
  name,
  channel: 'push',
  env,
  touches,
});

/** Called with batches of the push queue. */
export const handler = handlerOf(
  deliverPush({
    templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
    render: liquidMessageRenderer(),
    shops,
    policy,
    shorten: openShortLinks({ dynamo, env, now }),
    send: pinpointPushSender(new PinpointClient(sendsOnce), env.PUSH_APPLICATION_ID),
    pace: realPace(env.SENDS_PER_SECOND),
    told: eventBridgeToldEvents(events, env.EVENT_BUS_NAME),
    digest: sha256Digest,
    onUntold: (error) =>
      logger.error('news of devices could not be passed on', {
        error: error instanceof Error ? error.message : String(error),
      }),
  }),
);
