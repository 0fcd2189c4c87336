import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy, readResourcePolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');
const queues = cloud.ofType('AWS::SQS::Queue');
const [key] = cloud.ofType('AWS::KMS::Key');

const deadLetterOf = ({ properties }: Resource): unknown =>
  Object(properties['RedrivePolicy']).deadLetterTargetArn;

const policiesOf = ({ ref }: Resource) =>
  cloud
    .ofType('AWS::SQS::QueuePolicy')
    .filter(({ properties }) => JSON.stringify(properties['Queues']).includes(ref))
    .map(({ logicalId, properties }) =>
      readResourcePolicy(logicalId, properties['PolicyDocument']),
    );

interface Sending {
  readonly principal: { readonly arn: string } | { readonly service: string };
  readonly isSecure?: boolean;
  readonly from?: string;
}

const maySend = (queue: Resource, { principal, isSecure = true, from = '' }: Sending): boolean =>
  evaluate({
    identityPolicies:
      'arn' in principal
        ? [
            readIdentityPolicy('all', {
              Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
            }),
          ]
        : [],
    resourcePolicies: policiesOf(queue),
    request: {
      principal,
      action: 'sqs:SendMessage',
      resource: queue.arn,
      context: { 'aws:SecureTransport': isSecure, 'aws:SourceArn': from },
    },
  }).allowed;

const administrator = { arn: `arn:aws:iam::${cloud.account}:role/administrator` };
const events = { service: 'events.amazonaws.com' };

describe('a queue', () => {
  test('is there for what comes in, for each channel and for what fails', () => {
    expect(queues.map(constructOf).toSorted()).toEqual([
      'EmailDeadLetters',
      'EmailQueue',
      'IngressDeadLetters',
      'IngressQueue',
      'InsertsDeadLetters',
      'InsertsQueue',
      'NotEnrolled',
    ]);
  });

  test.each(queues)('$logicalId is encrypted with the customer-managed key', ({ properties }) => {
    expect(properties['KmsMasterKeyId']).toBe(key?.arn);
  });

  test.each(queues)('$logicalId refuses whoever comes without TLS', (queue) => {
    expect(maySend(queue, { principal: administrator })).toBe(true);
    expect(maySend(queue, { principal: administrator, isSecure: false })).toBe(false);
  });

  test.each(queues)('$logicalId keeps messages for as long as SQS can', ({ properties }) => {
    expect(properties['MessageRetentionPeriod']).toBe(14 * 24 * 3600);
  });

  test.each(queues)('$logicalId has a dead-letter queue or is one', (queue) => {
    const destinations = [
      ...queues.map(deadLetterOf),
      ...cloud
        .ofType('AWS::Events::Rule')
        .flatMap(({ properties: { Targets } }) => (Array.isArray(Targets) ? Targets : []))
        .map((target) => Object(Object(target).DeadLetterConfig).Arn),
    ];

    expect(deadLetterOf(queue) !== undefined || destinations.includes(queue.arn)).toBe(true);
  });

  test('that is worked off gives a message five tries, each with six times the function’s timeout', () => {
    const worked = cloud.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => ({
      queue: cloud.byArn(String(properties['EventSourceArn'])),
      worker: cloud
        .ofType('AWS::Lambda::Function')
        .find(({ name }) => name === properties['FunctionName']),
    }));

    expect(worked).toHaveLength(3);
    for (const { queue, worker } of worked) {
      expect(Object(queue.properties['RedrivePolicy']).maxReceiveCount).toBe(5);
      expect(queue.properties['VisibilityTimeout']).toBe(6 * Number(worker?.properties['Timeout']));
    }
  });

  test('takes events of its own rule only', () => {
    const rules = cloud.ofType('AWS::Events::Rule');
    const sendsTo = (queue: Resource) =>
      rules.filter(({ arn }) => maySend(queue, { principal: events, from: arn })).map(constructOf);

    const senders = Object.fromEntries(queues.map((queue) => [constructOf(queue), sendsTo(queue)]));

    expect(senders).toEqual({
      IngressQueue: ['ToIngress'],
      IngressDeadLetters: ['ToIngress'],
      NotEnrolled: ['OrderAcceptedRule', 'StageCompletedRule', 'NoticeDueRule'],
      EmailQueue: [],
      EmailDeadLetters: [],
      InsertsQueue: [],
      InsertsDeadLetters: [],
    });
  });
});
