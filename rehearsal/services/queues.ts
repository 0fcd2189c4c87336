import { createHash } from 'node:crypto';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { RequestContext } from '../iam/condition.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { inBackground } from './in-background.ts';
import type { Lambdas } from './lambdas.ts';
import { type Service, textOf } from './service.ts';

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** Names and text values. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAtMs: number;
  receives: number;
}

/** SQS takes messages of up to 1 MiB, attributes included. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** A queue, and the function that works it off, if one does. */
class Queue {
  readonly resource: Resource;
  readonly visible: QueueMessage[] = [];
  /** Messages that a worker has failed, until they are visible again. */
  inFlight = 0;
  worker: { readonly functionArn: string; readonly batchSize: number } | undefined;
  isScheduled = false;

  constructor(resource: Resource) {
    this.resource = resource;
  }
}

export interface QueuesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly lambdas: Lambdas;
  /** Whether a message that was worked off comes a second time, as SQS may let it. @default never */
  readonly hiccup?: () => boolean;
}

/** The queues of the templates, and the event source mappings that work them off. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly #queues: ReadonlyMap<string, Queue>;
  #sent = 0;

  constructor(options: QueuesOptions) {
    this.#options = options;
    const { cloud } = options;
    this.#queues = new Map(
      cloud.ofType('AWS::SQS::Queue').map((resource) => [resource.arn, new Queue(resource)]),
    );
    for (const mapping of cloud.ofType('AWS::Lambda::EventSourceMapping')) this.#map(mapping);
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    if (operation !== 'SendMessage')
      throw new AwsError('InvalidAction', `SQS ${operation} is not modelled by the rehearsal`);
    const url = textOf(input, 'QueueUrl');
    const queue = [...this.#queues.values()].find(({ resource }) => resource.ref === url);
    if (queue === undefined)
      throw new AwsError('AWS.SimpleQueueService.NonExistentQueue', `no queue ${url}`);
    this.#assertSending(principal, queue, secure);
    const body = textOf(input, 'MessageBody');
    const { messageId } = this.#enqueue(queue, body, attributesOf(input));
    return { MessageId: messageId, MD5OfMessageBody: md5(body) };
  };

  /** Delivers an event from a rule, by the queue's own policy. */
  sendFromRule(queueArn: string, ruleArn: string, body: string): void {
    const queue = this.#find(queueArn);
    const context = { ...secure, 'aws:SourceArn': ruleArn };
    this.#assertSending({ service: 'events.amazonaws.com' }, queue, context);
    this.#enqueue(queue, body, {});
  }

  /** Takes a message in for a failed asynchronous invocation, by the function's role. */
  sendForRole(queueArn: string, roleArn: string, body: string): void {
    this.assertRoleMaySend(queueArn, roleArn);
    this.#enqueue(this.#find(queueArn), body, {});
  }

  /** @throws {AwsError} AccessDeniedException */
  assertRoleMaySend(queueArn: string, roleArn: string): void {
    this.#assertSending({ arn: roleArn }, this.#find(queueArn), secure);
  }

  /** Messages that nobody has worked off. */
  waiting(): readonly { readonly queue: Resource; readonly messages: readonly QueueMessage[] }[] {
    return [...this.#queues.values()].map(({ resource, visible }) => ({
      queue: resource,
      messages: visible,
    }));
  }

  /** Moves a queue's messages to another, as a redrive does. */
  redrive(fromArn: string, toArn: string): number {
    const from = this.#find(fromArn);
    const messages = from.visible.splice(0);
    for (const { body } of messages) this.#enqueue(this.#find(toArn), body, {});
    return messages.length;
  }

  #assertSending(principal: Principal, { resource }: Queue, context: RequestContext): void {
    const { authorizer } = this.#options;
    authorizer.assert({ principal, action: 'sqs:SendMessage', resource: resource.arn, context });
    for (const action of ['GenerateDataKey', 'Decrypt'])
      authorizer.assertKeyUse(principal, resource.properties['KmsMasterKeyId'], action, 'sqs');
  }

  #find(arn: string): Queue {
    const queue = this.#queues.get(arn);
    if (queue === undefined) throw new Error(`the templates have no queue ${arn}`);
    return queue;
  }

  #map({ logicalId, properties }: Resource): void {
    const queue = this.#find(String(properties['EventSourceArn']));
    const worker = this.#options.lambdas.find(String(properties['FunctionName']));
    queue.worker = { functionArn: worker.arn, batchSize: Number(properties['BatchSize'] ?? 10) };
    const types = properties['FunctionResponseTypes'];
    if (!Array.isArray(types) || !types.includes('ReportBatchItemFailures'))
      throw new Error(`${logicalId}: only mappings that report batch item failures are modelled`);
  }

  #enqueue(queue: Queue, body: string, attributes: Readonly<Record<string, string>>): QueueMessage {
    const bytes = Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(attributes));
    if (bytes > MAX_MESSAGE_BYTES)
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
      );
    this.#sent += 1;
    const message = {
      messageId: `00000000-0000-4000-9000-${String(this.#sent).padStart(12, '0')}`,
      body,
      attributes,
      sentAtMs: this.#options.clock.now(),
      receives: 0,
    };
    queue.visible.push(message);
    this.#schedule(queue);
    return message;
  }

  #schedule(queue: Queue): void {
    if (queue.worker === undefined || queue.isScheduled || queue.visible.length === 0) return;
    queue.isScheduled = true;
    const { clock } = this.#options;
    clock.at(clock.now(), () => {
      queue.isScheduled = false;
      inBackground(clock, () => this.#work(queue));
    });
  }

  async #work(queue: Queue): Promise<void> {
    const { worker, resource } = queue;
    if (worker === undefined) return;
    const { lambdas, authorizer } = this.#options;
    const principal = { arn: lambdas.roleOf(worker.functionArn) };
    for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
      authorizer.assert({ principal, action: `sqs:${action}`, resource: resource.arn });
    authorizer.assertKeyUse(principal, resource.properties['KmsMasterKeyId'], 'Decrypt', 'sqs');

    const batch = queue.visible.splice(0, worker.batchSize);
    for (const message of batch) message.receives += 1;
    const event = { Records: batch.map((message) => this.#recordOf(resource, message)) };
    const result = await lambdas.invoke(worker.functionArn, event);
    const failed = result.ok ? failuresOf(result.payload) : undefined;
    for (const message of batch)
      if (failed === undefined || failed.has(message.messageId)) this.#again(queue, message);
      else if (message.receives === 1 && this.#options.hiccup?.() === true)
        this.#again(queue, message);
    this.#schedule(queue);
  }

  #again(queue: Queue, message: QueueMessage): void {
    const { clock } = this.#options;
    const policy = Object(queue.resource.properties['RedrivePolicy']);
    if (message.receives >= Number(policy.maxReceiveCount ?? Infinity)) {
      this.#find(String(policy.deadLetterTargetArn)).visible.push(message);
      return;
    }
    queue.inFlight += 1;
    const seconds = Number(queue.resource.properties['VisibilityTimeout'] ?? 30);
    clock.at(clock.now() + seconds * 1000, () => {
      queue.inFlight -= 1;
      queue.visible.push(message);
      this.#schedule(queue);
    });
  }

  #recordOf({ arn }: Resource, { messageId, body, attributes, sentAtMs, receives }: QueueMessage) {
    return {
      messageId,
      receiptHandle: `${messageId}/${receives}`,
      body,
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAtMs),
        SenderId: 'rehearsal',
        ApproximateFirstReceiveTimestamp: String(this.#options.clock.now()),
      },
      messageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, stringValue]) => [
          name,
          { stringValue, dataType: 'String' },
        ]),
      ),
      md5OfBody: md5(body),
      eventSource: 'aws:sqs',
      eventSourceARN: arn,
      awsRegion: this.#options.cloud.region,
    };
  }
}

/** Every call is over TLS on AWS. */
const secure = { 'aws:SecureTransport': 'true' };

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const attributesOf = (input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(Object(input['MessageAttributes'])).map(([name, value]) => [
      name,
      String(Object(value).StringValue),
    ]),
  );

/** The messages to deliver again; a response of another form fails the whole batch, as on AWS. */
const failuresOf = (payload: unknown): ReadonlySet<string> | undefined => {
  const failures: unknown = Object(payload).batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return undefined;
  return new Set(failures.map((failure: unknown) => String(Object(failure).itemIdentifier)));
};
