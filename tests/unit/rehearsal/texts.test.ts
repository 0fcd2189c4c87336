import {
  ConflictException,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, test } from 'vitest';
import { arnOf, roleOf, START_MS } from './stage.ts';
import { JANA, POOL, pool, stage, texting } from './texts-stage.ts';

describe('a text', () => {
  test('reaches its phone, with its context', async () => {
    const { send, channels, arrived } = await stage();

    const { MessageId } = await send();

    expect(channels.texts).toEqual([
      {
        messageId: MessageId,
        at: '2026-03-02T08:00:00.000Z',
        from: '+442079460000',
        to: JANA,
        body: 'Your parcel left.',
        context: { shop: 'hearth', touch: 'dispatch-notice', orderId: '1', ref: 'r' },
        parts: 1,
        price: 0.1,
        isKeywordAnswer: false,
      },
    ]);
    expect(arrived).toMatchObject([{ channel: 'sms', messageId: MessageId }]);
  });

  test('is told on the topic of its configuration set, as the user guide shows events', async () => {
    const { send, clock, lying } = await stage();

    const { MessageId } = await send({ OriginationIdentity: POOL, MessageType: 'PROMOTIONAL' });
    await clock.runUntil();

    const [, delivered] = lying('EventsQueue');
    expect(delivered).toEqual({
      eventType: 'TEXT_DELIVERED',
      eventVersion: '1.0',
      eventTimestamp: START_MS + 4000,
      isFinal: true,
      originationPhoneNumber: '+442079460000',
      destinationPhoneNumber: JANA,
      isoCountryCode: 'DE',
      messageId: MessageId,
      messageRequestTimestamp: START_MS,
      messageEncoding: 'GSM',
      messageType: 'PROMOTIONAL',
      messageStatus: 'DELIVERED',
      messageStatusDescription: 'Message has been accepted by phone',
      context: { shop: 'hearth', touch: 'dispatch-notice', orderId: '1', ref: 'r' },
      totalMessageParts: 1,
      totalMessagePrice: 0.1,
      totalCarrierFee: 0,
      protectConfiguration: {
        protectConfigurationId: 'protect-appprotect',
        protectStatus: 'ALLOW',
      },
    });
  });

  test.each([
    ['+447700900123', 'GB', 0.04],
    ['+12025550123', 'US', 0.00581],
    ['+14165550123', 'CA', 0.006],
    ['+46701740605', 'SE', 0.08],
  ])('to %s goes to %s, at its price', async (DestinationPhoneNumber, country, price) => {
    const { send, clock, lying } = await stage();

    await send({ DestinationPhoneNumber });
    await clock.runUntil();

    expect(lying('EventsQueue').at(-1)).toMatchObject({
      eventType: 'TEXT_DELIVERED',
      isoCountryCode: country,
      totalMessagePrice: price,
    });
  });

  test('is only tried with DryRun', async () => {
    const { send, channels, eventTypes } = await stage();

    await send({ DryRun: true });

    expect([channels.texts, await eventTypes()]).toEqual([[], []]);
  });

  test.each([
    ['to a number that bounces', { bounces: 1 }, {}, 'TEXT_INVALID'],
    [
      'to a country that does not exist',
      {},
      { DestinationPhoneNumber: '+9990000000' },
      'TEXT_INVALID',
    ],
    ['with a shortened link', {}, { MessageBody: 'See bit.ly/3x' }, 'TEXT_CARRIER_BLOCKED'],
    ['to a phone that stays off', { unreachable: 1 }, { TimeToLive: 60 }, 'TEXT_TTL_EXPIRED'],
  ])('%s does not arrive, and is told why', async (_, faults, more, type) => {
    const { send, eventTypes, arrived, channels } = await stage({ faults });

    await send(more);

    expect(await eventTypes()).toEqual(['TEXT_QUEUED', type]);
    expect([channels.texts.length, arrived.length]).toEqual([1, 0]);
  });

  test('costs what the prices say, a part each', async () => {
    const other = { perPart: 0.2, carrierFee: 0.01 };
    const { send, clock, lying } = await stage({ textPrices: { other } });

    await send({ MessageBody: 'x'.repeat(161) });
    await clock.runUntil();

    expect(lying('EventsQueue')[0]).toMatchObject({
      totalMessageParts: 2,
      totalMessagePrice: 0.4,
      totalCarrierFee: 0.02,
    });
  });
});

describe('a text is refused', () => {
  test('when it costs more than it may', async () => {
    const { send, channels } = await stage();

    const refused = send({ MaxPrice: '0.09' });

    await expect(refused).rejects.toThrow(ValidationException);
    await expect(refused).rejects.toMatchObject({ Reason: 'PRICE_OVER_THRESHOLD' });
    expect(channels.texts).toEqual([]);
  });

  test.each([
    ['DestinationPhoneNumber', { DestinationPhoneNumber: '0151 12345678' }],
    ['MessageBody', { MessageBody: 'x'.repeat(1601) }],
    ['TimeToLive', { TimeToLive: 4 }],
    ['MaxPrice', { MaxPrice: '1' }],
    ['Context', { Context: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } }],
  ])('for a %s out of bounds, naming it', async (Name, more) => {
    const { send } = await stage();

    await expect(send(more)).rejects.toMatchObject({
      name: 'ValidationException',
      Reason: 'FIELD_VALIDATION_FAILED',
      Fields: [{ Name }],
    });
  });

  test('for a parameter that is not modelled, naming it', async () => {
    const { send } = await stage();

    await expect(send({ Keyword: 'JOIN' })).rejects.toThrow('Keyword is not modelled');
  });

  test('to a country that the protect configuration blocks', async () => {
    const { send } = await stage();

    const refused = send({ DestinationPhoneNumber: '+33612345678' });

    await expect(refused).rejects.toThrow(ConflictException);
    await expect(refused).rejects.toMatchObject({
      Reason: 'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
    });
  });

  test('from what does not exist', async () => {
    const anyPool = roleOf('Sender', [['sms-voice:SendTextMessage', arnOf('sms-voice', 'pool/*')]]);
    const { send } = await stage({}, { ...texting, ...anyPool });

    await expect(send({ OriginationIdentity: 'pool-2' })).rejects.toThrow(
      ResourceNotFoundException,
    );
    await expect(send({ ConfigurationSetName: 'other' })).rejects.toThrow('other');
    await expect(send({ ProtectConfigurationId: 'other' })).rejects.toThrow('other');
  });

  test('from a pool that the role was not granted', async () => {
    const { send, authorizer } = await stage({}, { ...texting, ...roleOf('Sender', []) });

    await expect(send()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(authorizer.denials).toMatchObject([
      { principal: 'App-SenderRole', action: 'sms-voice:SendTextMessage', resource: POOL },
    ]);
  });
});

describe('a template is refused by name', () => {
  test.each([
    ['a pool without its keywords', pool({ MandatoryKeywords: {} }), 'give MandatoryKeywords'],
    ['a list that does not exist', pool({ OptOutListName: 'x' }), 'no opt-out list x'],
    [
      'a role for the channel',
      pool({ TwoWay: { Enabled: true, ChannelArn: 'a:b:sns', ChannelRole: 'r' } }),
      'ChannelRole is not modelled',
    ],
    [
      'a channel that is no topic',
      pool({ TwoWay: { Enabled: true, ChannelArn: 'connect' } }),
      'give a topic',
    ],
    [
      'an unknown action',
      pool({ OptionalKeywords: [{ Keyword: 'A', Action: 'B', Message: 'C' }] }),
      'got the keyword action B',
    ],
  ])('for %s', async (_, Pool, problem) => {
    await expect(stage({}, { ...texting, Pool })).rejects.toThrow(problem);
  });

  test('for an event destination that is no topic', async () => {
    const EventDestinations = [
      { EventDestinationName: 'logs', Enabled: true, CloudWatchLogsDestination: {} },
    ];
    const Set = { Type: 'AWS::SMSVOICE::ConfigurationSet', Properties: { EventDestinations } };

    await expect(stage({}, { ...texting, Set })).rejects.toThrow(
      'CloudWatchLogsDestination is not modelled',
    );
  });
});
