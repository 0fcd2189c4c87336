import { Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type IConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { type ITopic, Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { recordFeedbackContract } from '#lambdas/record-feedback/contract.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { addReputationAlarms, addSpendAlarms } from '#lib/constructs/sending-alarms.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, readingOf, sendingTo, useOfTable } from '#lib/constructs/uses.ts';
import { WorkedQueue } from '#lib/constructs/worked-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

export interface FeedbackStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly messaging: Pick<MessagingStack, 'configurationSet' | 'smsEvents' | 'inboundTexts'>;
}

/** What a provider tells of a message is a few writes: few are worked at once, and a campaign's thousands wait. */
const CONCURRENCY = 10;

/**
 * What is asked of SES, and what EventBridge calls it. Opens are not: mail programs open messages by machine. Clicks
 * neither: links are our own, which tell who followed which.
 */
const emailEvents = [
  [EmailSendingEvent.DELIVERY, 'Email Delivered'],
  [EmailSendingEvent.BOUNCE, 'Email Bounced'],
  [EmailSendingEvent.COMPLAINT, 'Email Complaint Received'],
  [EmailSendingEvent.REJECT, 'Email Rejected'],
  [EmailSendingEvent.DELIVERY_DELAY, 'Email Delivery Delayed'],
] as const;

/** From providers back to touches, suppressions and the bus; and the alarms on what they say. */
export class FeedbackStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: FeedbackStackProps) {
    super(scope, id, props);
    const { data, messaging } = props;
    const feedback = this.addQueue(data);
    this.takeFromSes(feedback, messaging.configurationSet);
    const { smsEvents, inboundTexts } = messaging;
    if (smsEvents !== undefined) this.takeFromTopic('TextEvents', feedback, smsEvents);
    if (inboundTexts !== undefined) this.takeFromTopic('InboundTexts', feedback, inboundTexts);
    feedback.workedBy(this.addRecordFeedback(context, props, feedback), CONCURRENCY);
    addReputationAlarms(this, data.alarms);
    const budget = context.config.sms?.monthlyBudget;
    if (budget !== undefined) addSpendAlarms(this, data.alarms, budget);
  }

  private addQueue({ key, alarms }: DataStack): WorkedQueue {
    return new WorkedQueue(this, 'Feedback', {
      key,
      alarms,
      dead: {
        impact:
          'What providers said of messages was not taken in: bounced addresses may be used on.',
        runbook: 'Feedback is parked',
      },
      late: {
        impact: 'Bounces, complaints and STOP are taken in late: such addresses are used on.',
        runbook: 'Feedback is taken in late',
        minutes: 15,
      },
    });
  }

  /** SES tells everything of an account on its default bus: the rule takes what went by our configuration set. */
  private takeFromSes(feedback: WorkedQueue, configurationSet: IConfigurationSet): void {
    new ConfigurationSetEventDestination(this, 'SesEvents', {
      configurationSet,
      destination: EventDestination.eventBus(
        EventBus.fromEventBusName(this, 'DefaultBus', 'default'),
      ),
      events: emailEvents.map(([event]) => event),
    });
    const rule = new Rule(this, 'SesToFeedback', {
      eventPattern: {
        source: ['aws.ses'],
        detailType: emailEvents.map(([, detailType]) => detailType),
        detail: {
          mail: { tags: { 'ses:configuration-set': [configurationSet.configurationSetName] } },
        },
      },
    });
    const deadLetterConfig = { arn: feedback.deadLetters.queueArn };
    rule.addTarget({ bind: () => ({ arn: feedback.queue.queueArn, deadLetterConfig }) });
    for (const queue of [feedback.queue, feedback.deadLetters])
      letIn(queue, 'events.amazonaws.com', rule.ruleArn);
  }

  private takeFromTopic(id: string, feedback: WorkedQueue, topic: ITopic): void {
    new Subscription(this, id, {
      topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: feedback.queue.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: feedback.deadLetters,
    });
    letIn(feedback.queue, 'sns.amazonaws.com', topic.topicArn);
  }

  private addRecordFeedback(
    context: StageContext,
    { data, ingestion }: FeedbackStackProps,
    feedback: WorkedQueue,
  ) {
    const { tables, key, identityKey } = data;
    return new ContractFunction(this, 'RecordFeedback', {
      contract: recordFeedbackContract,
      context,
      key,
      uses: {
        TOUCHES_TABLE_NAME: useOfTable(tables.touches, 'GetItem', 'UpdateItem'),
        SUPPRESSIONS_TABLE_NAME: useOfTable(
          tables.suppressions,
          ...(['BatchGetItem', 'PutItem', 'DeleteItem'] as const),
        ),
        COUNTERS_TABLE_NAME: useOfTable(tables.counters, 'UpdateItem'),
        IDENTITY_KEY_SECRET_ARN: readingOf(identityKey),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        PARKED_FEEDBACK_QUEUE_URL: sendingTo(feedback.deadLetters),
      },
    });
  }
}

/** Lets a service send to a queue on behalf of one resource. */
const letIn = (queue: IQueue, service: string, sourceArn: string): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    }),
  );
};
