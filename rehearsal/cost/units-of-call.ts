import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { consumedUnits, isRead } from '../services/consumed-units.ts';
import { sizeOf } from '../services/text-price.ts';

/** Amounts by the name of what AWS charges for, as `prices.json` names it. */
export type Units = Readonly<Record<string, number>>;

/** A call that a service answered, or refused. */
export interface AnsweredCall {
  /** As requests are signed: `dynamodb`, `sms-voice`. */
  readonly service: string;
  /** `PutItem` */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Absent where the call was refused. */
  readonly answer?: unknown;
  /** The code of the refusal. */
  readonly refused?: string | undefined;
}

/** What one call is charged for, and what else is counted of it because a quota is about it. */
export interface CallUnits {
  readonly units: Units;
  readonly tallies?: Units | undefined;
}

type Rule = (call: AnsweredCall) => CallUnits;

const GIGABYTE = 1024 ** 3;

/** EventBridge pricing: an event is charged in chunks of 64 KB. */
const EVENT_CHUNK_BYTES = 64 * 1024;

/** Firehose pricing: each record of a direct put is rounded up to 5 KB. */
const FIREHOSE_STEP_BYTES = 5 * 1024;

/** Athena pricing: a query is charged for 10 MB at least; what it scans, the rehearsal cannot know. */
const ATHENA_LEAST_BYTES = 10 * 1024 ** 2;

const nothing: CallUnits = { units: {} };

const one =
  (unit: string): Rule =>
  () => ({ units: { [unit]: 1 } });

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map((each: unknown) => ({ ...Object(each) })) : [];

const bytesOf = (value: unknown): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : 0;

/** Standard reads and writes as DynamoDB answers `ConsumedCapacity`. */
const dynamodb: Rule = ({ operation, answer }) => {
  const units = consumedUnits(answer);
  return { units: isRead(operation) ? { dynamoReadUnits: units } : { dynamoWriteUnits: units } };
};

/** API reference of EventBridge, "Calculating PutEvents event entry size": 14 bytes of a time, and the texts. */
const entryBytes = (entry: Readonly<Record<string, unknown>>): number =>
  (entry['Time'] === undefined ? 0 : 14) +
  ['Source', 'DetailType', 'Detail'].reduce((sum, name) => sum + bytesOf(entry[name]), 0) +
  (Array.isArray(entry['Resources']) ? entry['Resources'] : [])
    .map(bytesOf)
    .reduce((sum, each) => sum + each, 0);

const putEvents: Rule = ({ input }) => {
  const sizes = listOf(input['Entries']).map(entryBytes);
  return {
    units: { eventsPublished: sum(sizes.map((size) => chunksOf(size, EVENT_CHUNK_BYTES))) },
    tallies: { eventEntries: sizes.length, eventBytes: sum(sizes) },
  };
};

const putRecords: Rule = ({ input }) => {
  const records = 'Record' in input ? [{ ...Object(input['Record']) }] : listOf(input['Records']);
  const sizes = records.map(({ Data }) => decodedBytes(Data));
  const billed =
    sum(sizes.map((size) => chunksOf(size, FIREHOSE_STEP_BYTES))) * FIREHOSE_STEP_BYTES;
  return {
    units: { firehoseGigabytes: billed / GIGABYTE },
    tallies: { firehoseRecords: sizes.length, firehoseBytes: sum(sizes) },
  };
};

/** Of base64: three bytes in four characters. */
const decodedBytes = (data: unknown): number =>
  typeof data === 'string' ? Buffer.byteLength(data, 'base64') : 0;

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

const chunksOf = (bytes: number, size: number): number => Math.max(1, Math.ceil(bytes / size));

/** SES charges by recipient; the query protocol numbers them. */
const sendMail: Rule = ({ input }) => {
  const recipients = Object.keys(input).filter((name) => name.startsWith('Destinations.member.'));
  return { units: { emails: Math.max(1, recipients.length) } };
};

/** By the country of the number, as AWS charges: `smsParts DE`. */
const sendText: Rule = ({ input }) => {
  if (input['DryRun'] === true) return nothing;
  const { country } = parsePhoneNumberFromString(String(input['DestinationPhoneNumber'])) ?? {};
  const { parts } = sizeOf(String(input['MessageBody']));
  return { units: { [`smsParts ${country ?? 'other'}`]: parts }, tallies: { smsParts: parts } };
};

const sendPushes: Rule = ({ input }) => {
  const addresses: unknown = input['Addresses'] ?? Object(input['MessageRequest']).Addresses;
  return { units: { pushes: Object.keys(Object(addresses)).length } };
};

/** Bedrock's Converse answers what it used; each model has its own price. */
const converse: Rule = ({ input, answer }) => {
  const { inputTokens = 0, outputTokens = 0 } = Object(Object(answer).usage);
  const model = String(input['modelId']);
  return {
    units: {
      [`modelInputTokens ${model}`]: Number(inputTokens),
      [`modelOutputTokens ${model}`]: Number(outputTokens),
    },
  };
};

const objects: Rule = ({ operation }) => {
  if (operation.startsWith('Delete')) return nothing;
  const isRead = operation.startsWith('Get') || operation.startsWith('Head');
  return { units: { [isRead ? 's3Gets' : 's3Puts']: 1 } };
};

const startQuery: Rule = () => ({ units: { athenaTerabytes: ATHENA_LEAST_BYTES / 1024 ** 4 } });

/**
 * By service, then operation; `*` is for the rest of a service. Without a charge of their own are calls of Step
 * Functions (their transitions are charged), of SQS (what queues take and give is counted there), and what
 * describes or deletes.
 */
const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  athena: { StartQueryExecution: startQuery, '*': () => nothing },
  bedrock: { Converse: converse },
  dynamodb: { '*': dynamodb },
  events: { PutEvents: putEvents },
  firehose: { PutRecord: putRecords, PutRecordBatch: putRecords },
  glue: { '*': one('glueRequests') },
  mobiletargeting: { SendMessages: sendPushes },
  s3: { '*': objects },
  scheduler: { CreateSchedule: one('schedulesFired'), '*': () => nothing },
  secretsmanager: { '*': one('secretRequests') },
  ses: { SendRawEmail: sendMail },
  sns: { Publish: one('topicPublishes') },
  'sms-voice': { SendTextMessage: sendText },
  sqs: { '*': () => nothing },
  states: { '*': () => nothing },
};

/** DynamoDB charges a conditional write that fails for the item that it read: one unit at least. */
const CONDITION_FAILED = 'ConditionalCheckFailedException';

/**
 * What AWS charges for a call. One of a service that is not known here is a unit of its own name, for which there is
 * no price until `prices.json` says one: nothing is free by being forgotten.
 */
export const unitsOfCall = (call: AnsweredCall): CallUnits => {
  const { service, operation, refused } = call;
  if (refused !== undefined)
    return refused === CONDITION_FAILED ? { units: { dynamoWriteUnits: 1 } } : nothing;
  const ofService = rules[service];
  const rule = ofService?.[operation] ?? ofService?.['*'];
  return rule === undefined ? { units: { [`${service}:${operation}`]: 1 } } : rule(call);
};
