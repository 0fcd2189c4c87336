import { describe, expect, test } from 'vitest';
import { fixture } from '#tests/unit/record-feedback/set-up.ts';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { readResourcePolicy } from '#rehearsal/iam/policy.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud, stage } = synthesized('dev');
const withoutSms = synthesized('prod').cloud;

const named = (type: string, name: string): Resource => {
  const found = cloud.ofType(type).find((each) => constructOf(each) === name);
  if (found === undefined) throw new Error(`no ${type} is called ${name}`);
  return found;
};

const queue = named('AWS::SQS::Queue', 'FeedbackQueue');
const deadLetters = named('AWS::SQS::Queue', 'FeedbackDeadLetters');
const rule = named('AWS::Events::Rule', 'SesToFeedback');
const [mail] = cloud.ofType('AWS::SES::ConfigurationSet');

const sendersTo = ({ ref, arn: to }: Resource, service: string, from: readonly Resource[]) => {
  const policies = cloud
    .ofType('AWS::SQS::QueuePolicy')
    .filter(({ properties }) => JSON.stringify(properties['Queues']).includes(ref))
    .map(({ logicalId, properties }) =>
      readResourcePolicy(logicalId, properties['PolicyDocument']),
    );
  return from.filter(
    ({ arn }) =>
      evaluate({
        identityPolicies: [],
        resourcePolicies: policies,
        request: {
          principal: { service },
          action: 'sqs:SendMessage',
          resource: to,
          context: { 'aws:SecureTransport': true, 'aws:SourceArn': arn },
        },
      }).allowed,
  );
};

describe('what SES tells', () => {
  const pattern = compileEventPattern(rule.properties['EventPattern']);
  const eventOf = (set: string) => {
    const event = fixture('ses-delivered');
    const detail = Object(event['detail']);
    const tags = { ...detail.mail.tags, 'ses:configuration-set': [set] };
    return { ...event, detail: { ...detail, mail: { ...detail.mail, tags } } };
  };

  test('is taken from the account’s own bus, of our configuration set alone', () => {
    expect(rule.properties['EventBusName']).toBeUndefined();
    expect(matchesEvent(pattern, eventOf(mail?.ref ?? ''))).toBe(true);
    expect(matchesEvent(pattern, eventOf('newsletter'))).toBe(false);
  });

  test('is published there without opens and clicks', () => {
    const destination = Object(
      named('AWS::SES::ConfigurationSetEventDestination', 'SesEvents').properties[
        'EventDestination'
      ],
    );

    expect(destination.EventBridgeDestination.EventBusArn).toMatch(/:event-bus\/default$/);
    expect(destination.MatchingEventTypes).toEqual([
      'delivery',
      'bounce',
      'complaint',
      'reject',
      'deliveryDelay',
    ]);
  });

  test('goes to the queue, and to its dead letters where it cannot', () => {
    expect(rule.properties['Targets']).toMatchObject([
      { Arn: queue.arn, DeadLetterConfig: { Arn: deadLetters.arn } },
    ]);
  });
});

describe('what End User Messaging tells', () => {
  const subscriptions = cloud
    .ofType('AWS::SNS::Subscription')
    .filter(({ properties }) => properties['Endpoint'] === queue.arn);

  test('comes raw from the topics of texts sent and texts received', () => {
    expect(subscriptions.map(constructOf).toSorted()).toEqual(['InboundTexts', 'TextEvents']);
    for (const { properties } of subscriptions)
      expect(properties).toMatchObject({
        RawMessageDelivery: true,
        RedrivePolicy: { deadLetterTargetArn: deadLetters.arn },
      });
  });

  test('is asked for by no deployment without SMS', () => {
    const endpoints = withoutSms.ofType('AWS::SNS::Subscription').map(constructOf);
    const alarms = withoutSms.ofType('AWS::CloudWatch::Alarm').map(constructOf);

    expect(endpoints).not.toContain('TextEvents');
    expect(alarms.filter((name) => name.startsWith('SmsBudget'))).toEqual([]);
  });
});

test('the queue and its dead letters are open to that rule and those topics alone', () => {
  const topics = cloud.ofType('AWS::SNS::Topic');
  const rules = cloud.ofType('AWS::Events::Rule');

  for (const each of [queue, deadLetters]) {
    expect(sendersTo(each, 'events.amazonaws.com', rules).map(constructOf)).toEqual([
      'SesToFeedback',
    ]);
    expect(sendersTo(each, 'sns.amazonaws.com', topics).map(constructOf).toSorted()).toEqual([
      'TextingEvents',
      'TextingInbound',
    ]);
  }
});

describe('an alarm', () => {
  test.each([
    ['BounceRateAlarm', 'AWS/SES', 'Reputation.BounceRate', 0.05],
    ['ComplaintRateAlarm', 'AWS/SES', 'Reputation.ComplaintRate', 0.001],
  ])('%s rings before SES reviews the account', (name, namespace, metric, limit) => {
    const { properties } = named('AWS::CloudWatch::Alarm', name);

    expect(properties).toMatchObject({ Namespace: namespace, MetricName: metric });
    expect(Number(properties['Threshold'])).toBeGreaterThan(limit / 2);
    expect(Number(properties['Threshold'])).toBeLessThan(limit);
  });

  test.each([
    ['SmsBudgetNearAlarm', 0.8],
    ['SmsBudgetSpentAlarm', 1],
  ])('%s rings at its share of the month’s budget', (name, share) => {
    const { properties } = named('AWS::CloudWatch::Alarm', name);

    expect(properties).toMatchObject({
      Namespace: 'Afterglow',
      MetricName: 'SmsSpendUsd',
      Statistic: 'Maximum',
      Dimensions: [{ Name: 'service', Value: 'record-feedback' }],
    });
    expect(properties['Threshold']).toBeCloseTo(share * (stage.sms?.monthlyBudget ?? 0));
  });
});
