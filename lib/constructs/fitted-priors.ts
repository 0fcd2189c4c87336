import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { fitOfferPriorsContract } from '#lambdas/fit-offer-priors/contract.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import { ContractFunction } from './contract-function.ts';
import { OperatorAlarm } from './operator-alarm.ts';
import type { StageContext } from './stage-context.ts';
import { useOfTable } from './uses.ts';

export interface FittedPriorsProps {
  readonly context: StageContext;
  readonly data: DataStack;
}

/** Of a million orders a month, with 2.5 offers seen on a page, six hours have 20,000 showings: 2.5 M / 120. */
const EVERY = Duration.hours(6);

/** Priors of offers, fitted to their counters again and again. */
export class FittedPriors extends Construct {
  constructor(scope: Construct, id: string, { context, data }: FittedPriorsProps) {
    super(scope, id);
    const { key, tables, alarms } = data;
    const fit = new ContractFunction(this, 'FitOfferPriors', {
      contract: fitOfferPriorsContract,
      context,
      key,
      timeout: Duration.minutes(5),
      uses: {
        OFFERS_TABLE_NAME: useOfTable(tables.offers, 'Query'),
        OFFER_COUNTS_TABLE_NAME: useOfTable(tables.offerCounts, 'PutItem', 'Query'),
      },
    });
    const { account } = Stack.of(this);
    const group = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group } },
      }),
    });
    const resources = [fit.functionArn];
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    new CfnSchedule(this, 'Schedule', {
      description: 'Fits the priors of offers',
      scheduleExpression: `rate(${EVERY.toHours()} hours)`,
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 15 },
      target: { arn: fit.functionArn, roleArn: role.roleArn, input: '{}' },
    });
    new OperatorAlarm(this, 'PriorsNotFittedAlarm', {
      topic: alarms,
      impact:
        'New offers are judged by older priors: they are tried a little too often or too rarely.',
      runbook: 'Priors of offers are not fitted',
      metric: fit.metricErrors({ period: EVERY, statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 2,
    });
  }
}
