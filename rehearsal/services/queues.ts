import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { Timer, VirtualClock } from '../clock.ts';
import type { Meter } from '../cost/meter.ts';
import type { RequestContext } from '../iam/condition.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { inBackground } from './in-background.ts';
import type { Lambdas } from './lambdas.ts';
import { failuresOf, md5, type QueueMessage, receiptOf, recordOf } from './queue-message.ts';
import { attributesOf, readSend, readVisibility } from './queue-request.ts';
import { type Service, type ServiceCall, textOf } from './service.ts';

/** SQS takes messages of up to 1 MiB, attributes included. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** A message that nobody else can receive. */
interface InFlight {
  readonly message: QueueMessage;
  /** When it is visible again, if the worker has said so. */
  visibleAtMs: number | undefined;
  /** Makes it visible again, once the worker has failed it. */
  timer: Timer | undefined;
}

interface Worker {
  readonly functionArn: string;
  readonly batchSize: number;
  /** How long a batch waits to be full. */
  readonly windowMs: number;
}

/** Lambda takes this much at once; a batch is cut before it. */
const MOST_BATCH_BYTES = 6 * 1024 * 1024;

/** A queue, and the function that works it off, if one does. */
class Queue {
  readonly resource: Resource;
  /** Of messages that do not say otherwise. */
  readonly delaySeconds: number;
  readonly visible: QueueMessage[] = [];
  /** Messages that a worker has or has failed, by receipt handle, until they are gone or visible again. */
  readonly inFlight = new Map<string, InFlight>();
  worker: Worker | undefined;
  /** When it is worked off next. */
  due: Timer | undefined;

  constructor(resource: Resource) {
    this.resource = resource;
    this.delaySeconds = Number(resource.properties['DelaySeconds'] ?? 0);
  }
}

const batchLength = (messages: readonly QueueMessage[], { batchSize }: Worker): number => {
  let bytes = 0;
  const most = messages.slice(0, batchSize);
  const cut = most.findIndex(({ body }, index) => {
    bytes += Buffer.byteLength(body);
    return index > 0 && bytes > MOST_BATCH_BYTES;
  });
  return cut === -1 ? most.length : cut;
};

interface Enqueuing {
  readonly attributes?: QueueMessage['attributes'];
  /** @default the queue's */
  readonly delaySeconds?: number | undefined;
  /** What the body says, where it was read already. */
  readonly said?: object | undefined;
}

type IsMeant = (message: QueueMessage) => boolean;

export interface QueuesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly lambdas: Lambdas;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  /** Whether a message that was worked off comes a second time, as SQS may let it. @default never */
  readonly hiccup?: () => boolean;
  /** @default nothing is counted */
  readonly meter?: Meter | undefined;
}

/** The queues of the templates, and the event source mappings that work them off. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly #queues: ReadonlyMap<string, Queue>;
  #sent: number;

  constructor(options: QueuesOptions) {
    this.#options = options;
    this.#sent = options.idsAfter ?? 0;
    const { cloud } = options;
    this.#queues = new Map(
      cloud.ofType('AWS::SQS::Queue').map((resource) => [resource.arn, new Queue(resource)]),
    );
    for (const mapping of cloud.ofType('AWS::Lambda::EventSourceMapping')) this.#map(mapping);
  }

  readonly service: Service = async (call) => {
    switch (call.operation) {
      case 'SendMessage':
        return this.#send(call);
      case 'ChangeMessageVisibility':
        return this.#changeVisibility(call);
      default:
        throw new AwsError(
          'InvalidAction',
          `SQS ${call.operation} is not modelled by the rehearsal`,
        );
    }
  };

  /** Delivers an event from a rule, by the queue's own policy. @param said what the body says */
  sendFromRule(queueArn: string, ruleArn: string, body: string, said?: object): void {
    const queue = this.#find(queueArn);
    const context = { ...secure, 'aws:SourceArn': ruleArn };
    this.#assertSending({ service: 'events.amazonaws.com' }, queue, context);
    this.#enqueue(queue, body, { said });
  }

  /** Delivers a message of a topic as it was published, by the queue's own policy. */
  sendFromTopic(queueArn: string, topicArn: string, body: string): void {
    this.assertTopicMaySend(queueArn, topicArn);
    this.#enqueue(this.#find(queueArn), body);
  }

  /** @throws {AwsError} AccessDeniedException */
  assertTopicMaySend(queueArn: string, topicArn: string): void {
    const source = {
      'aws:SourceArn': topicArn,
      'aws:SourceAccount': this.#options.cloud.account,
    };
    const context = { ...secure, ...source };
    this.#assertSending({ service: 'sns.amazonaws.com' }, this.#find(queueArn), context, source);
  }

  /** Takes a message in for a failed asynchronous invocation, by the function's role. */
  sendForRole(queueArn: string, roleArn: string, body: string): void {
    this.assertRoleMaySend(queueArn, roleArn);
    this.#enqueue(this.#find(queueArn), body);
  }

  /** @throws {AwsError} AccessDeniedException */
  assertRoleMaySend(queueArn: string, roleArn: string): void {
    this.#assertSending({ arn: roleArn }, this.#find(queueArn), secure);
  }

  /** Messages of queues that no function works off. */
  waiting(): readonly { readonly queue: Resource; readonly messages: readonly QueueMessage[] }[] {
    return [...this.#queues.values()]
      .filter(({ worker }) => worker === undefined)
      .map(({ resource, visible }) => ({ queue: resource, messages: visible }));
  }

  /** Messages of queues with a worker that it has not worked off yet: it has them, failed them, or is yet to get them. */
  underway(): readonly { readonly queue: Resource; readonly message: QueueMessage }[] {
    return [...this.#queues.values()]
      .filter(({ worker }) => worker !== undefined)
      .flatMap(({ resource: queue, visible, inFlight }) =>
        [...visible, ...[...inFlight.values()].map(({ message }) => message)].map((message) => ({
          queue,
          message,
        })),
      );
  }

  /** Moves a queue's messages, or those that are meant, to another, as a redrive does. @returns how many */
  redrive(fromArn: string, toArn: string, isMeant: IsMeant = () => true): number {
    const messages = this.takeOut(fromArn, isMeant);
    for (const { body } of messages) this.#enqueue(this.#find(toArn), body);
    return messages.length;
  }

  /** Takes messages out of a queue by hand. */
  takeOut(arn: string, isMeant: IsMeant): readonly QueueMessage[] {
    const { visible } = this.#find(arn);
    const taken = visible.filter((message) => isMeant(message));
    visible.splice(0, visible.length, ...visible.filter((message) => !taken.includes(message)));
    return taken;
  }

  #send({ principal, input }: ServiceCall): unknown {
    const request = readSend(input);
    const queue = this.#byUrl(request.QueueUrl);
    this.#assertSending(principal, queue, secure);
    const { MessageBody: body, DelaySeconds } = request;
    const attributes = attributesOf(request);
    const { messageId } = this.#enqueue(queue, body, { attributes, delaySeconds: DelaySeconds });
    return { MessageId: messageId, MD5OfMessageBody: md5(body) };
  }

  /** A worker that backs off says when the message may come again; a later failure of it does not change that. */
  #changeVisibility({ principal, input }: ServiceCall): unknown {
    const queue = this.#byUrl(textOf(input, 'QueueUrl'));
    const { authorizer, clock } = this.#options;
    const resource = queue.resource.arn;
    authorizer.assert({ principal, action: 'sqs:ChangeMessageVisibility', resource });
    const { ReceiptHandle: handle, VisibilityTimeout } = readVisibility(input);
    const held = queue.inFlight.get(handle);
    if (held === undefined)
      throw new AwsError('MessageNotInflight', `no message in flight has the handle ${handle}`);
    held.visibleAtMs = clock.now() + VisibilityTimeout * 1000;
    if (held.timer !== undefined) this.#showLater(queue, held, held.visibleAtMs);
    return {};
  }

  #byUrl(url: string): Queue {
    const queue = [...this.#queues.values()].find(({ resource }) => resource.ref === url);
    if (queue === undefined)
      throw new AwsError('AWS.SimpleQueueService.NonExistentQueue', `no queue ${url}`);
    return queue;
  }

  #assertSending(
    principal: Principal,
    { resource }: Queue,
    context: RequestContext,
    keyContext: RequestContext = {},
  ): void {
    const { authorizer } = this.#options;
    authorizer.assert({ principal, action: 'sqs:SendMessage', resource: resource.arn, context });
    const key = resource.properties['KmsMasterKeyId'];
    for (const action of ['GenerateDataKey', 'Decrypt'])
      authorizer.assertKeyUse(principal, key, action, 'sqs', keyContext);
  }

  #find(arn: string): Queue {
    const queue = this.#queues.get(arn);
    if (queue === undefined) throw new Error(`the templates have no queue ${arn}`);
    return queue;
  }

  #map({ logicalId, properties }: Resource): void {
    const queue = this.#find(String(properties['EventSourceArn']));
    const worker = this.#options.lambdas.find(String(properties['FunctionName']));
    queue.worker = {
      functionArn: worker.arn,
      batchSize: Number(properties['BatchSize'] ?? 10),
      windowMs: Number(properties['MaximumBatchingWindowInSeconds'] ?? 0) * 1000,
    };
    const types = properties['FunctionResponseTypes'];
    if (!Array.isArray(types) || !types.includes('ReportBatchItemFailures'))
      throw new Error(`${logicalId}: only mappings that report batch item failures are modelled`);
  }

  #enqueue(
    queue: Queue,
    body: string,
    { attributes = {}, delaySeconds = queue.delaySeconds, said }: Enqueuing = {},
  ): QueueMessage {
    const bytes = Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(attributes));
    if (bytes > MAX_MESSAGE_BYTES)
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
      );
    this.#sent += 1;
    this.#options.meter?.enqueued(constructOf(queue), body, said);
    const message = {
      messageId: `00000000-0000-4000-9000-${String(this.#sent).padStart(12, '0')}`,
      body,
      attributes,
      sentAtMs: this.#options.clock.now(),
      receives: 0,
    };
    if (delaySeconds === 0) this.#show(queue, message);
    else this.#at(delaySeconds * 1000, () => this.#show(queue, message));
    return message;
  }

  #at(inMs: number, fire: () => void): void {
    const { clock } = this.#options;
    clock.at(clock.now() + inMs, fire);
  }

  #show(queue: Queue, message: QueueMessage): void {
    queue.visible.push(message);
    this.#schedule(queue);
  }

  #schedule(queue: Queue): void {
    const { worker, visible } = queue;
    if (worker === undefined || visible.length === 0) return;
    const { clock } = this.#options;
    const waitsMs = visible.length < worker.batchSize ? worker.windowMs : 0;
    if (queue.due !== undefined) {
      if (visible.length !== worker.batchSize) return;
      clock.cancel(queue.due);
    }
    queue.due = clock.at(clock.now() + waitsMs, () => {
      queue.due = undefined;
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

    const batch = queue.visible.splice(0, batchLength(queue.visible, worker));
    const event = { Records: batch.map((message) => this.#receive(queue, message)) };
    const result = await lambdas.invoke(worker.functionArn, event);
    const failed = result.ok ? failuresOf(result.payload) : undefined;
    this.#options.meter?.workedOff(
      constructOf(queue),
      batch.map(({ body }) => body),
    );
    for (const message of batch)
      if (failed === undefined || failed.has(message.messageId)) this.#again(queue, message);
      else if (message.receives === 1 && this.#options.hiccup?.() === true)
        this.#again(queue, message);
      else queue.inFlight.delete(receiptOf(message));
    this.#schedule(queue);
  }

  #receive(queue: Queue, message: QueueMessage): object {
    message.receives += 1;
    queue.inFlight.set(receiptOf(message), { message, visibleAtMs: undefined, timer: undefined });
    const { clock, cloud } = this.#options;
    const { arn } = queue.resource;
    return recordOf(message, { arn, region: cloud.region, nowMs: clock.now() });
  }

  #again(queue: Queue, message: QueueMessage): void {
    const policy = Object(queue.resource.properties['RedrivePolicy']);
    const handle = receiptOf(message);
    const held = queue.inFlight.get(handle);
    if (held === undefined) throw new Error(`message ${handle} is not in flight`);
    if (message.receives >= Number(policy.maxReceiveCount ?? Infinity)) {
      queue.inFlight.delete(handle);
      this.#show(this.#find(String(policy.deadLetterTargetArn)), message);
      return;
    }
    const seconds = Number(queue.resource.properties['VisibilityTimeout'] ?? 30);
    const timeoutMs = this.#options.clock.now() + seconds * 1000;
    this.#showLater(queue, held, held.visibleAtMs ?? timeoutMs);
  }

  #showLater(queue: Queue, held: InFlight, atMs: number): void {
    const { clock } = this.#options;
    clock.cancel(held.timer);
    held.timer = clock.at(atMs, () => {
      queue.inFlight.delete(receiptOf(held.message));
      this.#show(queue, held.message);
    });
  }
}

/** CloudFormation's logical id is the construct's name and a hash of eight digits. */
const constructOf = ({ resource }: Queue): string => resource.logicalId.slice(0, -8);

/** Every call is over TLS on AWS. */
const secure = { 'aws:SecureTransport': 'true' };
