import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  InvalidRequestException,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  FirehoseClient,
  PutRecordBatchCommand,
  PutRecordCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-firehose';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeState } from '#rehearsal/report/state-files.ts';
import { openGateway } from '#rehearsal/services/gateway.ts';
import { bootedWith } from './booted.ts';
import { answer, lakeTemplate, stage } from './lake-stage.ts';
import { ACCOUNT, functionOf, getAtt, REGION, type Resources, START_MS } from './stage.ts';

describe('the SDK’s clients', () => {
  const opened = async () => {
    const base = stage();
    const gateway = await openGateway();
    onTestFinished(gateway.close);
    gateway.serve(base.lake.services, (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`);
    const settingsOf = (accessKeyId: string) => ({
      endpoint: gateway.endpoint,
      region: REGION,
      credentials: { accessKeyId, secretAccessKey: 'rehearsal' },
    });
    const firehose = new FirehoseClient(settingsOf('App-WriterRole'));
    const athena = new AthenaClient(settingsOf('App-AnalystRole'));
    onTestFinished(() => {
      firehose.destroy();
      athena.destroy();
    });
    return { ...base, clients: { firehose, athena } };
  };

  const record = { Data: Buffer.from(`${JSON.stringify(answer)}\n`) };

  test('write rows, ask about them and read the answer in pages', async () => {
    const { clients, pass } = await opened();
    const Records = [record, record];

    const put = await clients.firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: 'App-Answers', Records }),
    );
    await pass(5);
    const { QueryExecutionId } = await clients.athena.send(
      new StartQueryExecutionCommand({
        QueryString: 'SELECT a.score FROM answers AS a CROSS JOIN UNNEST(sequence(1, 600)) AS t(n)',
        QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'lake' },
        WorkGroup: 'App-Reports',
      }),
    );
    await pass(1);
    const { QueryExecution } = await clients.athena.send(
      new GetQueryExecutionCommand({ QueryExecutionId }),
    );
    const lengths: number[] = [];
    for await (const page of paginateGetQueryResults(
      { client: clients.athena },
      { QueryExecutionId },
    ))
      lengths.push(page.ResultSet?.Rows?.length ?? 0);

    expect(put.RequestResponses?.map(({ RecordId }) => RecordId)).toEqual(['record-1', 'record-2']);
    expect(QueryExecution?.Status).toMatchObject({
      State: 'SUCCEEDED',
      SubmissionDateTime: new Date(START_MS + 5 * 60_000),
      CompletionDateTime: new Date(START_MS + 5 * 60_000 + 3000),
    });
    expect(lengths).toEqual([1000, 201]);
  });

  test('know the errors by their classes', async () => {
    const { clients } = await opened();

    const put = clients.firehose.send(
      new PutRecordCommand({ DeliveryStreamName: 'other', Record: record }),
    );
    const read = clients.athena.send(new GetQueryResultsCommand({ QueryExecutionId: 'other' }));

    await expect(put).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(read).rejects.toBeInstanceOf(InvalidRequestException);
  });
});

describe('a rehearsal', () => {
  const template: Resources = {
    ...lakeTemplate,
    ...functionOf('Keep', [['firehose:PutRecord', getAtt('Answers')]]),
    Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { source: [{ prefix: 'oms.' }] },
        Targets: [{ Arn: getAtt('Keep') }],
      },
    },
    MayInvoke: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: getAtt('Keep'),
        Principal: 'events.amazonaws.com',
        SourceArn: getAtt('Rule'),
      },
    },
  };

  const keep = `export const handler = ({ detail }) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      authorization: 'Credential=' + process.env.AWS_ACCESS_KEY_ID + '/d/r/firehose/aws4_request',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Firehose_20150804.PutRecord',
    },
    body: JSON.stringify({
      DeliveryStreamName: 'App-Answers',
      Record: { Data: Buffer.from(JSON.stringify(detail)).toString('base64') },
    }),
  });`;

  test('leaves what its functions put into streams as Parquet, rows in buffers too', async () => {
    const { rehearsal, stateDir } = await bootedWith(template, keep, 'Keep');
    rehearsal.schedule([
      { atMs: START_MS, source: 'oms.hearth', detailType: 'Answered', detail: { order_id: 'A-1' } },
      { atMs: START_MS + 60_000, source: 'oms.hearth', detailType: 'Answered', detail: { x: 1 } },
    ]);

    await rehearsal.run(START_MS + 2 * 60_000);
    await writeState(rehearsal, stateDir);

    const file = join(stateDir, 'lake', 'answers', 'dt=2026-03-02', 'part-0.parquet');
    expect(existsSync(file)).toBe(true);
    expect(rehearsal.denials).toEqual([]);
    expect(rehearsal.lake.problems).toEqual([
      'lake: answers: the table has no column x: Firehose would drop it',
    ]);
  });
});
