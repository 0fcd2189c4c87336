import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { describe, expect, test } from 'vitest';
import { pinpointPushSender } from '#core/adapters/pinpoint-push-sender.ts';
import type { OutgoingPush } from '#core/ports/push-sender.ts';
import { type AwsAnswer, awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';
import { unanswered } from '#tests/fakes/unanswered.ts';

const push: OutgoingPush = {
  devices: [
    { token: 'phone', platform: 'APNS' },
    { token: 'tablet', platform: 'GCM' },
  ],
  title: 'On its way',
  text: 'Expected tomorrow.',
  url: 'https://links.hearth.example/s/abc',
  secondsToLive: 3600.9,
  data: { shop: 'hearth', ref: 'abc' },
};

const result = (DeliveryStatus: string, StatusCode: number, more: object = {}) => ({
  DeliveryStatus,
  StatusCode,
  MessageId: 'm-1',
  ...more,
});

const sendTo = (answer: AwsAnswer) => {
  const { calls, config } = fakeAws(() => answer);
  return { calls, send: pinpointPushSender(new PinpointClient(config), 'app-1') };
};

const answering = (results: object) =>
  sendTo(awsAnswer({ ApplicationId: 'app-1', Result: results }));

const refusing = (type: string, status: number) =>
  sendTo({ status, body: JSON.stringify({ __type: type, Message: 'no' }) });

describe('a notification', () => {
  test('goes to all devices in one request, as each platform takes it', async () => {
    const { calls, send } = answering({});

    await send(push);

    const message = {
      Title: 'On its way',
      Body: 'Expected tomorrow.',
      Action: 'URL',
      Url: 'https://links.hearth.example/s/abc',
      TimeToLive: 3600,
      Data: { shop: 'hearth', ref: 'abc', url: 'https://links.hearth.example/s/abc' },
    };
    expect(calls).toEqual([
      {
        operation: 'POST /v1/apps/app-1/messages',
        input: {
          Addresses: { phone: { ChannelType: 'APNS' }, tablet: { ChannelType: 'GCM' } },
          MessageConfiguration: { GCMMessage: message, APNSMessage: message },
        },
      },
    ]);
  });

  test('is written for no platform that the customer has no device of', async () => {
    const { calls, send } = answering({});

    await send({ ...push, devices: [{ token: 'phone', platform: 'APNS' }] });

    const { MessageConfiguration } = Object(calls[0]?.input);
    expect(Object.keys(MessageConfiguration)).toEqual(['APNSMessage']);
  });
});

describe('what became of it on a device', () => {
  test.each([
    ['accepted', result('SUCCESSFUL', 200)],
    ['later', result('TEMPORARY_FAILURE', 503)],
    ['later', result('THROTTLED', 429)],
    ['gone', result('PERMANENT_FAILURE', 410, { StatusMessage: 'Unregistered or expired token' })],
    ['refused', result('PERMANENT_FAILURE', 400, { StatusMessage: 'the channel is not enabled' })],
    [
      'refused',
      result('PERMANENT_FAILURE', 410, { StatusMessage: '{"reason":"DeviceTokenNotForTopic"}' }),
    ],
    ['refused', result('DUPLICATE', 200)],
    ['refused', result('OPT_OUT', 200)],
    ['unknown', result('UNKNOWN_FAILURE', 500)],
    ['unknown', result('TIMEOUT', 504)],
  ])('is %s when the provider says %j', async (state, said) => {
    const { send } = answering({ phone: said });

    expect(await send({ ...push, devices: [{ token: 'phone', platform: 'APNS' }] })).toMatchObject({
      kind: 'answered',
      devices: [{ token: 'phone', platform: 'APNS', state, messageId: 'm-1' }],
    });
  });

  test('is told with the token that the device has by now', async () => {
    const { send } = answering({
      phone: result('SUCCESSFUL', 200),
      tablet: result('SUCCESSFUL', 200, { UpdatedToken: 'tablet-2' }),
    });

    expect(await send(push)).toMatchObject({
      devices: [{ token: 'phone' }, { token: 'tablet', newToken: 'tablet-2' }],
    });
  });

  test('is unknown where the answer has nothing of it', async () => {
    expect(await answering({}).send(push)).toMatchObject({
      devices: [{ state: 'unknown' }, { state: 'unknown' }],
    });
  });

  test('is told without the token itself', async () => {
    const { send } = answering({
      tablet: result('PERMANENT_FAILURE', 400, { StatusMessage: 'token tablet is broken' }),
    });

    expect(await send(push)).toMatchObject({
      devices: [{}, { because: 'PERMANENT_FAILURE 400 token <token> is broken' }],
    });
  });
});

describe('a request that the provider does not carry out', () => {
  test.each([
    ['BadRequestException', 400],
    ['PayloadTooLargeException', 413],
  ])('for what it is (%s) is refused for good', async (type, status) => {
    expect(await refusing(type, status).send(push)).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['TooManyRequestsException', 429],
    ['ForbiddenException', 403],
    ['NotFoundException', 404],
    ['ServiceUnavailableException', 503],
  ])('for the state of the account (%s) may go later', async (type, status) => {
    expect(await refusing(type, status).send(push)).toMatchObject({ kind: 'later' });
  });

  test('is an error when it may have been carried out', async () => {
    await expect(refusing('InternalServerErrorException', 500).send(push)).rejects.toThrow('no');
    await expect(
      pinpointPushSender(new PinpointClient(unanswered('ECONNRESET')), 'app-1')(push),
    ).rejects.toThrow('no answer');
  });
});
