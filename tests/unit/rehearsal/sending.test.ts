import { describe, expect, onTestFinished, test } from 'vitest';
import type { React } from '#rehearsal/input/customer-model.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { assemblyOf, temporaryFolder } from './booted.ts';
import { arnOf, functionOf, getAtt, MINUTE_MS, ref, type Resources, START_MS } from './stage.ts';

/** A function that the bus calls, and that sends one message by each channel. */
const sending: Resources = {
  ...functionOf('Send', [
    ['ses:SendRawEmail', '*'],
    ['sms-voice:SendTextMessage', getAtt('Pool')],
    ['mobiletargeting:SendMessages', arnOf('mobiletargeting', 'apps/*/messages')],
  ]),
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'detail-type': ['OrderPlaced'] },
      Targets: [{ Arn: getAtt('Send') }],
    },
  },
  MayInvoke: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Send'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule'),
    },
  },
  Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'hearth.example' } },
  Pool: {
    Type: 'AWS::SMSVOICE::Pool',
    Properties: {
      OriginationIdentities: [],
      MandatoryKeywords: { HELP: { Message: 'Call us.' }, STOP: { Message: 'No more.' } },
    },
  },
  App: { Type: 'AWS::Pinpoint::App', Properties: { Name: 'devices' } },
  Android: {
    Type: 'AWS::Pinpoint::GCMChannel',
    Properties: { ApplicationId: ref('App'), Enabled: true },
  },
};

const send = `export const handler = async () => {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key } = process.env;
  const post = (service, path, contentType, body, more = {}) => fetch(endpoint + path, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      authorization: 'Credential=' + key + '/d/r/' + service + '/aws4_request',
      ...more,
    },
    body,
  });
  const reference = { shop: 'hearth', touch: 'dispatch-notice', orderId: '1' };
  await post('ses', '/', 'application/x-www-form-urlencoded', new URLSearchParams({
    Action: 'SendRawEmail', Source: 'a@hearth.example', 'Destinations.member.1': 'jana@c.example',
    'RawMessage.Data': btoa('Subject: x'), 'Tags.member.1.Name': 'orderId', 'Tags.member.1.Value': '1',
  }).toString());
  await post('sms-voice', '/', 'application/x-amz-json-1.0', JSON.stringify({
    DestinationPhoneNumber: '+4915112345678', OriginationIdentity: 'pool-apppool',
    MessageBody: 'On its way', Context: reference,
  }), { 'x-amz-target': 'PinpointSMSVoiceV2.SendTextMessage' });
  await post('mobiletargeting', '/v1/apps/devices/messages', 'application/json', JSON.stringify({
    Addresses: { token: { ChannelType: 'GCM' } },
    MessageConfiguration: { GCMMessage: { Title: 'On its way', Data: reference } },
  }));
};`;

const run = async (react: React) => {
  const rehearsal = await Rehearsal.boot({
    assemblyDir: assemblyOf(sending, send, 'Send'),
    stateDir: temporaryFolder(),
    startMs: START_MS,
    seed: '1',
    react,
    textPrices: { other: { perPart: 1, carrierFee: 0 } },
  });
  onTestFinished(() => rehearsal.stop());
  const atMs = START_MS + MINUTE_MS;
  rehearsal.schedule([{ atMs, source: 'oms.hearth', detailType: 'OrderPlaced', detail: {} }]);
  await rehearsal.run(START_MS + 5 * MINUTE_MS);
  return rehearsal;
};

describe('a rehearsal', () => {
  test('keeps what was sent by each channel, and lets customers react to all of it', async () => {
    const seen: string[] = [];

    const rehearsal = await run((message) => {
      seen.push(message.channel);
      const detail = { channel: message.channel };
      const atMs = Date.parse(message.at) + MINUTE_MS;
      return [{ atMs, source: 'oms.hearth', detailType: 'Reacted', detail }];
    });

    expect(rehearsal.denials).toEqual([]);
    expect(rehearsal.outbox).toMatchObject([{ to: ['jana@c.example'], tags: { orderId: '1' } }]);
    expect(rehearsal.texts).toMatchObject([{ body: 'On its way', price: 1 }]);
    expect(rehearsal.pushes).toMatchObject([{ to: 'token', data: { shop: 'hearth' } }]);
    expect(seen).toEqual(['email', 'sms', 'push']);
    expect(rehearsal.reactions).toHaveLength(3);
    expect(Object.values(rehearsal.injected).every((count) => count === 0)).toBe(true);
  });

  test('lets a customer text at any time', async () => {
    const rehearsal = await run(() => []);

    rehearsal.receiveText({ from: '+4915112345678', body: 'STOP' });
    await rehearsal.run(START_MS + 6 * MINUTE_MS);

    expect(rehearsal.texts.at(-1)).toMatchObject({
      at: new Date(START_MS + 5 * MINUTE_MS).toISOString(),
      body: 'No more.',
      isKeywordAnswer: true,
    });
  });
});
