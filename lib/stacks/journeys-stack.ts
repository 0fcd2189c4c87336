import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { AFTERGLOW_SOURCE, type OutgoingEventType } from '#core/contracts/outgoing-events.ts';
import { awaitMilestoneContract } from '#lambdas/await-milestone/contract.ts';
import { decideTouchContract } from '#lambdas/decide-touch/contract.ts';
import { enrolStageContract } from '#lambdas/enrol-stage/contract.ts';
import { acknowledge } from '#lib/constructs/acknowledge.ts';
import { AslStateMachine } from '#lib/constructs/asl-state-machine.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, sendingTo, useOf, useOfTable } from '#lib/constructs/uses.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

export interface JourneysStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly messaging: MessagingStack;
}

/** From an accepted order to its decided touches: the journeys, what starts them and what they call. */
export class JourneysStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: JourneysStackProps) {
    super(scope, id, props);
    const { data, ingestion } = props;
    const decideTouch = this.addDecideTouch(context, props);
    const awaitMilestone = new ContractFunction(this, 'AwaitMilestone', {
      contract: awaitMilestoneContract,
      context,
      key: data.key,
      uses: { ORDERS_TABLE_NAME: useOfTable(data.tables.orders, 'GetItem', 'PutItem') },
    });

    const journey = new AslStateMachine(this, 'Fulfilment', {
      contract: fulfilment,
      context,
      key: data.key,
      substitutions: {
        DecideTouchArn: decideTouch.functionArn,
        AwaitMilestoneArn: awaitMilestone.functionArn,
        EventBusName: ingestion.bus.eventBusName,
      },
    });
    journey.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [decideTouch.functionArn, awaitMilestone.functionArn],
      }),
    );
    publishingTo(ingestion.bus).grant(journey);
    this.letWake(awaitMilestone, journey);
    this.addEnrolment(context, props, journey);
    this.addFailureAlarm(data, journey);
  }

  /** A policy of its own: in the function's, function, policy and journey would need each other. */
  private letWake(
    { role }: IFunction,
    { stateMachineArn }: AslStateMachine<typeof fulfilment>,
  ): void {
    if (role === undefined) throw new Error('a function of ours has a role');
    const actions = ['states:SendTaskSuccess'];
    new Policy(this, 'AwaitMilestoneWakes', {
      roles: [role],
      statements: [new PolicyStatement({ actions, resources: [stateMachineArn] })],
    });
  }

  private addDecideTouch(
    context: StageContext,
    { data, ingestion, messaging }: JourneysStackProps,
  ) {
    return new ContractFunction(this, 'DecideTouch', {
      contract: decideTouchContract,
      context,
      key: data.key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(data.tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(data.tables.customers, 'GetItem'),
        TOUCHES_TABLE_NAME: useOfTable(data.tables.touches, 'GetItem', 'PutItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        EMAIL_QUEUE_URL: sendingTo(messaging.email.queue),
      },
    });
  }

  /** An accepted order starts its journey; one that cannot be started is kept and rings. */
  private addEnrolment(
    context: StageContext,
    { data, ingestion }: JourneysStackProps,
    journey: AslStateMachine<typeof fulfilment>,
  ): void {
    const notEnrolled = new Queue(this, 'NotEnrolled', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: data.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      notEnrolled,
      'AwsSolutions-SQS3',
      'It is the dead-letter queue of the rule and of the function that enrol.',
    );
    const enrolStage = new ContractFunction(this, 'EnrolStage', {
      contract: enrolStageContract,
      context,
      key: data.key,
      uses: {
        FULFILMENT_STATE_MACHINE_ARN: useOf(
          journey.stateMachineArn,
          [journey.stateMachineArn],
          'states:StartExecution',
        ),
      },
    });
    this.invokedFor('OrderAccepted', ingestion, enrolStage, notEnrolled);
    new OperatorAlarm(this, 'NotEnrolledAlarm', {
      topic: data.alarms,
      impact: 'Orders were accepted and their journeys did not start: no confirmation.',
      runbook: 'Orders are not enrolled',
      metric: notEnrolled.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
  }

  private invokedFor(
    detailType: OutgoingEventType,
    { bus: eventBus }: IngestionStack,
    target: IFunction,
    deadLetterQueue: Queue,
  ): void {
    new Rule(this, `${detailType}Rule`, {
      eventBus,
      eventPattern: { source: [AFTERGLOW_SOURCE], detailType: [detailType] },
      targets: [new LambdaFunction(target, { deadLetterQueue, retryAttempts: 185 })],
    });
    sendingTo(deadLetterQueue).grant(target);
    const destination = deadLetterQueue.queueArn;
    target.configureAsyncInvoke({ retryAttempts: 2, onFailure: { bind: () => ({ destination }) } });
  }

  private addFailureAlarm(
    { alarms: topic }: DataStack,
    journey: AslStateMachine<typeof fulfilment>,
  ): void {
    new OperatorAlarm(this, 'FulfilmentFailedAlarm', {
      topic,
      impact: 'Journeys broke off: their customers hear nothing more of their orders.',
      runbook: 'Journeys fail',
      metric: journey.metricFailed({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }
}
