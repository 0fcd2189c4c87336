import type { UnwrittenCall, WireAnswer, WireRequest } from '../services/protocols/protocol.ts';

/**
 * Services whose requests say no more than their clients' inputs do, and whose answers are those of the clients but
 * for bytes: most of all calls. By the name that requests are signed with.
 */
const UNWRITTEN = new Set(['dynamodb', 'events', 'firehose', 'ses']);

/** Of those, the services whose requests are forms. */
const FORMS = new Set(['ses']);

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

interface Call extends Pick<UnwrittenCall, 'role' | 'service' | 'operation'> {
  readonly input: unknown;
}

/** A request that is not written; nothing for services whose requests have to be. */
export const unwrittenCall = ({
  role,
  service,
  operation,
  input,
}: Call): WireRequest | undefined => {
  if (!UNWRITTEN.has(service)) return undefined;
  const json = asJson(input);
  const isForm = FORMS.has(service);
  const said = isForm ? Object.fromEntries(fieldsOf(json, '')) : Object(json);
  return { ...NOTHING, call: { role, service, operation, isForm, input: said } };
};

const NOTHING: WireRequest = { method: '', url: '', headers: {}, body: '', bytes: Buffer.alloc(0) };

/** What the client gives of an answer; nothing for a refusal, which is written. */
export const givenOf = ({ output }: WireAnswer): object | undefined =>
  output === undefined
    ? undefined
    : {
        $metadata: { httpStatusCode: 200, requestId: 'rehearsal', attempts: 1, totalRetryDelay: 0 },
        ...Object(asGiven(output)),
      };
