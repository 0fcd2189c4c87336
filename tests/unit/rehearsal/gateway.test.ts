import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import { openGateway, type Services } from '#rehearsal/services/gateway.ts';
import type { ServiceCall } from '#rehearsal/services/service.ts';

const signedBy = (role: string, service: string) =>
  `AWS4-HMAC-SHA256 Credential=${role}/20260302/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const opened = async (services: Services) => {
  const gateway = await openGateway();
  onTestFinished(gateway.close);
  gateway.serve(services, (role) => `arn:aws:iam::111122223333:role/${role}`);
  const ask = async (headers: Readonly<Record<string, string>>, body: string) => {
    const response = await fetch(gateway.endpoint, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  };
  const askJson = (service: string, target: string, input: object) =>
    ask(
      {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        authorization: signedBy('App-DecideRole', service),
      },
      JSON.stringify(input),
    );
  return { gateway, ask, askJson };
};

describe('the gateway', () => {
  test('hands a call to the service that signed it names, by the role that signed', async () => {
    const calls: ServiceCall[] = [];
    const { askJson, gateway } = await opened({
      sqs: async (call) => {
        calls.push(call);
        return { MessageId: '1' };
      },
    });

    const { status, text } = await askJson('sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'q' });

    expect([status, JSON.parse(text)]).toEqual([200, { MessageId: '1' }]);
    expect(calls).toEqual([
      {
        principal: { arn: 'arn:aws:iam::111122223333:role/App-DecideRole' },
        operation: 'SendMessage',
        input: { QueueUrl: 'q' },
      },
    ]);
    expect([...gateway.requests]).toEqual([['sqs:SendMessage', 1]]);
  });

  test('reads and writes the query protocol of SES', async () => {
    const { ask } = await opened({
      ses: async ({ input }) => ({ MessageId: `<${String(input['A'])}>` }),
    });

    const { text } = await ask(
      {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: signedBy('App-DeliverRole', 'ses'),
      },
      'Action=SendRawEmail&A=1',
    );

    expect(text).toBe(
      '<SendRawEmailResponse><SendRawEmailResult><MessageId>&lt;1&gt;</MessageId></SendRawEmailResult></SendRawEmailResponse>',
    );
  });

  test('reads and writes the REST protocol of Scheduler', async () => {
    const calls: ServiceCall[] = [];
    const { gateway } = await opened({
      scheduler: async (call) => {
        calls.push(call);
      },
    });

    const response = await fetch(
      `${gateway.endpoint}/schedules/order%2E1?groupName=touches&clientToken=a`,
      { method: 'DELETE', headers: { authorization: signedBy('App-DecideRole', 'scheduler') } },
    );

    expect([response.status, await response.text()]).toEqual([200, '{}']);
    expect(calls).toMatchObject([
      {
        operation: 'DeleteSchedule',
        input: { Name: 'order.1', GroupName: 'touches', ClientToken: 'a' },
      },
    ]);
  });

  test.each([
    ['ConflictException', 409],
    ['ResourceNotFoundException', 404],
    ['AccessDeniedException', 403],
    ['ValidationException', 400],
  ])('answers %s of a REST service by %d, its name in a header', async (code, status) => {
    const { gateway } = await opened({
      scheduler: async () => {
        throw new AwsError(code, 'no');
      },
    });

    const response = await fetch(`${gateway.endpoint}/schedules/1`, {
      headers: { authorization: signedBy('App-DecideRole', 'scheduler') },
    });

    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, code]);
    expect(await response.json()).toEqual({ Message: 'no' });
  });

  test('answers an error of a service as AWS does', async () => {
    const { askJson } = await opened({
      sqs: async () => {
        throw new AwsError('NonExistentQueue', 'no queue');
      },
    });

    const { status, text } = await askJson('sqs', 'AmazonSQS.SendMessage', {});

    expect([status, JSON.parse(text)]).toEqual([
      400,
      { __type: 'NonExistentQueue', message: 'no queue' },
    ]);
  });

  test('answers its own faults by 500, so that nobody takes them for AWS’s word', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => printed.mockRestore());
    const { askJson } = await opened({
      sqs: async () => {
        throw new TypeError('a slip');
      },
    });

    const { status, text } = await askJson('sqs', 'AmazonSQS.SendMessage', {});

    expect(status).toBe(500);
    expect(text).toContain('InternalFailure');
    expect(printed).toHaveBeenCalledOnce();
  });

  test('refuses a service that is not modelled, by name', async () => {
    const { askJson } = await opened({});

    const { status, text } = await askJson('kinesis', 'Kinesis_20131202.PutRecord', {});

    expect([status, JSON.parse(text).message]).toEqual([
      400,
      'kinesis is not modelled by the rehearsal',
    ]);
  });

  test('refuses a request that nobody has signed', async () => {
    const { ask } = await opened({});

    const { status, text } = await ask({ 'content-type': 'application/x-amz-json-1.0' }, '{}');

    expect([status, JSON.parse(text).__type]).toEqual([400, 'MissingAuthenticationToken']);
  });
});
