import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, test } from 'vitest';
import { eumTextSender } from '#core/adapters/eum-text-sender.ts';
import type { OutgoingText } from '#core/ports/text-sender.ts';
import { type AwsAnswer, awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';
import { unanswered } from '#tests/fakes/unanswered.ts';

const settings = {
  poolId: 'pool-1',
  configurationSetName: 'texts',
  protectConfigurationId: 'protect-1',
  maxPricePerPart: 0.08,
};

const text: OutgoingText = {
  to: '+4915112345678',
  text: 'On its way.',
  parts: 2,
  isPromotional: false,
  secondsToLive: 3600,
  context: { shop: 'hearth', ref: 'abc' },
};

const refusing = (type: string, reason: string, status = 400): AwsAnswer => ({
  status,
  body: JSON.stringify({
    __type: type,
    Message: 'not to +4915112345678',
    ...(reason === '' ? {} : { Reason: reason }),
  }),
});

const sendTo = (answer: AwsAnswer) => {
  const { calls, config } = fakeAws(() => answer);
  return { calls, send: eumTextSender(new PinpointSMSVoiceV2Client(config), settings) };
};

describe('a text that is taken', () => {
  test('has the provider’s id', async () => {
    const { send } = sendTo(awsAnswer({ MessageId: 'm-1' }));

    expect(await send(text)).toEqual({ kind: 'accepted', messageId: 'm-1' });
  });

  test('goes from the pool, for its price and its time, with what names it', async () => {
    const { calls, send } = sendTo(awsAnswer({ MessageId: 'm-1' }));

    await send(text);

    expect(calls).toEqual([
      {
        operation: 'SendTextMessage',
        input: {
          DestinationPhoneNumber: '+4915112345678',
          OriginationIdentity: 'pool-1',
          ConfigurationSetName: 'texts',
          ProtectConfigurationId: 'protect-1',
          MessageBody: 'On its way.',
          MessageType: 'TRANSACTIONAL',
          MaxPrice: '0.16000',
          TimeToLive: 3600,
          Context: { shop: 'hearth', ref: 'abc' },
        },
      },
    ]);
  });

  test.each([
    [{ isPromotional: true }, { MessageType: 'PROMOTIONAL' }],
    [{ secondsToLive: 0.5 }, { TimeToLive: 5 }],
    [{ secondsToLive: 1e9 }, { TimeToLive: 259_200 }],
    [
      { context: { orderId: ' 7 ', blank: ' ', long: 'x'.repeat(900) } },
      { Context: { orderId: '7', blank: '-', long: 'x'.repeat(800) } },
    ],
  ])('keeps to what the API takes: %j', async (change, input) => {
    const { calls, send } = sendTo(awsAnswer({ MessageId: 'm-1' }));

    await send({ ...text, ...change });

    expect(calls).toMatchObject([{ input }]);
  });
});

describe('a text that is not taken', () => {
  test('because its number has opted out, reaches nobody there any more', async () => {
    const { send } = sendTo(refusing('ConflictException', 'DESTINATION_PHONE_NUMBER_OPTED_OUT'));

    expect(await send(text)).toEqual({
      kind: 'unreachable',
      isOptedOut: true,
      because: 'ConflictException: not to <number> (DESTINATION_PHONE_NUMBER_OPTED_OUT)',
    });
  });

  test.each([
    ['ConflictException', 'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION'],
    ['ValidationException', 'COUNTRY_NOT_ENABLED'],
    ['ValidationException', 'PRICE_OVER_THRESHOLD'],
  ])('because of where it goes (%s, %s), leaves the number as it is', async (type, reason) => {
    const { send } = sendTo(refusing(type, reason));

    expect(await send(text)).toMatchObject({ kind: 'unreachable', isOptedOut: false });
  });

  test('because it is not valid, is refused for good', async () => {
    const { send } = sendTo(refusing('ValidationException', 'FIELD_VALIDATION_FAILED'));

    expect(await send(text)).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['ThrottlingException', '', 400],
    ['ServiceQuotaExceededException', 'DAILY_DESTINATION_CALL_LIMIT', 400],
    ['ConflictException', 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED', 400],
    ['AccessDeniedException', 'ACCOUNT_DISABLED', 403],
    ['ResourceNotFoundException', '', 400],
    ['ServiceUnavailableException', '', 503],
  ])('because of the account or the moment (%s %s), may go later', async (type, reason, status) => {
    const { send } = sendTo(refusing(type, reason, status));

    expect(await send(text)).toMatchObject({ kind: 'later', isSpendLimit: false });
  });

  test('because the month’s spend limit is reached, says so', async () => {
    const { send } = sendTo(
      refusing('ServiceQuotaExceededException', 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT'),
    );

    expect(await send(text)).toMatchObject({ kind: 'later', isSpendLimit: true });
  });
});

describe('a text that nobody knows of whether it was taken', () => {
  test('is an error: an answer of the 500s', async () => {
    const { send } = sendTo(refusing('InternalServerException', '', 500));

    await expect(send(text)).rejects.toThrow('not to');
  });

  test('is an error: no answer', async () => {
    const client = new PinpointSMSVoiceV2Client(unanswered('ECONNRESET'));

    await expect(eumTextSender(client, settings)(text)).rejects.toThrow('no answer');
  });
});
