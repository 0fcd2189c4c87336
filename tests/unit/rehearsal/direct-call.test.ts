import { fileURLToPath } from 'node:url';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
} from '@aws-sdk/client-athena';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { lambdaBundle } from '#lib/bundling/esbuild-options.ts';
import { directCalls } from '#rehearsal/sandbox/direct-call.ts';
import { withResolveCommand } from '#rehearsal/sandbox/load-bundle.ts';
import { awsJson } from '#rehearsal/services/protocols/aws-json.ts';
import { awsQuery } from '#rehearsal/services/protocols/aws-query.ts';
import type { Protocol, WireAnswer, WireRequest } from '#rehearsal/services/protocols/protocol.ts';
import { restJson } from '#rehearsal/services/protocols/rest-json.ts';

const answered = (body: object, status = 200): WireAnswer => ({
  status,
  contentType: 'application/x-amz-json-1.0',
  body: JSON.stringify(body),
});

/** Calls as a function makes them; what goes through the SDK's middleware is counted. */
const calling = (answers: readonly WireAnswer[]) => {
  const asked: WireRequest[] = [];
  let throughMiddleware = 0;
  const resolveCommand = directCalls(async (wire) => {
    asked.push(wire);
    return answers[asked.length - 1] ?? answered({});
  }, 'IngestRole');
  const settings = {
    region: 'eu-central-1',
    endpoint: 'http://aws.invalid',
    credentials: { accessKeyId: 'IngestRole', secretAccessKey: 'none' },
    requestHandler: {
      handle: async () => {
        throughMiddleware += 1;
        const { status, contentType, body } = answers[0] ?? answered({});
        return {
          response: {
            statusCode: status,
            headers: { 'content-type': contentType },
            body: Buffer.from(body),
          },
        };
      },
    },
  };
  return { asked, resolveCommand, settings, middleware: () => throughMiddleware };
};

const put = new PutItemCommand({ TableName: 'orders', Item: { order: { S: 'hearth#1' } } });

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

/** What the SDK's protocol writes for a command, and what it reads from an answer. */
const throughSdk = async (
  client: object,
  command: object,
  output: object,
): Promise<{ written: object; read: object }> => {
  const { config } = Object(client);
  const [, namespace, name, traits, input, outputOf] = Object(command).schema;
  const operation = { namespace, name, traits, input, output: outputOf };
  const endpoint = { protocol: 'http:', hostname: 'aws.invalid', path: '/' };
  const context = Object.assign(Object.create(config), { endpoint: async () => endpoint });
  const request = await config.protocol.serializeRequest(operation, Object(command).input, context);
  const { contentType, body: answer } = protocolOf(client).answer(String(name), output);
  const read = await config.protocol.deserializeResponse(operation, context, {
    statusCode: 200,
    headers: { 'content-type': contentType },
    body: Buffer.from(answer),
  });
  return { written: writtenIn(client, request), read };
};

const protocolOf = (client: object): Protocol => {
  if (client instanceof SESClient) return awsQuery;
  return client instanceof SchedulerClient ? restJson : awsJson;
};

/** The members that a service would read, without what the SDK makes up itself. */
const writtenIn = (
  client: object,
  { method, path, query, headers, body }: WireRequest & { path: string; query: object },
): object => {
  const asked = new URLSearchParams(Object.entries(query)).toString();
  const bytes = Buffer.from(body);
  const wire = { method, url: `${path}?${asked}`, headers, body: bytes.toString('utf8'), bytes };
  const { input } = protocolOf(client).read(wire, 'scheduler');
  const { Action: _, Version: __, ClientToken: ___, ...members } = input;
  return members;
};

const sent = async (stage: ReturnType<typeof calling>): Promise<unknown> => {
  const client = new DynamoDBClient(Object(stage.settings));
  const handler = stage.resolveCommand(Object(put), Object(client), undefined);
  return (await handler(Object(put))).output;
};

describe('a call without the middleware', () => {
  test('is written and read by the SDK, in the name of the role', async () => {
    const stage = calling([answered({ SecretString: 'text', CreatedDate: 1.5 })]);
    const client = new SecretsManagerClient(Object(stage.settings));
    const get = new GetSecretValueCommand({ SecretId: 'link-key' });

    const handler = stage.resolveCommand(Object(get), Object(client), undefined);

    expect((await handler(Object(get))).output).toMatchObject({
      SecretString: 'text',
      CreatedDate: new Date(1500),
    });
    expect(stage.asked).toHaveLength(1);
    expect(stage.asked[0]).toMatchObject({
      method: 'POST',
      headers: {
        'x-amz-target': 'secretsmanager.GetSecretValue',
        authorization: expect.stringMatching(
          /Credential=IngestRole\/.*\/secretsmanager\/aws4_request/,
        ),
      },
      body: JSON.stringify({ SecretId: 'link-key' }),
    });
    expect(stage.middleware()).toBe(0);
  });

  test.each([
    [
      new DynamoDBClient({}),
      new PutItemCommand({
        TableName: 'orders',
        ConditionExpression: undefined,
        ExpressionAttributeNames: { '#b': 'B' },
        Item: {
          order: { S: 'hearth#1' },
          B: { M: { B: { B: bytes('inner') }, BS: { BS: [bytes('a'), bytes('b')] } } },
          BS: { L: [{ B: bytes('outer') }, { NULL: true }, { BOOL: false }, { N: '1e3' }] },
        },
      }),
      {
        Attributes: { B: { M: { B: { B: 'aW5uZXI=' }, BS: { BS: ['YQ==', 'Yg=='] } } } },
        ConsumedCapacity: { TableName: 'orders', CapacityUnits: 0.5 },
      },
    ],
    [
      new DynamoDBClient({}),
      new BatchGetItemCommand({ RequestItems: { orders: { Keys: [{ order: { S: '1' } }] } } }),
      { Responses: { orders: [{ order: { S: '1' } }] }, UnprocessedKeys: {} },
    ],
    [
      new EventBridgeClient({}),
      new PutEventsCommand({
        Entries: [{ Source: 'shop', Detail: '{}', Time: new Date('2026-03-01T12:00:00.250Z') }],
      }),
      { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] },
    ],
    [
      new FirehoseClient({}),
      new PutRecordBatchCommand({ DeliveryStreamName: 's', Records: [{ Data: bytes('line\n') }] }),
      { FailedPutCount: 0, RequestResponses: [{ RecordId: 'record-1' }] },
    ],
    [
      new SESClient({}),
      new SendRawEmailCommand({
        Source: 'shop@example.com',
        Destinations: ['a@example.com', 'b+c@example.com'],
        RawMessage: { Data: bytes('MIME & more=') },
        Tags: [{ Name: 'touch', Value: 'refund' }],
        ConfigurationSetName: undefined,
      }),
      { MessageId: 'mail-1' },
    ],
    [
      new SQSClient({}),
      new SendMessageCommand({
        QueueUrl: 'http://queue',
        MessageBody: 'text',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'touch' } },
      }),
      { MessageId: 'm-1', MD5OfMessageBody: '1cb251ec0d568de6a929b520c4aed8d1' },
    ],
    [
      new SFNClient({}),
      new StartExecutionCommand({ stateMachineArn: 'arn', name: 'a', input: '{"n":1}' }),
      { executionArn: 'arn:a', startDate: 1_772_366_400.25 },
    ],
    [
      new SchedulerClient({}),
      new CreateScheduleCommand({
        Name: 'order-1.care',
        GroupName: 'stages',
        ScheduleExpression: 'at(2026-03-01T12:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: 'arn', RoleArn: 'role', Input: '{}' },
      }),
      { ScheduleArn: 'arn:schedule' },
    ],
    [
      new AthenaClient({}),
      new GetQueryResultsCommand({ QueryExecutionId: 'q', MaxResults: 10 }),
      {
        UpdateCount: 0,
        ResultSet: {
          Rows: [{ Data: [{ VarCharValue: 'day' }, {}] }],
          ResultSetMetadata: { ColumnInfo: [{ Name: 'day', Type: 'date', CaseSensitive: false }] },
        },
        NextToken: '10',
      },
    ],
    [
      new AthenaClient({}),
      new GetQueryExecutionCommand({ QueryExecutionId: 'q' }),
      { QueryExecution: { Status: { State: 'SUCCEEDED', SubmissionDateTime: 1_772_366_400 } } },
    ],
  ])('is as the SDK would have written and read it: %#', async (client, command, output) => {
    const stage = calling([{ ...answered({}), body: '', output }]);

    const handler = stage.resolveCommand(Object(command), Object(client), undefined);
    const given = (await handler(Object(command))).output;

    const { written, read } = await throughSdk(client, command, output);
    const operation = command.constructor.name.replace('Command', '');
    expect(stage.asked).toMatchObject([{ body: '', call: { operation, input: written } }]);
    expect(given).toEqual({ ...read, $metadata: Object(given).$metadata });
  });

  test('has bytes of its own, whatever the function makes of its input', async () => {
    const stage = calling([]);
    const Item = { order: { S: 'hearth#1' } };
    const command = new PutItemCommand({ TableName: 'orders', Item });
    const client = new DynamoDBClient(Object(stage.settings));

    await stage.resolveCommand(Object(command), Object(client), undefined)(Object(command));
    Item.order.S = 'hearth#2';

    expect(stage.asked).toMatchObject([
      { call: { role: 'IngestRole', input: { Item: { order: { S: 'hearth#1' } } } } },
    ]);
  });

  test('is refused as the SDK refuses it', async () => {
    const stage = calling([
      answered({ __type: 'ConditionalCheckFailedException', message: 'no' }, 400),
    ]);

    await expect(sent(stage)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(stage.asked).toHaveLength(1);
  });

  test('is asked again by the middleware, which is told the first answer too', async () => {
    const slow = answered({ __type: 'ThrottlingException', message: 'slow down' }, 400);
    const stage = calling([slow, slow, answered({})]);

    expect(await sent(stage)).toMatchObject({ $metadata: { attempts: 3 } });
    expect(stage.asked).toHaveLength(3);
    expect(stage.asked[2]).toMatchObject({
      headers: {
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        authorization: expect.stringMatching(/Credential=IngestRole\/.*\/dynamodb\/aws4_request/),
      },
      body: JSON.stringify(put.input),
    });
    expect(stage.middleware()).toBe(0);
  });

  test('is given up when the middleware gives it up', async () => {
    const down = answered({ __type: 'InternalServerError', message: 'down' }, 500);
    const stage = calling([down, down, down, down, down, down]);

    await expect(sent(stage)).rejects.toMatchObject({
      name: 'InternalServerError',
      $metadata: { attempts: 4 },
    });
    expect(stage.asked).toHaveLength(4);
  });

  test('of a model is asked again without a socket', async () => {
    const slow = {
      ...answered({ message: 'slow down' }, 429),
      headers: { 'x-amzn-errortype': 'ThrottlingException' },
    };
    const said = { output: { message: { role: 'assistant', content: [{ text: 'oak' }] } } };
    const stage = calling([slow, answered(said)]);
    const client = new BedrockRuntimeClient(Object(stage.settings));
    const ask = new ConverseCommand({ modelId: 'eu.model:1', messages: [] });

    const handler = stage.resolveCommand(Object(ask), Object(client), undefined);

    expect((await handler(Object(ask))).output).toMatchObject(said);
    expect(stage.asked.map(({ url }) => url)).toEqual([
      '/model/eu.model%3A1/converse',
      '/model/eu.model%3A1/converse',
    ]);
  });

  test('is none of S3, whose middleware does what counts', async () => {
    const stage = calling([{ ...answered({}), contentType: 'application/xml', body: '<a/>' }]);
    const client = new S3Client(Object(stage.settings));
    const list = new ListBucketsCommand({});

    await stage.resolveCommand(Object(list), Object(client), undefined)(Object(list));

    expect(stage.middleware()).toBe(1);
  });
});

test('the SDK’s clients ask for the way of a command where bundles are changed', async () => {
  const { outputFiles } = await build({
    ...lambdaBundle,
    stdin: {
      contents: "export { DynamoDBClient } from '@aws-sdk/client-dynamodb'",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    write: false,
  });

  const text = withResolveCommand(outputFiles?.[0]?.text ?? '');

  expect(text.match(/resolveCommand\([\w$]+, this, [\w$]+\)/g)).toHaveLength(2);
});
