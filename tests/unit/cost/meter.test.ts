import { describe, expect, test } from 'vitest';
import { Meter } from '#rehearsal/cost/meter.ts';
import { purposeOfMessage, purposesOf } from '#rehearsal/cost/touches-of-event.ts';
import { unitsOfCall } from '#rehearsal/cost/units-of-call.ts';

const meter = () => new Meter(() => Date.UTC(2026, 10, 22, 9, 30));

const batchOf = (...bodies: readonly object[]) => ({
  Records: bodies.map((body) => ({ body: JSON.stringify(body) })),
});

describe('the meter', () => {
  test('gives a function what it calls while it runs, for the stage and touch it was asked for', () => {
    const counting = meter();

    counting.begin({
      name: 'DecideTouch',
      memoryMb: 512,
      event: { touch: 'care-guide' },
      stage: 'onboarding',
    });
    counting.callOfFunction(
      {
        service: 'dynamodb',
        operation: 'GetItem',
        input: {},
        answer: { ConsumedCapacity: { CapacityUnits: 1.5 } },
      },
      'DecideTouchRole',
    );
    counting.end(100);

    expect(counting.uses).toEqual([
      {
        actor: 'DecideTouch',
        stage: 'onboarding',
        touch: 'care-guide',
        units: {
          dynamoReadUnits: 1.5,
          lambdaRequests: 1,
          lambdaGbSeconds: 0.05,
          tracesRecorded: 0.05,
        },
      },
    ]);
    expect(counting.requests).toEqual({ 'dynamodb:GetItem': 1 });
    expect(counting.hours['dynamodb:GetItem']?.[9]).toBe(1);
  });

  test('shares an invocation among the messages of its batch', () => {
    const counting = meter();

    const event = batchOf({ touchId: 'referral' }, { touchId: 'dispatch-notice:P1' });
    counting.begin({ name: 'DeliverEmail', memoryMb: 1_024, event });
    counting.end(1_000);

    expect(
      counting.uses.map(({ touch, units }) => [
        touch,
        units['lambdaRequests'],
        units['lambdaGbSeconds'],
      ]),
    ).toEqual([
      ['referral', 0.5, 0.5],
      ['dispatch-notice', 0.5, 0.5],
    ]);
  });

  test('does not take what others call while a function runs for the function’s own', () => {
    const counting = meter();
    const call = { service: 'events', operation: 'PutEvents', input: { Entries: [{}] } };

    counting.begin({ name: 'IngestEvent', memoryMb: 512, event: {} });
    counting.call(call, { actor: 'the shop' });
    counting.end(1);

    expect(counting.uses.find(({ actor }) => actor === 'the shop')?.units).toEqual({
      eventsPublished: 1,
    });
    expect(counting.uses.find(({ actor }) => actor === 'IngestEvent')?.units).not.toHaveProperty(
      'eventsPublished',
    );
  });

  test('counts a message of a queue when it is sent, received and deleted, by ten and by 64 KB', () => {
    const requests = (counting: Meter) => counting.uses[0]?.units['sqsRequests'];
    const [small, large, many] = [meter(), meter(), meter()];

    small.enqueued('Queue', '{}');
    small.workedOff('Queue', ['{}']);
    large.enqueued('Queue', 'x'.repeat(64 * 1024 + 1));
    many.workedOff(
      'Queue',
      Array.from({ length: 25 }, () => '{}'),
    );

    expect([small, large, many].map(requests)).toEqual([3, 2, expect.closeTo(6, 9)]);
  });

  test('knows the partition that is written most', () => {
    const counting = meter();
    const write = (counter: string) =>
      counting.call(
        {
          service: 'dynamodb',
          operation: 'UpdateItem',
          input: { TableName: 'App-Counters12345678', Key: { counter: { S: counter } } },
          answer: { ConsumedCapacity: { CapacityUnits: 2 } },
        },
        { actor: 'DecideTouch' },
      );

    for (const counter of ['a', 'b', 'a']) write(counter);

    expect(counting.tallies['hottestKeyWrites']).toBe(4);
  });
});

describe('what an event is for', () => {
  test.each([
    [
      { touch: 'survey', subjects: [] },
      { stage: undefined, touch: 'survey' },
    ],
    [{ touchId: 'notice:P1+P2' }, { stage: undefined, touch: 'notice' }],
    [
      { stage: 'advocacy', token: 't' },
      { stage: 'advocacy', touch: undefined },
    ],
    [
      { detail: { mail: { tags: { touch: ['win-back'] } } } },
      { stage: undefined, touch: 'win-back' },
    ],
    [{ requestContext: { stage: '$default' } }, { stage: undefined, touch: undefined }],
    ['no object', { stage: undefined, touch: undefined }],
  ])('%j says it, also as the body of a record', (event, purpose) => {
    const bodies = [JSON.stringify(event), JSON.stringify(event).replaceAll('t', '\\u0074')];

    expect(purposesOf(event)).toEqual([purpose]);
    for (const body of bodies) expect(purposesOf({ Records: [{ body }] })).toEqual([purpose]);
  });

  test('of the body of a message it is the same where that was read already', () => {
    const said = { detail: { stage: 'advocacy', touch: 'read before' } };

    const [read, unread] = [said, undefined].map((known) =>
      purposeOfMessage(`${JSON.stringify(said)}${known === undefined ? '' : ' '}`, known),
    );

    expect(read).toEqual({ stage: 'advocacy', touch: 'read before' });
    expect(unread).toEqual(read);
  });

  test('a record that is no JSON does not say', () => {
    expect(purposesOf({ Records: [{ body: 'not json' }] })).toEqual([
      { stage: undefined, touch: undefined },
    ]);
  });
});

const units = (service: string, operation: string, input: object, answer?: unknown) =>
  unitsOfCall({ service, operation, input: { ...input }, answer }).units;

describe('a call is charged', () => {
  test('by events of 64 KB', () => {
    const Entries = [{ Detail: 'x'.repeat(64 * 1024), Source: 's' }, { Detail: '{}' }];

    expect(units('events', 'PutEvents', { Entries })).toEqual({ eventsPublished: 3 });
  });

  test('by records of Firehose, each rounded up to 5 KB', () => {
    const record = (bytes: number) => ({ Data: Buffer.alloc(bytes).toString('base64') });

    const { units: charged, tallies } = unitsOfCall({
      service: 'firehose',
      operation: 'PutRecordBatch',
      input: { Records: [record(10), record(5_121)] },
      answer: {},
    });

    expect(charged).toEqual({ firehoseGigabytes: (3 * 5_120) / 1024 ** 3 });
    expect(tallies).toEqual({ firehoseRecords: 2, firehoseBytes: 5_131 });
  });

  test('by recipients, parts by country, devices and a model’s tokens', () => {
    const text = { DestinationPhoneNumber: '+4915112345678', MessageBody: 'x'.repeat(161) };

    expect(units('ses', 'SendRawEmail', { 'Destinations.member.1': 'a@b.example' })).toEqual({
      emails: 1,
    });
    expect(units('sms-voice', 'SendTextMessage', text)).toEqual({ 'smsParts DE': 2 });
    expect(units('mobiletargeting', 'SendMessages', { Addresses: { t1: {}, t2: {} } })).toEqual({
      pushes: 2,
    });
    expect(
      units(
        'bedrock',
        'Converse',
        { modelId: 'm' },
        { usage: { inputTokens: 7, outputTokens: 3 } },
      ),
    ).toEqual({ 'modelInputTokens m': 7, 'modelOutputTokens m': 3 });
  });

  test('for a conditional write that failed, and not for another refusal', () => {
    const refused = (code: string) =>
      unitsOfCall({ service: 'dynamodb', operation: 'PutItem', input: {}, refused: code }).units;

    expect(refused('ConditionalCheckFailedException')).toEqual({ dynamoWriteUnits: 1 });
    expect(refused('ProvisionedThroughputExceededException')).toEqual({});
  });

  test('by its own name where nothing is known of its service: it has no price yet', () => {
    expect(units('polly', 'SynthesizeSpeech', {})).toEqual({ 'polly:SynthesizeSpeech': 1 });
  });
});
