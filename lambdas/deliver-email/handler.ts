import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoProductContents } from '#core/adapters/dynamo-product-contents.ts';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { mimeOf } from '#core/adapters/mime-message.ts';
import { sendsOnce } from '#core/adapters/provider-client.ts';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { sesMailer } from '#core/adapters/ses-mailer.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { liveTexts } from '#core/content/live-texts.ts';
import { openDelivery, realPace } from '#core/runtime/delivery.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { composeEmail } from './compose-email.ts';
import { deliverEmailContract } from './contract.ts';
import { deliverEmail } from './deliver-email.ts';

const env = readEnv(deliverEmailContract);
const { name } = deliverEmailContract;
const { dynamo, now, handlerOf } = openDelivery({ name, channel: 'email', env, touches });

const { sign } = joseLinkSigner(
  secretsManagerLinkKeys(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN, now),
);

/** Called with batches of the e-mail queue. */
export const handler = handlerOf(
  deliverEmail({
    compose: composeEmail({
      templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
      render: liquidMessageRenderer(),
      signLink: sign,
      digest: sha256Digest,
      readTexts: liveTexts({
        contents: dynamoProductContents(dynamo, env.CONTENT_TABLE_NAME),
        catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
        shops,
        digest: sha256Digest,
      }),
      shops,
    }),
    mimeOf,
    send: sesMailer(new SESClient(sendsOnce), env.CONFIGURATION_SET_NAME),
    pace: realPace(env.SENDS_PER_SECOND),
  }),
);
