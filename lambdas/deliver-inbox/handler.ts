import { dynamoInbox } from '#core/adapters/dynamo-inbox.ts';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { openDelivery } from '#core/runtime/delivery.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { openShortLinks } from '#core/runtime/short-links.ts';
import { shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { deliverInboxContract } from './contract.ts';
import { deliverInbox } from './deliver-inbox.ts';

const env = readEnv(deliverInboxContract);
const { name } = deliverInboxContract;
const { dynamo, now, handlerOf } = openDelivery({ name, channel: 'inbox', env, touches });

/** Called with batches of the inbox's queue. */
export const handler = handlerOf(
  deliverInbox({
    templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
    render: liquidMessageRenderer(),
    shops,
    shorten: openShortLinks({ dynamo, env, now }),
    inbox: dynamoInbox(dynamo, env.INBOX_TABLE_NAME),
  }),
);
