import type { SentMail } from './mail.ts';

/** A text that AWS End User Messaging took, or answered a keyword by. */
export interface SentText {
  readonly messageId: string;
  readonly at: string;
  /** The number or sender that the pool used. */
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly body: string;
  readonly context: Readonly<Record<string, string>>;
  readonly parts: number;
  /** US dollars for all parts, as assumed, without the carrier's fee. */
  readonly price: number;
  /** Whether it is the answer to STOP, HELP or another keyword. */
  readonly isKeywordAnswer: boolean;
}

/** A notification that was handed to one device's push service. */
export interface SentPush {
  readonly messageId: string;
  readonly at: string;
  /** The device token. */
  readonly to: string;
  readonly channelType: 'APNS' | 'GCM';
  readonly title: string;
  readonly body: string;
  readonly url: string | undefined;
  readonly data: Readonly<Record<string, string>>;
}

/** What a customer got, whatever it came by. */
export type SentMessage =
  | ({ readonly channel: 'email' } & SentMail)
  | ({ readonly channel: 'sms' } & SentText)
  | ({ readonly channel: 'push' } & SentPush);

/** The touch that a message belongs to: `shop`, `touch`, `orderId`, as the sender passed them on. */
export const referenceOf = (message: SentMessage): Readonly<Record<string, string>> => {
  switch (message.channel) {
    case 'email':
      return message.tags;
    case 'sms':
      return message.context;
    case 'push':
      return message.data;
  }
};
