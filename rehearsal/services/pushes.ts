import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { type PushRequest, readPushRequest } from './push-request.ts';
import type { SentPush } from './sent-message.ts';
import { type Service, textOf } from './service.ts';

export interface PushesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  readonly onPush: (push: SentPush) => void;
}

type ChannelType = SentPush['channelType'];

interface Outcome {
  readonly DeliveryStatus: 'SUCCESSFUL' | 'PERMANENT_FAILURE' | 'TEMPORARY_FAILURE' | 'THROTTLED';
  readonly StatusCode: number;
  readonly StatusMessage: string;
}

const delivered: Outcome = { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, StatusMessage: 'OK' };

/** What becomes of a notification, by how its token begins; any other token gets it. */
const outcomes: readonly (readonly [prefix: string, outcome: Outcome])[] = [
  [
    'gone-',
    { DeliveryStatus: 'PERMANENT_FAILURE', StatusCode: 410, StatusMessage: 'Unregistered' },
  ],
  ['busy-', { DeliveryStatus: 'TEMPORARY_FAILURE', StatusCode: 503, StatusMessage: 'Unavailable' }],
  [
    'throttled-',
    { DeliveryStatus: 'THROTTLED', StatusCode: 429, StatusMessage: 'TooManyRequests' },
  ],
];

/** The device of such a token has a newer one, and gets the notification. */
const MOVED = 'moved-';

const channelResources: Readonly<Record<ChannelType, string>> = {
  APNS: 'AWS::Pinpoint::APNSChannel',
  GCM: 'AWS::Pinpoint::GCMChannel',
};

/** AWS End User Messaging Push: notifications by the apps of the templates. */
export class Pushes {
  readonly #options: PushesOptions;
  #ids: number;

  constructor(options: PushesOptions) {
    this.#options = options;
    this.#ids = options.idsAfter ?? 0;
  }

  /** The answer is the MessageResponse itself, as REST has it. */
  readonly service: Service = async ({ principal, operation, input }) => {
    if (operation !== 'SendMessages')
      throw new AwsError('InvalidAction', `Push ${operation} is not modelled by the rehearsal`);
    this.#assertApp(principal, textOf(input, 'ApplicationId'));
    return this.#send(readPushRequest(input));
  };

  #assertApp(principal: Principal, id: string): void {
    const { authorizer, cloud } = this.#options;
    const resource = `arn:aws:mobiletargeting:${cloud.region}:${cloud.account}:apps/${id}/messages`;
    authorizer.assert({ principal, action: 'mobiletargeting:SendMessages', resource });
    if (!cloud.ofType('AWS::Pinpoint::App').some(({ ref }) => ref === id))
      throw new AwsError('NotFoundException', `Resource not found: app ${id}`);
  }

  #send(request: PushRequest): unknown {
    const results = Object.entries(request.Addresses).map(
      ([token, { ChannelType }]) => [token, this.#deliver(request, token, ChannelType)] as const,
    );
    return {
      ApplicationId: request.ApplicationId,
      RequestId: this.#nextId(),
      Result: Object.fromEntries(results),
    };
  }

  #deliver(request: PushRequest, token: string, channelType: ChannelType): unknown {
    const MessageId = this.#nextId();
    if (!this.#hasChannel(request.ApplicationId, channelType))
      return { MessageId, ...failed(`The channel ${channelType} is not enabled for this app`) };
    const { MessageConfiguration: messages } = request;
    const own = channelType === 'APNS' ? messages.APNSMessage : messages.GCMMessage;
    const message = own ?? messages.DefaultPushNotificationMessage;
    if (message === undefined)
      return { MessageId, ...failed(`There is no message for the channel ${channelType}`) };
    const outcome = outcomes.find(([prefix]) => token.startsWith(prefix))?.[1] ?? delivered;
    if (outcome === delivered)
      this.#options.onPush({
        messageId: MessageId,
        at: new Date(this.#options.clock.now()).toISOString(),
        to: token,
        channelType,
        title: message.Title ?? '',
        body: message.Body ?? '',
        url: message.Url,
        data: message.Data ?? {},
      });
    const moved = token.startsWith(MOVED) ? { UpdatedToken: token.slice(MOVED.length) } : {};
    return { MessageId, ...outcome, ...moved };
  }

  /** What a channel is that does not say, CloudFormation's reference leaves open: it has to say. */
  #hasChannel(appId: string, channelType: ChannelType): boolean {
    return this.#options.cloud
      .ofType(channelResources[channelType])
      .some(
        ({ properties: { ApplicationId, Enabled } }) => ApplicationId === appId && Enabled === true,
      );
  }

  #nextId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-c000-${String(this.#ids).padStart(12, '0')}`;
  }
}

const failed = (StatusMessage: string): Outcome => ({
  DeliveryStatus: 'PERMANENT_FAILURE',
  StatusCode: 400,
  StatusMessage,
});
