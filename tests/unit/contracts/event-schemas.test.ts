import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { eventSchemas } from '#core/contracts/event-schemas.ts';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';

const count = z.int().nonnegative();

/**
 * JSON Schema draft 4, as far as our schemas go: in later drafts `exclusiveMinimum` is a number and
 * `const` a keyword, which the registry does not take. Source: json-schema.org/draft-04/schema.
 */
const draft4: z.ZodType = z.lazy(() =>
  z.strictObject({
    $schema: z.literal('http://json-schema.org/draft-04/schema#').optional(),
    title: z.string().optional(),
    type: z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean']).optional(),
    properties: z.record(z.string(), draft4).optional(),
    required: z.array(z.string()).min(1).optional(),
    additionalProperties: z.union([z.boolean(), draft4]).optional(),
    items: draft4.optional(),
    minItems: count.optional(),
    maxItems: count.optional(),
    minLength: count.optional(),
    maxLength: count.optional(),
    pattern: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).min(1).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.boolean().optional(),
    exclusiveMaximum: z.boolean().optional(),
    default: z.unknown().optional(),
    anyOf: z.array(draft4).min(1).optional(),
    oneOf: z.array(draft4).min(1).optional(),
  }),
);

const schemas = eventSchemas();

test('every event in and out has a schema', () => {
  expect(schemas.map(({ detailType }) => detailType)).toEqual([
    ...Object.keys(incomingEvents),
    ...Object.keys(outgoingEvents),
  ]);
});

describe.each(schemas)('the schema of $detailType', ({ detailType, schema }) => {
  const parsed: unknown = JSON.parse(schema);

  test('is JSON Schema draft 4, and says so', () => {
    expect(draft4.safeParse(parsed).error?.issues).toBeUndefined();
    expect(parsed).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: detailType,
      type: 'object',
      properties: { eventId: { type: 'string' }, occurredAt: { format: 'date-time' } },
    });
  });

  test('requires what every event carries, in the version that is read', () => {
    expect(parsed).toMatchObject({
      required: expect.arrayContaining(['eventId', 'occurredAt', 'schemaVersion', 'shop']),
      properties: { schemaVersion: { enum: [1] } },
    });
  });
});

test('the schema of an order shows the limits that are held', () => {
  const order = schemas.find(({ detailType }) => detailType === 'OrderPlaced');

  expect(JSON.parse(order?.schema ?? '')).toMatchObject({
    additionalProperties: false,
    properties: {
      orderId: { minLength: 1, maxLength: 128 },
      lines: {
        minItems: 1,
        maxItems: 500,
        items: {
          properties: { quantity: { type: 'integer', minimum: 0, exclusiveMinimum: true } },
        },
      },
    },
  });
});

test('what Afterglow says has no place for an address or a name', () => {
  const names = Object.keys(outgoingEvents).flatMap((type) => {
    const schema = schemas.find(({ detailType }) => detailType === type)?.schema ?? '';
    return Object.keys(
      z.looseObject({ properties: z.looseObject({}) }).parse(JSON.parse(schema)).properties,
    );
  });

  expect(names).toContain('orderId');
  // Advertisers are told of addresses by hashes that they have made of them as well.
  const plain = names.filter((name) => !name.endsWith('Sha256'));
  for (const name of plain) expect(name).not.toMatch(/email|phone|name|address|contact/i);
});
