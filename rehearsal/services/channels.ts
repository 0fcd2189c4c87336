import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import { FaultInjector } from '../faults.ts';
import type { Authorizer } from './authorizer.ts';
import type { EventBus } from './event-bus.ts';
import type { Services } from './gateway.ts';
import { inBackground } from './in-background.ts';
import { MailEvents } from './mail-events.ts';
import { createMail, type SentMail } from './mail.ts';
import { MailStore, type PackedMails } from './packed-mail.ts';
import { Pushes } from './pushes.ts';
import type { Queues } from './queues.ts';
import type { SentMessage, SentPush, SentText } from './sent-message.ts';
import type { TextPrices } from './text-price.ts';
import { type InboundText, Texts } from './texts.ts';
import { Topics } from './topics.ts';

export interface SendingSettings {
  /** What goes wrong with messages. @default nothing */
  readonly faults?: FaultInjector | undefined;
  /** @default `assumedPrices` */
  readonly textPrices?: TextPrices | undefined;
}

export interface ChannelsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
  readonly bus: EventBus;
  /** The number that ids are counted on from. @default 0 */
  readonly idsAfter?: number | undefined;
  readonly settings: SendingSettings;
  /** Told of every message that reached its customer. */
  readonly onArrival: (message: SentMessage) => void;
}

/** What takes messages to customers: e-mail, texts and push notifications, and what was sent by each. */
export class Channels {
  readonly texts: SentText[] = [];
  readonly pushes: SentPush[] = [];
  /** By the names that they sign requests with. */
  readonly services: Services;
  readonly #clock: VirtualClock;
  readonly #texts: Texts;
  readonly #mails = new MailStore();

  constructor(options: ChannelsOptions) {
    const { cloud, clock, authorizer, bus, idsAfter, onArrival } = options;
    const { faults = new FaultInjector() } = options.settings;
    const topics = new Topics(options);
    const mail = createMail({
      cloud,
      clock,
      authorizer,
      idsAfter,
      events: new MailEvents({ cloud, clock, bus, faults }),
      onMail: (sent, arrived) => {
        this.#mails.add(sent);
        if (arrived) onArrival({ channel: 'email', ...sent });
      },
    });
    this.#texts = new Texts({
      cloud,
      clock,
      authorizer,
      idsAfter,
      topics,
      faults,
      prices: options.settings.textPrices,
      onText: (sent, arrived) => {
        this.texts.push(sent);
        if (arrived) onArrival({ channel: 'sms', ...sent });
      },
    });
    const pushes = new Pushes({
      cloud,
      clock,
      authorizer,
      idsAfter,
      onPush: (sent) => {
        this.pushes.push(sent);
        onArrival({ channel: 'push', ...sent });
      },
    });
    this.#clock = clock;
    const nowMs = (): number => clock.now();
    this.services = {
      ses: faults.strike('ses', mail, nowMs),
      'sms-voice': faults.strike('sms', this.#texts.service, nowMs),
      mobiletargeting: faults.strike('push', pushes.service, nowMs),
    };
  }

  get outbox(): readonly SentMail[] {
    return this.#mails.mails;
  }

  packedOutbox(): PackedMails {
    return this.#mails.packed();
  }

  /** A text of a customer, who sends it now. */
  receiveText(text: InboundText): void {
    const clock = this.#clock;
    clock.at(clock.now(), () => inBackground(clock, () => this.#texts.receive(text)));
  }
}
