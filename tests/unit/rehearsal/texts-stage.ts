import {
  SendTextMessageCommand,
  type SendTextMessageRequest,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { letting, queue, sendingStage, type StageSettings } from './sending-stage.ts';
import { arnOf, getAtt, ref, type Resources, roleOf } from './stage.ts';

export const JANA = '+4915112345678';
const NUMBER = arnOf('sms-voice', 'phone-number/phone-1');
export const POOL = arnOf('sms-voice', 'pool/pool-apppool');

/** Lets SMS publish for all its resources of the account, as its user guide recommends. */
const topic = (id: string): Resources => ({
  [id]: { Type: 'AWS::SNS::Topic', Properties: {} },
  [`${id}Policy`]: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref(id)],
      PolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'sms-voice.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: ref(id),
          Condition: { ArnLike: { 'aws:SourceArn': arnOf('sms-voice', '*') } },
        },
      },
    },
  },
  [`${id}Queue`]: queue(),
  ...letting('sns.amazonaws.com', `${id}Queue`, ref(id)),
  [`${id}Subscription`]: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      Protocol: 'sqs',
      TopicArn: ref(id),
      Endpoint: getAtt(`${id}Queue`),
      RawMessageDelivery: true,
    },
  },
});

export const pool = (more: object = {}) => ({
  Type: 'AWS::SMSVOICE::Pool',
  Properties: {
    OriginationIdentities: [NUMBER],
    OptOutListName: ref('OptOuts'),
    MandatoryKeywords: { HELP: { Message: 'Call us.' }, STOP: { Message: 'No more texts.' } },
    TwoWay: { Enabled: true, ChannelArn: ref('Inbound') },
    ...more,
  },
});

export const texting: Resources = {
  ...roleOf('Sender', [['sms-voice:SendTextMessage', getAtt('Pool')]]),
  ...topic('Events'),
  ...topic('Inbound'),
  OptOuts: { Type: 'AWS::SMSVOICE::OptOutList', Properties: { OptOutListName: 'opt-outs' } },
  Protect: {
    Type: 'AWS::SMSVOICE::ProtectConfiguration',
    Properties: {
      CountryRuleSet: { SMS: [{ CountryCode: 'FR', ProtectStatus: 'BLOCK' }] },
    },
  },
  Set: {
    Type: 'AWS::SMSVOICE::ConfigurationSet',
    Properties: {
      ConfigurationSetName: 'texts',
      ProtectConfigurationId: ref('Protect'),
      EventDestinations: [
        {
          EventDestinationName: 'all',
          Enabled: true,
          MatchingEventTypes: ['TEXT_ALL'],
          SnsDestination: { TopicArn: ref('Events') },
        },
      ],
    },
  },
  Pool: pool(),
};

export const stage = async (settings: StageSettings = {}, resources = texting) => {
  const services = await sendingStage(resources, settings);
  const send = async (more: Partial<SendTextMessageRequest> = {}) =>
    services.sms.send(
      new SendTextMessageCommand({
        DestinationPhoneNumber: JANA,
        OriginationIdentity: 'pool-apppool',
        MessageBody: 'Your parcel left.',
        ConfigurationSetName: 'texts',
        Context: { shop: 'hearth', touch: 'dispatch-notice', orderId: '1', ref: 'r' },
        ...more,
      }),
    );
  const eventTypes = async () => {
    await services.clock.runUntil();
    return services.lying('EventsQueue').map(({ eventType }) => eventType);
  };
  const receive = async (body: string, from = JANA) => {
    services.channels.receiveText({ from, body });
    await services.clock.runUntil();
  };
  return { ...services, send, eventTypes, receive };
};
