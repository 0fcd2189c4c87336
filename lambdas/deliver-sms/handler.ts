import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { eumTextSender } from '#core/adapters/eum-text-sender.ts';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { sendsOnce } from '#core/adapters/provider-client.ts';
import { metrics } from '#core/contracts/metrics.ts';
import { openDelivery, realPace } from '#core/runtime/delivery.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { openShortLinks } from '#core/runtime/short-links.ts';
import { policy, shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { deliverSmsContract } from './contract.ts';
import { deliverSms } from './deliver-sms.ts';

const env = readEnv(deliverSmsContract);
const { name } = deliverSmsContract;
const { dynamo, now, count, handlerOf } = openDelivery({ name, channel: 'sms', env, touches });

/** Called with batches of the SMS queue. */
export const handler = handlerOf(
  deliverSms({
    templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
    render: liquidMessageRenderer(),
    shops,
    policy,
    shorten: openShortLinks({ dynamo, env, now }),
    send: eumTextSender(new PinpointSMSVoiceV2Client(sendsOnce), {
      poolId: env.POOL_ID,
      configurationSetName: env.CONFIGURATION_SET_NAME,
      protectConfigurationId: env.PROTECT_CONFIGURATION_ID,
      maxPricePerPart: env.MAX_PRICE_PER_PART,
    }),
    pace: realPace(env.SENDS_PER_SECOND),
    onSent: (parts) => count(metrics.smsParts, parts),
    onSpendLimit: () => count(metrics.smsSpendLimitReached),
  }),
);
