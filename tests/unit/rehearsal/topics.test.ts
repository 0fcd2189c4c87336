import { describe, expect, test } from 'vitest';
import { Topics } from '#rehearsal/services/topics.ts';
import { letting, queue } from './sending-stage.ts';
import { ACCOUNT, arnOf, awsErrorOf, getAtt, ref, type Resources, servicesOf } from './stage.ts';

const TOPIC = arnOf('sns', 'App-Events');
const SET = arnOf('sms-voice', 'configuration-set/texts');
const sms = { service: 'sms-voice.amazonaws.com', sourceArns: [SET] };

const policy = (Condition: object): Resources => ({
  EventsPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref('Events')],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: ref('Events'),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'sms-voice.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: ref('Events'),
            Condition,
          },
        ],
      },
    },
  },
});

const subscription = (more: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: {
    Protocol: 'sqs',
    TopicArn: ref('Events'),
    Endpoint: getAtt('Taken'),
    RawMessageDelivery: true,
    ...more,
  },
});

const key = (services: readonly string[]) => ({
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: services },
        Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
    },
  },
});

const withTopic: Resources = {
  Events: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: getAtt('Key') } },
  Key: key(['sms-voice.amazonaws.com', 'sns.amazonaws.com']),
  ...policy({ StringEquals: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': SET } }),
  Taken: queue({ KmsMasterKeyId: getAtt('Key') }),
  ...letting('sns.amazonaws.com', 'Taken', ref('Events')),
  Subscription: subscription(),
};

const stage = (resources: Resources = withTopic) => {
  const services = servicesOf(resources);
  const topics = new Topics(services);
  const taken = async () => {
    await services.clock.runUntil();
    return services.queues
      .waiting()
      .flatMap(({ queue: { logicalId }, messages }) =>
        messages.map(({ body }) => `${logicalId}: ${body}`),
      );
  };
  return { ...services, topics, taken };
};

describe('a message of a topic', () => {
  test('comes to the queues that subscribe to it, as it was published', async () => {
    const { topics, taken } = stage();

    topics.publish(TOPIC, sms, '{"a":1}');

    expect(await taken()).toEqual(['Taken: {"a":1}']);
  });

  test.each([
    [
      'the topic’s policy names another account',
      policy({ StringEquals: { 'aws:SourceAccount': '1' } }),
    ],
    [
      'the topic’s policy names another source',
      policy({ ArnLike: { 'aws:SourceArn': `${SET}2` } }),
    ],
    ['the key’s policy does not name the service', { Key: key(['sns.amazonaws.com']) }],
  ])('is denied to a service when %s', async (_, resources) => {
    const { topics, taken, authorizer } = stage({ ...withTopic, ...resources });

    const error = await awsErrorOf(() => topics.publish(TOPIC, sms, 'x'));

    expect(error).toMatch(/^AccessDeniedException: sms-voice.amazonaws.com/);
    expect([await taken(), authorizer.denials.length]).toEqual([[], 1]);
  });

  test('needs the policy to hold for each source that AWS may name', async () => {
    const { topics } = stage();
    const publisher = { ...sms, sourceArns: [SET, arnOf('sms-voice', 'pool/1')] };

    expect(await awsErrorOf(() => topics.publish(TOPIC, publisher, 'x'))).toContain('sns:Publish');
  });

  test.each([
    ['the queue', letting('sns.amazonaws.com', 'Taken', `${TOPIC}2`), 'sqs:SendMessage'],
    ['the queue’s key', { Key: key(['sms-voice.amazonaws.com']) }, 'kms:GenerateDataKey'],
    [
      'the subscription’s dead-letter queue',
      {
        Dead: queue(),
        Subscription: subscription({ RedrivePolicy: { deadLetterTargetArn: getAtt('Dead') } }),
      },
      'sqs:SendMessage',
    ],
  ])('is not delivered when %s does not let SNS in', async (_, resources, action) => {
    const { topics, taken, authorizer } = stage({ ...withTopic, ...resources });

    topics.publish(TOPIC, sms, 'x');

    expect(await taken()).toEqual([]);
    expect(authorizer.denials).toMatchObject([{ principal: 'sns.amazonaws.com', action }]);
  });

  test('that does not exist is an error', () => {
    expect(() => stage().topics.publish(`${TOPIC}2`, sms, 'x')).toThrow('no topic');
  });
});

describe('a topic', () => {
  test('that only people subscribe to delivers to nobody', async () => {
    const Subscription = subscription({ Protocol: 'email', Endpoint: 'ops@hearth.example' });
    const { topics, taken } = stage({ ...withTopic, Subscription });

    topics.publish(TOPIC, sms, 'x');

    expect(await taken()).toEqual([]);
  });

  test.each([
    ['wrapped messages', { Subscription: subscription({ RawMessageDelivery: false }) }],
    ['another protocol', { Subscription: subscription({ Protocol: 'lambda' }) }],
    ['a filter', { Subscription: subscription({ FilterPolicy: {} }) }],
    ['an order', { Events: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } } }],
  ])('with %s is refused', (_, resources) => {
    expect(() => stage({ ...withTopic, ...resources })).toThrow(/modelled by the rehearsal/);
  });
});
