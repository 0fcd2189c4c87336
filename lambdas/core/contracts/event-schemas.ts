import * as z from 'zod';
import { incomingEvents } from './incoming-events.ts';
import { outgoingEvents } from './outgoing-events.ts';

export interface EventSchema {
  readonly detailType: string;
  /** JSON Schema, draft 4: what the EventBridge schema registry takes. */
  readonly schema: string;
}

/** Every event in and out, as the EventBridge schema registry publishes it. */
export const eventSchemas = (): readonly EventSchema[] =>
  Object.entries({ ...incomingEvents, ...outgoingEvents }).map(([detailType, schema]) => ({
    detailType,
    schema: JSON.stringify({
      title: detailType,
      ...z.toJSONSchema(schema, { target: 'draft-4', io: 'input' }),
    }),
  }));
