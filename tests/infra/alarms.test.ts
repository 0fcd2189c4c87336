import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { metrics } from '#core/contracts/metrics.ts';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { readResourcePolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud } = synthesized('dev');
const alarms = cloud.ofType('AWS::CloudWatch::Alarm');
const [topic] = cloud.ofType('AWS::SNS::Topic');
const described = /^Impact: \S.*\. Runbook: (?<file>\S+\.md), "(?<heading>.+)"\.$/;

const isJourney = ({ stack }: Resource): boolean => stack.endsWith('Journeys');

const runbookOf = ({ logicalId, properties }: Resource) => {
  const { file, heading } = described.exec(String(properties['AlarmDescription']))?.groups ?? {};
  if (file === undefined || heading === undefined)
    throw new Error(`${logicalId} does not say its impact and its runbook`);
  return { file, heading };
};

const headingsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading);

describe('an alarm', () => {
  test('rings for everything that leaves customers waiting', () => {
    expect(alarms.map(constructOf).toSorted()).toEqual([
      'AcceptsUnansweredAlarm',
      'AdvocacyFailedAlarm',
      'AudienceDeadLettersAlarm',
      'AudienceLateAlarm',
      'BoughtDeadLettersAlarm',
      'BoughtLateAlarm',
      'BounceRateAlarm',
      'CallsNotDecidedAlarm',
      'CallsNotEnrolledAlarm',
      'CallsNotErasedAlarm',
      'CallsNotExpiredAlarm',
      'ComplaintRateAlarm',
      'EmailDeadLettersAlarm',
      'EmailLateAlarm',
      'FactsDeadLettersAlarm',
      'FactsLateAlarm',
      'FeedbackDeadLettersAlarm',
      'FeedbackLateAlarm',
      'FulfilmentFailedAlarm',
      'InboxDeadLettersAlarm',
      'InboxLateAlarm',
      'IngressDeadLettersAlarm',
      'IngressLateAlarm',
      'InsertsDeadLettersAlarm',
      'InsertsLateAlarm',
      'LearnAffinityFailedAlarm',
      'NoticeFailedAlarm',
      'OnboardingFailedAlarm',
      'PagesFailAlarm',
      'PriorsPriorsNotFittedAlarm',
      'PushDeadLettersAlarm',
      'PushLateAlarm',
      'RefusedAlarm',
      'RepurchaseFailedAlarm',
      'RollOutFailedAlarm',
      'RotationFailsAlarm',
      'ScoreCustomersFailedAlarm',
      'SessionsFailAlarm',
      'SmsBudgetNearAlarm',
      'SmsBudgetSpentAlarm',
      'SmsDeadLettersAlarm',
      'SmsLateAlarm',
      'SmsSpendLimitAlarm',
      'StuckAlarm',
      'SupportFailedAlarm',
    ]);
  });

  test.each(alarms)('$logicalId says what it means and which heading to follow', (alarm) => {
    const { file, heading } = runbookOf(alarm);

    expect(headingsOf(file)).toContain(heading);
  });

  test('shares its heading only with alarms of the same kind', () => {
    const kindOf = (alarm: Resource) =>
      constructOf(alarm)
        .replace('StuckAlarm', 'StuckDeadLettersAlarm')
        .replace(/^.+?(Failed|DeadLetters|Late)Alarm$/, '$1');
    const byHeading = Map.groupBy(alarms, (alarm) => runbookOf(alarm).heading);

    for (const sharing of byHeading.values()) expect(new Set(sharing.map(kindOf)).size).toBe(1);
    expect(byHeading.get('Journeys fail')).toHaveLength(
      cloud.ofType('AWS::StepFunctions::StateMachine').filter(isJourney).length,
    );
  });

  test.each(cloud.ofType('AWS::StepFunctions::StateMachine'))(
    'watches the executions of $logicalId that fail',
    ({ arn }) => {
      expect(alarms.map(({ properties }) => properties)).toContainEqual(
        expect.objectContaining({
          Namespace: 'AWS/States',
          MetricName: 'ExecutionsFailed',
          Dimensions: [{ Name: 'StateMachineArn', Value: arn }],
          Threshold: 1,
        }),
      );
    },
  );

  test.each(alarms)('$logicalId rings at its threshold and is sent to people', (alarm) => {
    expect(alarm.properties).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic?.ref],
    });
  });

  test('watches every queue that nothing works off', () => {
    const workedOff = cloud
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ properties }) => properties['EventSourceArn']);
    const left = cloud.ofType('AWS::SQS::Queue').filter(({ arn }) => !workedOff.includes(arn));

    for (const { name } of left)
      expect(alarms.map(({ properties }) => properties)).toContainEqual(
        expect.objectContaining({
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Dimensions: [{ Name: 'QueueName', Value: name }],
          Threshold: 1,
        }),
      );
  });

  test.each([
    ['RefusedAlarm', metrics.messagesRefused],
    ['StuckAlarm', metrics.messagesStuck],
  ])('%s adds up what the functions of all channels count', (name, metric) => {
    const alarm = alarms.find((each) => constructOf(each) === name);
    const parts: readonly unknown[] = Object(alarm?.properties['Metrics']);
    const [sum] = parts.flatMap((part) => Object(part).Expression ?? []);
    const counted = parts.flatMap((part) => Object(part).MetricStat?.Metric ?? []);

    expect(counted).toEqual(
      ['email', 'sms', 'push', 'inbox', 'insert', 'audience'].map((channel) => ({
        Namespace: metrics.namespace,
        MetricName: metric,
        Dimensions: [{ Name: 'service', Value: `deliver-${channel}` }],
      })),
    );
    expect(sum.split(' + ')).toHaveLength(counted.length);
  });
});

describe('the topic of the alarms', () => {
  test('is encrypted, and CloudWatch of this account may publish to it', () => {
    const policies = cloud
      .ofType('AWS::SNS::TopicPolicy')
      .map(({ logicalId, properties }) =>
        readResourcePolicy(logicalId, properties['PolicyDocument']),
      );
    const mayPublish = (account: string) =>
      evaluate({
        identityPolicies: [],
        resourcePolicies: policies,
        request: {
          principal: { service: 'cloudwatch.amazonaws.com' },
          action: 'sns:Publish',
          resource: topic?.ref ?? '',
          context: { 'aws:SourceAccount': account, 'aws:SecureTransport': true },
        },
      }).allowed;

    expect(topic?.properties['KmsMasterKeyId']).toBe(cloud.ofType('AWS::KMS::Key')[0]?.arn);
    expect([mayPublish(cloud.account), mayPublish('999999999999')]).toEqual([true, false]);
  });
});
