import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { metrics } from '#core/contracts/metrics.ts';
import { recordFeedbackContract } from '#lambdas/record-feedback/contract.ts';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm.ts';

/**
 * SES reviews an account at 5 % bounces or 0.1 % complaints, and pauses it at 10 % or 0.5 % (developer guide,
 * "Reputation metrics messages"). Alarms ring at four fifths of the first: 0.05 * 4 / 5 and 0.001 * 4 / 5.
 */
const BOUNCE_RATE = 0.04;
const COMPLAINT_RATE = 0.0008;

/** Ring before the provider takes steps against the account. */
export const addReputationAlarms = (scope: Construct, topic: ITopic): void => {
  new OperatorAlarm(scope, 'BounceRateAlarm', {
    topic,
    impact: 'Many addresses do not exist: SES may pause the account, and then nothing is sent.',
    runbook: 'Too many messages bounce',
    ...reputation('BounceRate', BOUNCE_RATE),
  });
  new OperatorAlarm(scope, 'ComplaintRateAlarm', {
    topic,
    impact: 'Customers mark messages as spam: SES may pause the account, mailboxes block it.',
    runbook: 'Too many customers complain',
    ...reputation('ComplaintRate', COMPLAINT_RATE),
  });
};

/** @param budget USD a month */
export const addSpendAlarms = (scope: Construct, topic: ITopic, budget: number): void => {
  new OperatorAlarm(scope, 'SmsBudgetNearAlarm', {
    topic,
    impact: 'Four fifths of the SMS budget of the month are spent: texts may stop before its end.',
    runbook: 'The SMS budget runs out',
    ...spend((budget * 4) / 5),
  });
  new OperatorAlarm(scope, 'SmsBudgetSpentAlarm', {
    topic,
    impact: 'The SMS budget of the month is spent: touches take other channels or are dropped.',
    runbook: 'The SMS budget is spent',
    ...spend(budget),
  });
};

type Watched = Pick<OperatorAlarmProps, 'metric' | 'threshold'>;

/** Of the whole account, between 0 and 1, over a volume of mail that SES takes as representative. */
const reputation = (rate: 'BounceRate' | 'ComplaintRate', threshold: number): Watched => ({
  metric: new Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${rate}`,
    period: Duration.hours(1),
    statistic: 'Maximum',
  }),
  threshold,
});

/** The metric is the sum of the month after each text: a day without texts ends the alarm, as does a new month. */
const spend = (threshold: number): Watched => ({
  metric: new Metric({
    namespace: metrics.namespace,
    metricName: metrics.smsSpendUsd,
    dimensionsMap: { service: recordFeedbackContract.name },
    period: Duration.days(1),
    statistic: 'Maximum',
  }),
  threshold,
});
