import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { FaultInjector } from '../faults.ts';
import type { EventBus } from './event-bus.ts';
import type { SentMail } from './mail.ts';
import { type MailCircumstances, mailDetail, type MailEventType } from './mail-event-detail.ts';

export interface MailEventsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly bus: EventBus;
  readonly faults: FaultInjector;
}

interface Destination {
  readonly set: string;
  readonly types: ReadonlySet<MailEventType>;
}

/** By the names that MatchingEventTypes has for them, without case and underscores. */
const modelledTypes: ReadonlyMap<string, MailEventType> = new Map([
  ['send', 'Send'],
  ['delivery', 'Delivery'],
  ['deliverydelay', 'DeliveryDelay'],
  ['bounce', 'Bounce'],
  ['complaint', 'Complaint'],
  ['reject', 'Reject'],
]);

/** What SES may be asked for and never happens here: nobody opens or clicks by SES's own tracking. */
const silentTypes = new Set(['open', 'click', 'renderingfailure', 'subscription']);

/** EventBridge Events Reference, "Amazon Simple Email Service events". */
const detailTypes: Readonly<Record<MailEventType, string>> = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  DeliveryDelay: 'Email Delivery Delayed',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
};

/** How long after it was taken a message arrives, bounces, or is said to be late: assumptions. */
const DELIVERY_MS = 2_000;
const BOUNCE_MS = 3_000;
const DELAY_MS = 5 * 60_000;
const LATE_DELIVERY_MS = 30 * 60_000;

/** Complaints come from one to twelve hours after the message: assumption. */
const COMPLAINT_MS = { soonest: 3_600_000, latest: 12 * 3_600_000 } as const;

/** SES developer guide, "Using the mailbox simulator": each address makes the same happen on AWS. */
const SIMULATED = { bounce: 'bounce', complaint: 'complaint', suppressed: 'suppressionlist' };

/** SES developer guide, "Testing email rejection": a message that carries this file has no valid content. */
const EICAR = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

/** An address that starts so gets its messages half an hour late. */
const DELAYED_PREFIX = 'delayed-';

/** What becomes of messages, told on the account's own bus to the sets that ask for it. */
export class MailEvents {
  readonly #options: MailEventsOptions;
  readonly #destinations: readonly Destination[];

  /** @throws for an event destination that is not modelled, naming it */
  constructor(options: MailEventsOptions) {
    this.#options = options;
    this.#destinations = options.cloud
      .ofType('AWS::SES::ConfigurationSetEventDestination')
      .flatMap((resource) => toDestination(resource, options.cloud));
  }

  /**
   * Lets a message arrive, bounce or be complained about.
   *
   * @param set the configuration set that it was sent by; empty for none
   * @returns whether it arrived anywhere
   */
  follow(mail: SentMail, set: string): boolean {
    const tell = (type: MailEventType, inMs: number, recipients: readonly string[]): void =>
      this.#tellLater(type, inMs, { mail, set, recipients });
    if (isInfected(mail)) {
      tell('Reject', 0, mail.to);
      return false;
    }
    tell('Send', 0, mail.to);
    const bounced = mail.to.filter((address) => this.#bounces(address));
    const arrived = mail.to.filter((address) => !bounced.includes(address));
    if (bounced.length > 0) tell('Bounce', BOUNCE_MS, bounced);
    if (arrived.length === 0) return false;
    const late = arrived.filter((address) => address.startsWith(DELAYED_PREFIX));
    if (late.length > 0) tell('DeliveryDelay', DELAY_MS, late);
    tell('Delivery', late.length > 0 ? LATE_DELIVERY_MS : DELIVERY_MS, arrived);
    if (this.#complains(mail, arrived)) tell('Complaint', this.#complaintMs(mail), arrived);
    return true;
  }

  #bounces(address: string): boolean {
    const isSimulated =
      isSimulator(address, SIMULATED.bounce) || isSimulator(address, SIMULATED.suppressed);
    return isSimulated || this.#options.faults.bounces(address);
  }

  #complains({ messageId }: SentMail, arrived: readonly string[]): boolean {
    return (
      arrived.some((address) => isSimulator(address, SIMULATED.complaint)) ||
      this.#options.faults.complains(messageId)
    );
  }

  #complaintMs({ messageId }: SentMail): number {
    const { soonest, latest } = COMPLAINT_MS;
    const draw = this.#options.faults.draw('complaint-after', messageId);
    return Math.round(soonest + draw * (latest - soonest));
  }

  #tellLater(
    type: MailEventType,
    inMs: number,
    of: Omit<MailCircumstances, 'cloud' | 'nowMs'>,
  ): void {
    const { bus, clock, cloud } = this.#options;
    const wanted = this.#destinations.filter(({ set, types }) => set === of.set && types.has(type));
    for (const { set } of wanted)
      clock.at(clock.now() + inMs, () =>
        bus.publish({
          source: 'aws.ses',
          detailType: detailTypes[type],
          resources: [`arn:aws:ses:${cloud.region}:${cloud.account}:configuration-set/${set}`],
          detail: mailDetail(type, { ...of, cloud, nowMs: clock.now() }),
        }),
      );
  }
}

const isSimulator = (address: string, name: string): boolean =>
  address.endsWith('@simulator.amazonses.com') && address.split(/[@+]/)[0] === name;

const isInfected = ({ raw }: SentMail): boolean => raw.includes(EICAR);

const toDestination = (
  { logicalId, properties }: Resource,
  cloud: Cloud,
): readonly Destination[] => {
  const {
    Enabled,
    EventBridgeDestination,
    MatchingEventTypes,
    Name: _,
    ...others
  } = {
    ...Object(properties['EventDestination']),
  };
  const [other] = Object.keys(others);
  if (other !== undefined || EventBridgeDestination === undefined)
    throw new Error(
      `event destination ${logicalId}: ${other ?? 'nothing'} is not modelled by the rehearsal, only EventBridgeDestination is`,
    );
  const { EventBusArn } = Object(EventBridgeDestination);
  const own = `arn:aws:events:${cloud.region}:${cloud.account}:event-bus/default`;
  if (EventBusArn !== own)
    throw new Error(
      `event destination ${logicalId}: got the bus ${String(EventBusArn)}; SES publishes on the account's own, ${own}`,
    );
  if (Enabled !== true) return [];
  const types = typesOf(logicalId, MatchingEventTypes);
  return [{ set: String(properties['ConfigurationSetName']), types }];
};

const typesOf = (logicalId: string, given: unknown): ReadonlySet<MailEventType> => {
  const names: readonly unknown[] = Array.isArray(given) ? given : [];
  return new Set(
    names.flatMap((name) => {
      const key = String(name).replaceAll('_', '').toLowerCase();
      const type = modelledTypes.get(key);
      if (type === undefined && !silentTypes.has(key))
        throw new Error(`event destination ${logicalId}: SES has no event type ${String(name)}`);
      return type ?? [];
    }),
  );
};
