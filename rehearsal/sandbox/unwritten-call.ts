import type { WireAnswer, WireRequest } from '../services/protocols/protocol.ts';

/**
 * Services whose requests say no more than their clients' inputs do, and whose answers are those of the clients but
 * for bytes: most of all calls. By the name that requests are signed with, with the content type of their refusals.
 */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['dynamodb', 'application/x-amz-json-1.0'],
  ['events', 'application/x-amz-json-1.1'],
  ['firehose', 'application/x-amz-json-1.1'],
  ['ses', 'application/x-www-form-urlencoded'],
]);

/** What JSON would make of the input of a call: a copy without what is undefined, bytes as base64, dates in seconds. */
const asJson = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asJson);
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member: unknown = Reflect.get(value, name);
    if (member !== undefined) copy[name] = asJson(member);
  }
  return copy;
};

/** The bytes that a client gives where JSON has base64: of outputs, only DynamoDB's types `B` and `BS` have any. */
const asGiven = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asGiven);
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member: unknown = Reflect.get(value, name);
    given[name] = bytesIn(name, member) ?? asGiven(member);
  }
  return given;
};

const bytesIn = (type: string, value: unknown): unknown => {
  if (type === 'B' && typeof value === 'string')
    return Uint8Array.from(Buffer.from(value, 'base64'));
  if (type !== 'BS' || !Array.isArray(value)) return undefined;
  return value.map((each) => Uint8Array.from(Buffer.from(String(each), 'base64')));
};

/** A form's fields: `Tags.member.1.Name`. */
const fieldsOf = (value: unknown, name: string): readonly (readonly [string, string])[] => {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value))
    return value.flatMap((each, index) => fieldsOf(each, `${name}.member.${index + 1}`));
  return Object.entries(value).flatMap(([key, member]) =>
    fieldsOf(member, name === '' ? key : `${name}.${key}`),
  );
};

interface Call {
  /** By the name that requests are signed with. */
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly authorization: string;
}

/** A request that is not written; nothing for services whose requests have to be. */
export const unwrittenCall = (call: Call): WireRequest | undefined => {
  const contentType = CONTENT_TYPES.get(call.service);
  if (contentType === undefined) return undefined;
  const json = asJson(call.input);
  return {
    method: 'POST',
    url: '/',
    headers: {
      'x-amz-target': `AWS.${call.operation}`,
      'content-type': contentType,
      authorization: call.authorization,
    },
    body: '',
    bytes: NO_BYTES,
    input: call.service === 'ses' ? Object.fromEntries(fieldsOf(json, '')) : { ...Object(json) },
  };
};

const NO_BYTES = Buffer.alloc(0);

/** What the client gives of an answer; nothing for a refusal, which is written. */
export const givenOf = ({ output }: WireAnswer): object | undefined =>
  output === undefined
    ? undefined
    : {
        $metadata: { httpStatusCode: 200, requestId: 'rehearsal', attempts: 1, totalRetryDelay: 0 },
        ...Object(asGiven(output)),
      };
