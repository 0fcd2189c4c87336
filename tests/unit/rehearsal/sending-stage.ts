import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { FaultInjector, type Faults } from '#rehearsal/faults.ts';
import { Channels, type SendingSettings } from '#rehearsal/services/channels.ts';
import { openGateway } from '#rehearsal/services/gateway.ts';
import type { SentMessage } from '#rehearsal/services/sent-message.ts';
import {
  ACCOUNT,
  getAtt,
  ref,
  REGION,
  type Resources,
  type ResourceTemplate,
  servicesOf,
} from './stage.ts';

export const queue = (Properties: Record<string, unknown> = {}): ResourceTemplate => ({
  Type: 'AWS::SQS::Queue',
  Properties,
});

/** Lets a service send to the queue `id`, for what has this ARN. */
export const letting = (service: string, id: string, sourceArn: unknown): Resources => ({
  [`${id}Policy`]: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref(id)],
      PolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sqs:SendMessage',
          Resource: getAtt(id),
          Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
        },
      },
    },
  },
});

export interface StageSettings extends Omit<SendingSettings, 'faults'> {
  readonly seed?: string | undefined;
  readonly faults?: Faults | undefined;
}

/** All that sends messages, behind the gateway, with the SDK's own clients; they end with the test. */
export const sendingStage = async (
  resources: Resources,
  { seed = '1', faults, ...settings }: StageSettings = {},
  modules: Readonly<Record<string, string>> = {},
) => {
  const gateway = await openGateway();
  onTestFinished(gateway.close);
  const services = servicesOf(resources, modules, gateway.endpoint);
  const arrived: SentMessage[] = [];
  const injector = new FaultInjector(faults, seed);
  const channels = new Channels({
    ...services,
    settings: { ...settings, faults: injector },
    onArrival: (message) => arrived.push(message),
  });
  gateway.serve(
    { ...channels.services, sqs: services.queues.service },
    (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  );
  const as = (accessKeyId: string) => ({
    endpoint: gateway.endpoint,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: 'rehearsal' },
  });
  const closing = <Client extends { destroy: () => void }>(client: Client): Client => {
    onTestFinished(() => client.destroy());
    return client;
  };
  /** What lies in a queue, as JSON. */
  const lying = (id: string) =>
    services.queues
      .waiting()
      .filter(({ queue: { logicalId } }) => logicalId === id)
      .flatMap(({ messages }) => messages.map(({ body }) => JSON.parse(body)));
  return {
    ...services,
    channels,
    injector,
    arrived,
    lying,
    ses: closing(new SESClient(as('App-SenderRole'))),
    sms: closing(new PinpointSMSVoiceV2Client(as('App-SenderRole'))),
    push: closing(new PinpointClient(as('App-SenderRole'))),
    sqs: closing(new SQSClient(as('App-SenderRole'))),
  };
};
