import {
  BadRequestException,
  type MessageRequest,
  NotFoundException,
  SendMessagesCommand,
} from '@aws-sdk/client-pinpoint';
import { describe, expect, test } from 'vitest';
import { sendingStage } from './sending-stage.ts';
import { arnOf, ref, type Resources, roleOf } from './stage.ts';

const APP = 'appdevices';

const withApp: Resources = {
  ...roleOf('Sender', [
    ['mobiletargeting:SendMessages', arnOf('mobiletargeting', 'apps/*/messages')],
  ]),
  Devices: { Type: 'AWS::Pinpoint::App', Properties: { Name: 'App-Devices' } },
  Android: {
    Type: 'AWS::Pinpoint::GCMChannel',
    Properties: { ApplicationId: ref('Devices'), Enabled: true },
  },
  Apple: {
    Type: 'AWS::Pinpoint::APNSChannel',
    Properties: { ApplicationId: ref('Devices'), Enabled: true },
  },
};

const Data = { shop: 'hearth', touch: 'dispatch-notice', orderId: '1', ref: 'r' };
const message = {
  Title: 'On its way',
  Body: 'Your parcel left.',
  Data,
  Url: 'https://h.example/1',
};

const requestTo = (...tokens: readonly string[]): MessageRequest => ({
  Addresses: Object.fromEntries(tokens.map((token) => [token, { ChannelType: 'GCM' as const }])),
  MessageConfiguration: { GCMMessage: message },
});

const stage = async (resources = withApp) => {
  const services = await sendingStage(resources);
  const send = async (MessageRequest: MessageRequest, ApplicationId = APP) => {
    const command = new SendMessagesCommand({ ApplicationId, MessageRequest });
    const { MessageResponse } = await services.push.send(command);
    return MessageResponse?.Result ?? {};
  };
  return { ...services, send };
};

describe('a notification', () => {
  test('reaches its device with its data, by each channel’s own message', async () => {
    const { send, channels, arrived } = await stage();

    const result = await send({
      Addresses: { a: { ChannelType: 'GCM' }, b: { ChannelType: 'APNS' } },
      MessageConfiguration: {
        GCMMessage: message,
        APNSMessage: { ...message, Title: 'Unterwegs' },
      },
    });

    const at = '2026-03-02T08:00:00.000Z';
    const sent = { at, body: message.Body, url: message.Url, data: Data };
    expect(channels.pushes).toEqual([
      {
        ...sent,
        messageId: result['a']?.MessageId,
        to: 'a',
        channelType: 'GCM',
        title: 'On its way',
      },
      {
        ...sent,
        messageId: result['b']?.MessageId,
        to: 'b',
        channelType: 'APNS',
        title: 'Unterwegs',
      },
    ]);
    expect(result['a']).toMatchObject({ DeliveryStatus: 'SUCCESSFUL', StatusCode: 200 });
    expect(arrived).toMatchObject([{ channel: 'push', data: Data }, { channel: 'push' }]);
  });

  test.each([
    ['gone-1', 'PERMANENT_FAILURE', 410],
    ['busy-1', 'TEMPORARY_FAILURE', 503],
    ['throttled-1', 'THROTTLED', 429],
  ])('to %s fails: %s', async (token, DeliveryStatus, StatusCode) => {
    const { send, channels } = await stage();

    const result = await send(requestTo(token, 'well'));

    expect(result[token]).toMatchObject({ DeliveryStatus, StatusCode });
    expect(channels.pushes.map(({ to }) => to)).toEqual(['well']);
  });

  test('to a device with a newer token arrives, and tells the token', async () => {
    const { send, channels } = await stage();

    const result = await send(requestTo('moved-abc'));

    expect(result['moved-abc']).toMatchObject({
      DeliveryStatus: 'SUCCESSFUL',
      UpdatedToken: 'abc',
    });
    expect(channels.pushes).toHaveLength(1);
  });

  test('by a channel that the app does not have fails for good', async () => {
    const { Android: _, ...withoutAndroid } = withApp;
    const { send } = await stage(withoutAndroid);

    expect((await send(requestTo('a')))['a']).toMatchObject({
      DeliveryStatus: 'PERMANENT_FAILURE',
      StatusCode: 400,
    });
  });

  test('by an app that does not exist is not found', async () => {
    const { send } = await stage();

    await expect(send(requestTo('a'), 'other')).rejects.toThrow(NotFoundException);
  });

  test('by an app that the role was not granted is denied, naming its messages', async () => {
    const { send, authorizer } = await stage({ ...withApp, ...roleOf('Sender', []) });

    await expect(send(requestTo('a'))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(authorizer.denials).toMatchObject([
      {
        principal: 'App-SenderRole',
        action: 'mobiletargeting:SendMessages',
        resource: arnOf('mobiletargeting', `apps/${APP}/messages`),
      },
    ]);
  });

  test('to nobody, or to more than a hundred, is refused', async () => {
    const { send } = await stage();
    const many = Array.from({ length: 101 }, (_, at) => `token-${at}`);

    await expect(send(requestTo())).rejects.toThrow(BadRequestException);
    await expect(send(requestTo(...many))).rejects.toThrow('expected 1 to 100 addresses');
  });

  test('in a form that is not modelled is refused by name', async () => {
    const { send } = await stage();
    const request = {
      ...requestTo('a'),
      MessageConfiguration: { GCMMessage: { RawContent: '{}' } },
    };

    await expect(send(request)).rejects.toThrow(/not modelled[\s\S]*RawContent/);
  });
});
