import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { RequestContext } from '../iam/condition.ts';
import type { Authorizer } from './authorizer.ts';
import { inBackground } from './in-background.ts';
import type { Queues } from './queues.ts';

export interface TopicsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
}

/** Who publishes: an AWS service, and the resource that it does it for. */
export interface Publisher {
  /** `sms-voice.amazonaws.com` */
  readonly service: string;
  /** Several where it is not known which of them AWS names: the policies have to hold for each. */
  readonly sourceArns: readonly string[];
}

interface Subscription {
  readonly topicArn: string;
  readonly queueArn: string;
  readonly deadLettersArn: string | undefined;
}

/** A topic that only people subscribe to, by e-mail, delivers to nobody here. */
const PEOPLE = new Set(['email', 'email-json', 'sms']);

const KNOWN_PROPERTIES = new Set([
  'Endpoint',
  'Protocol',
  'RawMessageDelivery',
  'RedrivePolicy',
  'TopicArn',
]);

/** SNS: topics that AWS services publish to and queues subscribe to. */
export class Topics {
  readonly #options: TopicsOptions;
  readonly #topics: readonly Resource[];
  readonly #subscriptions: readonly Subscription[];

  /** @throws for a subscription that is not modelled, naming it */
  constructor(options: TopicsOptions) {
    this.#options = options;
    const { cloud } = options;
    this.#topics = cloud.ofType('AWS::SNS::Topic');
    this.#topics.forEach(assertPlain);
    this.#subscriptions = cloud.ofType('AWS::SNS::Subscription').flatMap(toSubscription);
  }

  /**
   * Publishes to a topic, by the topic's own policy and that of its key.
   *
   * @throws {AwsError} AccessDeniedException
   */
  publish(topicArn: string, { service, sourceArns }: Publisher, message: string): void {
    const { clock } = this.#options;
    const topic = this.#topics.find(({ ref }) => ref === topicArn);
    if (topic === undefined) throw new Error(`the templates have no topic ${topicArn}`);
    for (const sourceArn of sourceArns) this.#assertPublishing(topic, service, sourceArn);
    for (const subscription of this.#subscriptions)
      if (subscription.topicArn === topicArn)
        inBackground(clock, () => this.#deliver(subscription, message));
  }

  #assertPublishing({ ref, properties }: Resource, service: string, sourceArn: string): void {
    const { authorizer, cloud } = this.#options;
    const principal = { service };
    const source: RequestContext = {
      'aws:SourceAccount': cloud.account,
      'aws:SourceArn': sourceArn,
    };
    const context = { ...source, 'aws:SecureTransport': 'true' };
    authorizer.assert({ principal, action: 'sns:Publish', resource: ref, context });
    for (const action of ['GenerateDataKey', 'Decrypt'])
      authorizer.assertKeyUse(principal, properties['KmsMasterKeyId'], action, 'sns', source);
  }

  /** The dead-letter queue is asked for each time: only a failure would show that it is closed. */
  #deliver({ topicArn, queueArn, deadLettersArn }: Subscription, message: string): void {
    const { queues } = this.#options;
    if (deadLettersArn !== undefined) queues.assertTopicMaySend(deadLettersArn, topicArn);
    queues.sendFromTopic(queueArn, topicArn, message);
  }
}

const assertPlain = ({ logicalId, properties }: Resource): void => {
  for (const name of ['Subscription', 'FifoTopic', 'DataProtectionPolicy'])
    if (properties[name] !== undefined)
      throw new Error(`topic ${logicalId}: ${name} is not modelled by the rehearsal`);
};

const toSubscription = ({ logicalId, properties }: Resource): readonly Subscription[] => {
  const { Protocol, Endpoint, TopicArn, RawMessageDelivery, RedrivePolicy } = properties;
  if (typeof Protocol === 'string' && PEOPLE.has(Protocol)) return [];
  if (Protocol !== 'sqs' || RawMessageDelivery !== true)
    throw new Error(
      `subscription ${logicalId}: got the protocol ${String(Protocol)} with RawMessageDelivery ${String(RawMessageDelivery)}; only queues with raw message delivery are modelled by the rehearsal`,
    );
  const unknown = Object.keys(properties).find((name) => !KNOWN_PROPERTIES.has(name));
  if (unknown !== undefined)
    throw new Error(`subscription ${logicalId}: ${unknown} is not modelled by the rehearsal`);
  const { deadLetterTargetArn }: { readonly deadLetterTargetArn?: unknown } = {
    ...Object(RedrivePolicy),
  };
  const deadLettersArn = typeof deadLetterTargetArn === 'string' ? deadLetterTargetArn : undefined;
  return [{ topicArn: String(TopicArn), queueArn: String(Endpoint), deadLettersArn }];
};
