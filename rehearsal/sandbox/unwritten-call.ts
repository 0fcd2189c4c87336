import type { WireAnswer, WireRequest } from '../services/protocols/protocol.ts';

/**
 * Services whose JSON is as their clients' inputs and outputs are, but for bytes and for dates of inputs: most of all
 * calls. By the name that requests are signed with.
 */
export const UNWRITTEN: ReadonlySet<string> = new Set(['dynamodb', 'events', 'firehose']);

/** What JSON would make of the input of a call: a copy without what is undefined, bytes as base64, dates in seconds. */
export const asJson = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asJson);
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) copy[name] = asJson(member);
  return copy;
};

/** The bytes that a client gives where JSON has base64: of outputs, only DynamoDB's types `B` and `BS` have any. */
const asGiven = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asGiven);
  const given: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value))
    given[name] = bytesIn(name, member) ?? asGiven(member);
  return given;
};

const bytesIn = (type: string, value: unknown): unknown => {
  if (type === 'B' && typeof value === 'string')
    return Uint8Array.from(Buffer.from(value, 'base64'));
  if (type !== 'BS' || !Array.isArray(value)) return undefined;
  return value.map((each) => Uint8Array.from(Buffer.from(String(each), 'base64')));
};

/** A request that is not written. */
export const unwrittenCall = (
  operation: string,
  input: unknown,
  authorization: string,
): WireRequest => ({
  method: 'POST',
  url: '/',
  headers: { 'x-amz-target': `AWS.${operation}`, authorization },
  body: '',
  bytes: NO_BYTES,
  input: { ...Object(asJson(input)) },
});

const NO_BYTES = Buffer.alloc(0);

/** What the client gives of an answer; nothing for a refusal, which is written. */
export const givenOf = ({ output }: WireAnswer): object | undefined =>
  output === undefined
    ? undefined
    : {
        $metadata: { httpStatusCode: 200, requestId: 'rehearsal', attempts: 1, totalRetryDelay: 0 },
        ...Object(asGiven(output)),
      };
