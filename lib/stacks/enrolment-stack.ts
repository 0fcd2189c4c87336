import { ArnFormat, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { AFTERGLOW_SOURCE, type OutgoingEventType } from '#core/contracts/outgoing-events.ts';
import { enrolStageContract } from '#lambdas/enrol-stage/contract.ts';
import { acknowledge, acknowledgeWildcard } from '#lib/constructs/acknowledge.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, sendingTo, useOf, useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';
import type { JourneysStack } from './journeys-stack.ts';

export interface EnrolmentStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly journeys: JourneysStack;
}

const enrolFor: readonly OutgoingEventType[] = ['OrderAccepted', 'StageCompleted', 'NoticeDue'];

/** From an accepted order to each of its stages, at once or at its time. */
export class EnrolmentStack extends Stack {
  private readonly context: StageContext;
  private readonly props: EnrolmentStackProps;

  constructor(scope: Construct, id: string, context: StageContext, props: EnrolmentStackProps) {
    super(scope, id, props);
    this.context = context;
    this.props = props;
    const notEnrolled = this.addNotEnrolled();
    const schedules = new ScheduleGroup(this, 'Schedules');
    const caller = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': this.account,
            'aws:SourceArn': schedules.scheduleGroupArn,
          },
        },
      }),
    });
    const enrolStage = this.addEnrolStage(notEnrolled, schedules, caller);
    caller.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [enrolStage.functionArn],
      }),
    );
    sendingTo(notEnrolled).grant(caller);
    sendingTo(notEnrolled).grant(enrolStage);
    const destination = notEnrolled.queueArn;
    enrolStage.configureAsyncInvoke({
      retryAttempts: 2,
      onFailure: { bind: () => ({ destination }) },
    });
    for (const detailType of enrolFor) this.invokedFor(detailType, enrolStage, notEnrolled);
  }

  private addEnrolStage(notEnrolled: Queue, schedules: ScheduleGroup, caller: Role) {
    const { context } = this;
    const { data, ingestion, journeys } = this.props;
    const { tables, key } = data;
    const { fulfilment, onboarding, advocacy, repurchase, notice, support } = journeys.journeys;
    const anySchedule = this.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${schedules.scheduleGroupName}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    const enrolStage = new ContractFunction(this, 'EnrolStage', {
      contract: enrolStageContract,
      context,
      key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
        PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'Query'),
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        FULFILMENT_STATE_MACHINE_ARN: starting(fulfilment),
        ONBOARDING_STATE_MACHINE_ARN: starting(onboarding),
        ADVOCACY_STATE_MACHINE_ARN: starting(advocacy),
        REPURCHASE_STATE_MACHINE_ARN: starting(repurchase),
        NOTICE_STATE_MACHINE_ARN: starting(notice),
        SUPPORT_STATE_MACHINE_ARN: starting(support),
        SCHEDULE_GROUP_NAME: useOf(
          schedules.scheduleGroupName,
          [anySchedule],
          'scheduler:CreateSchedule',
        ),
        SCHEDULER_ROLE_ARN: { value: caller.roleArn, grant: () => {} },
        NOT_ENROLLED_QUEUE_ARN: { value: notEnrolled.queueArn, grant: () => {} },
      },
    });
    enrolStage.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [caller.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
    if (enrolStage.role !== undefined)
      acknowledgeWildcard(
        enrolStage.role,
        anySchedule,
        'A schedule is named for its order when it is made; the group has no others.',
      );
    return enrolStage;
  }

  /** A stage that could not be started is kept and rings. */
  private addNotEnrolled(): Queue {
    const { key, alarms } = this.props.data;
    const notEnrolled = new Queue(this, 'NotEnrolled', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      notEnrolled,
      'AwsSolutions-SQS3',
      'It is the dead-letter queue of the rules, the schedules and the function that enrol.',
    );
    new OperatorAlarm(this, 'NotEnrolledAlarm', {
      topic: alarms,
      impact: 'Stages of journeys did not start: no confirmation, or nothing after a delivery.',
      runbook: 'Orders are not enrolled',
      metric: notEnrolled.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
    return notEnrolled;
  }

  private invokedFor(
    detailType: OutgoingEventType,
    target: IFunction,
    deadLetterQueue: Queue,
  ): void {
    new Rule(this, `${detailType}Rule`, {
      eventBus: this.props.ingestion.bus,
      eventPattern: { source: [AFTERGLOW_SOURCE], detailType: [detailType] },
      targets: [new LambdaFunction(target, { deadLetterQueue, retryAttempts: 185 })],
    });
  }
}

/** Started by its alias, for which IAM looks at the state machine itself. */
const starting = ({
  liveArn,
  stateMachineArn,
}: {
  readonly liveArn: string;
  readonly stateMachineArn: string;
}) => useOf(liveArn, [stateMachineArn], 'states:StartExecution');
