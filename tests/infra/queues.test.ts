import { describe, expect, test } from 'vitest';
import { backOffSeconds } from '#core/runtime/back-off.ts';
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
      'AudienceDeadLetters',
      'AudienceQueue',
      'BoughtDeadLetters',
      'BoughtQueue',
      'CallsNotDecided',
      'CallsNotEnrolled',
      'CallsNotErased',
      'CallsNotExpired',
      'EmailDeadLetters',
      'EmailQueue',
      'FactsDeadLetters',
      'FactsQueue',
      'FeedbackDeadLetters',
      'FeedbackQueue',
      'InboxDeadLetters',
      'InboxQueue',
      'IngressDeadLetters',
      'IngressQueue',
      'InsertsDeadLetters',
      'InsertsQueue',
      'PushDeadLetters',
      'PushQueue',
      'SmsDeadLetters',
      'SmsQueue',
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
      ...cloud
        .ofType('AWS::Lambda::EventInvokeConfig')
        .map(
          ({ properties }) => Object(Object(properties['DestinationConfig']).OnFailure).Destination,
        ),
    ];

    expect(deadLetterOf(queue) !== undefined || destinations.includes(queue.arn)).toBe(true);
  });

  const worked = cloud.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => ({
    queue: cloud.byArn(String(properties['EventSourceArn'])),
    worker: cloud
      .ofType('AWS::Lambda::Function')
      .find(({ name }) => name === properties['FunctionName']),
  }));

  test('that is worked off shows a message again after six timeouts of its function', () => {
    expect(worked).toHaveLength(10);
    for (const { queue, worker } of worked)
      expect(queue.properties['VisibilityTimeout']).toBe(6 * Number(worker?.properties['Timeout']));
  });

  test('tries what came in five times, and a message to a customer through half a day', () => {
    const tries = worked.map(({ queue }) => [
      constructOf(queue),
      Object(queue.properties['RedrivePolicy']).maxReceiveCount,
    ]);

    expect(Object.fromEntries(tries)).toEqual({
      IngressQueue: 5,
      FeedbackQueue: 5,
      FactsQueue: 5,
      BoughtQueue: 5,
      EmailQueue: 60,
      SmsQueue: 60,
      PushQueue: 60,
      InboxQueue: 60,
      InsertsQueue: 60,
      AudienceQueue: 60,
    });
  });

  test('of each channel keeps messages that fail for twelve hours at least', () => {
    const least = Array.from({ length: 59 }, (_, at) => backOffSeconds(at + 1, 1));

    expect(least.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(12 * 3600);
  });

  test('takes events of its own rule only', () => {
    const rules = cloud.ofType('AWS::Events::Rule');
    const sendsTo = (queue: Resource) =>
      rules.filter(({ arn }) => maySend(queue, { principal: events, from: arn })).map(constructOf);

    const senders = Object.fromEntries(
      queues
        .filter((queue) => sendsTo(queue).length > 0)
        .map((queue) => [constructOf(queue), sendsTo(queue)]),
    );

    expect(senders).toEqual({
      IngressQueue: ['ToIngress'],
      IngressDeadLetters: ['ToIngress'],
      CallsNotDecided: ['CallsTouchReturnedRule', 'CallsContactReviewDueRule'],
      CallsNotEnrolled: ['CallsOrderAcceptedRule', 'CallsStageCompletedRule', 'CallsNoticeDueRule'],
      FeedbackQueue: ['SesToFeedback'],
      FeedbackDeadLetters: ['SesToFeedback'],
      FactsQueue: ['OwnFacts', 'PageFacts'],
      FactsDeadLetters: ['OwnFacts', 'PageFacts'],
      BoughtQueue: ['ToBought'],
      BoughtDeadLetters: ['ToBought'],
      CallsNotErased: ['CallsErasureDueRule'],
    });
  });
});
