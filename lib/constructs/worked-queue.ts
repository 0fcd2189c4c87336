import { Duration } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm.ts';

type Meaning = Pick<OperatorAlarmProps, 'impact' | 'runbook'>;

export interface WorkedQueueProps {
  readonly key: IKey;
  readonly alarms: ITopic;
  /** What it means that messages lie in the dead-letter queue. */
  readonly dead: Meaning;
  /** What it means that the oldest message has waited for too long. */
  readonly late: Meaning & { readonly minutes: number };
  /**
   * How often a message is tried before it is given up.
   *
   * @default 5; at the visibility of six timeouts of the usual ten seconds that is five minutes
   */
  readonly maxReceiveCount?: number;
  /** Of the function that works the queue off. @default 10 seconds */
  readonly workerTimeout?: Duration;
}

/** SQS keeps a message for 14 days at most. */
const RETENTION = Duration.days(14);

const USUAL_RECEIVES = 5;
const USUAL_TIMEOUT = Duration.seconds(10);

/** Lambda developer guide, "Using Lambda with Amazon SQS": a visibility of six timeouts of the function. */
const VISIBLE_AFTER_TIMEOUTS = 6;

/** A queue that a function works off, with its dead-letter queue and alarms on both. */
export class WorkedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkedQueueProps) {
    super(scope, id);
    const { key, maxReceiveCount = USUAL_RECEIVES, workerTimeout = USUAL_TIMEOUT } = props;
    const common = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.seconds(VISIBLE_AFTER_TIMEOUTS * workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
    this.addAlarms(props);
  }

  /**
   * Lets a function work off the queue, at most `maxConcurrency` runs at once.
   *
   * @param batchSize messages a run; more than ten take a window
   * @param window how long a batch waits to be full
   */
  workedBy(
    worker: IFunction,
    maxConcurrency: number,
    batchSize = 10,
    window = Duration.seconds(0),
  ): void {
    worker.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      }),
    );
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: worker,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
      ...(window.toSeconds() === 0 ? {} : { maxBatchingWindow: window }),
    });
    if (worker.role !== undefined) mapping.node.addDependency(worker.role);
  }

  /** Has a rule put what it matches into the queue, and beside it what it could not. */
  fedBy(rule: Rule): void {
    const deadLetterConfig = { arn: this.deadLetters.queueArn };
    rule.addTarget({ bind: () => ({ arn: this.queue.queueArn, deadLetterConfig }) });
    for (const queue of [this.queue, this.deadLetters])
      queue.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
        }),
      );
  }

  private addAlarms({ alarms: topic, dead, late }: WorkedQueueProps): void {
    new OperatorAlarm(this, 'DeadLettersAlarm', {
      topic,
      ...dead,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
    new OperatorAlarm(this, 'LateAlarm', {
      topic,
      impact: late.impact,
      runbook: late.runbook,
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: late.minutes * 60,
    });
  }
}
