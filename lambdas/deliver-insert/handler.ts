import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { openDelivery } from '#core/runtime/delivery.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { touches } from '#touches/registry.ts';
import { deliverInsertContract } from './contract.ts';
import { deliverInsert } from './deliver-insert.ts';

const env = readEnv(deliverInsertContract);
const { name } = deliverInsertContract;
const { publisher, handlerOf } = openDelivery({ name, channel: 'insert', env, touches });

/** Called with batches of the queue of packaging inserts. */
export const handler = handlerOf(
  deliverInsert({
    templates: fileMessageTemplates(new URL('./messages/', import.meta.url)),
    render: liquidMessageRenderer(),
    shops,
    publisher,
  }),
);
