import type { UnwrittenCall, WireAnswer, WireRequest } from '../services/protocols/protocol.ts';

/**
 * Services whose requests say no more than their clients' inputs do, and whose answers are those of the clients but
 * for bytes and dates: most of all calls. By the name that requests are signed with, with what they are written as.
 */
const UNWRITTEN: ReadonlyMap<string, UnwrittenCall['writtenAs']> = new Map([
  ['athena', 'json'],
  ['dynamodb', 'json'],
  ['events', 'json'],
  ['firehose', 'json'],
  ['scheduler', 'rest'],
  ['ses', 'form'],
  ['sqs', 'json'],
  ['states', 'json'],
]);

type Members = Readonly<Record<string, unknown>>;

/** What JSON would make of the input of a call: a copy without what is undefined, bytes as base64, dates in seconds. */
const asJson = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asJson);
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const members: Members = Object(value);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member !== undefined) copy[name] = asJson(member);
  }
  return copy;
};

/** What a client gives of a member, where JSON has something else; nothing where it is as JSON has it. */
type MemberOf = (name: string, value: unknown) => unknown;

const asGiven = (value: unknown, memberOf: MemberOf): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((each) => memberOf('', each) ?? asGiven(each, memberOf));
  const members: Members = Object(value);
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    const member = members[name];
    given[name] = memberOf(name, member) ?? asGiven(member, memberOf);
  }
  return given;
};

/**
 * Bytes, which are base64 in JSON: of outputs, only DynamoDB's types `B` and `BS` have any. Items without any are kept so
 * that nobody can change them, and need not be copied.
 */
const bytesOf: MemberOf = (type, value) => {
  if (type === 'B' && typeof value === 'string')
    return Uint8Array.from(Buffer.from(value, 'base64'));
  if (type !== 'BS' || !Array.isArray(value)) return Object.isFrozen(value) ? value : undefined;
  return value.map((each) => Uint8Array.from(Buffer.from(String(each), 'base64')));
};

/** Dates, which are seconds in JSON: `startDate`, `SubmissionDateTime`. */
const dateOf: MemberOf = (name, value) =>
  typeof value === 'number' && /Date(?:Time)?$/.test(name) ? new Date(value * 1000) : undefined;

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
  const writtenAs = UNWRITTEN.get(service);
  if (writtenAs === undefined) return undefined;
  const json = asJson(input);
  const said = writtenAs === 'form' ? Object.fromEntries(fieldsOf(json, '')) : Object(json);
  return { ...NOTHING, call: { role, service, operation, writtenAs, input: said } };
};

const NOTHING: WireRequest = { method: '', url: '', headers: {}, body: '', bytes: Buffer.alloc(0) };

/** What the client of a service gives of an answer; nothing for a refusal, which is written. */
export const givenOf = ({ output }: WireAnswer, service: string): object | undefined =>
  output === undefined
    ? undefined
    : {
        $metadata: { httpStatusCode: 200, requestId: 'rehearsal', attempts: 1, totalRetryDelay: 0 },
        ...Object(asGiven(output, service === 'dynamodb' ? bytesOf : dateOf)),
      };
