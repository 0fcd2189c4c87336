import PostalMime, { type Email } from 'postal-mime';
import { type OwnPage, linkTo } from '../input/page-visits.ts';
import type { SentMail } from '../services/mail.ts';
import type { SentMessage, SentPush, SentText } from '../services/sent-message.ts';
import { PAGE_ROWS } from './known-orders.ts';
import type { Insert } from './heard.ts';
import type { MessageChannel, MessageRow, MessageView, Page } from './views.ts';

/** Whatever a customer got, or will find in the parcel. */
type Sent = SentMessage | ({ readonly channel: 'insert' } & Insert);

/** Where messages come from: what the services took, each list only ever added to. */
export interface Outboxes {
  readonly outbox: readonly SentMail[];
  readonly texts: readonly SentText[];
  readonly pushes: readonly SentPush[];
  readonly inserts: readonly Insert[];
}

export interface MessagesWanted {
  readonly channel?: string | undefined;
  /** Part of an order's id or of a touch's name. */
  readonly search?: string | undefined;
  readonly from?: number | undefined;
}

interface Known {
  readonly id: string;
  readonly sent: Sent;
  readonly at: string;
  readonly shop: string;
  readonly orderId: string;
  readonly touch: string;
  readonly to: string;
}

export const channels: readonly MessageChannel[] = ['email', 'sms', 'push', 'insert'];

const HEAD_LENGTH = 90;

/** Every message that went out, by id and by order. */
export class Messages {
  readonly #outboxes: () => Outboxes;
  readonly #all: Known[] = [];
  readonly #byId = new Map<string, Known>();
  readonly #byOrder = new Map<string, Known[]>();
  #mails = 0;
  #texts = 0;
  #pushes = 0;
  #inserts = 0;

  constructor(outboxes: () => Outboxes) {
    this.#outboxes = outboxes;
  }

  get size(): number {
    const { outbox, texts, pushes, inserts } = this.#outboxes();
    return outbox.length + texts.length + pushes.length + inserts.length;
  }

  /** Those that fit, the last one first. */
  async page({ channel, search = '', from = 0 }: MessagesWanted): Promise<Page<MessageRow>> {
    this.#take();
    const wanted = search.toLowerCase();
    const found = this.#all.filter(
      ({ sent, orderId, touch }) =>
        (channel === undefined || sent.channel === channel) &&
        (orderId.toLowerCase().includes(wanted) || touch.includes(wanted)),
    );
    const latest = found.toReversed();
    const rows = await Promise.all(latest.slice(from, from + PAGE_ROWS).map(rowOf));
    return { rows, total: found.length, from, choices: channels };
  }

  /** The first one first. */
  ofOrder(shop: string, orderId: string): Promise<readonly MessageRow[]> {
    return Promise.all(this.#knownOf(shop, orderId).map(rowOf));
  }

  /** The path of the link to one of our pages in the last message of an order that has one. */
  lastLink(shop: string, orderId: string, page: OwnPage): string | undefined {
    for (const { sent } of this.#knownOf(shop, orderId).toReversed()) {
      const link = sent.channel === 'insert' ? undefined : linkTo(sent, page);
      if (link !== undefined) return link;
    }
    return undefined;
  }

  /** One as it is read. */
  async read(id: string): Promise<MessageView | undefined> {
    this.#take();
    const known = this.#byId.get(id);
    return known === undefined ? undefined : { ...(await rowOf(known)), ...(await bodyOf(known)) };
  }

  /** What an e-mail looks like. */
  async html(id: string): Promise<string | undefined> {
    this.#take();
    const sent = this.#byId.get(id)?.sent;
    return sent?.channel === 'email' ? (await PostalMime.parse(sent.raw)).html : undefined;
  }

  #knownOf(shop: string, orderId: string): readonly Known[] {
    this.#take();
    return this.#byOrder.get(keyOf(shop, orderId)) ?? [];
  }

  /** What has come since it was asked last. */
  #take(): void {
    const { outbox, texts, pushes, inserts } = this.#outboxes();
    const news = [
      ...outbox.slice(this.#mails).map(knownMail),
      ...texts.slice(this.#texts).map(knownText),
      ...pushes.slice(this.#pushes).map(knownPush),
      ...inserts.slice(this.#inserts).map(knownInsert),
    ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    [this.#mails, this.#texts] = [outbox.length, texts.length];
    [this.#pushes, this.#inserts] = [pushes.length, inserts.length];
    for (const known of news) {
      this.#all.push(known);
      this.#byId.set(known.id, known);
      const key = keyOf(known.shop, known.orderId);
      const ofOrder = this.#byOrder.get(key) ?? [];
      this.#byOrder.set(key, ofOrder);
      ofOrder.push(known);
    }
  }
}

const keyOf = (shop: string, orderId: string): string => JSON.stringify([shop, orderId]);

const referenced = (reference: Readonly<Record<string, string>>) => ({
  shop: reference['shop'] ?? '',
  orderId: reference['orderId'] ?? '',
  touch: reference['touch'] ?? '',
});

const knownMail = (mail: SentMail): Known => ({
  id: mail.messageId,
  sent: { channel: 'email', ...mail },
  at: mail.at,
  to: mail.to.join(', '),
  ...referenced(mail.tags),
});

const knownText = (text: SentText): Known => ({
  id: text.messageId,
  sent: { channel: 'sms', ...text },
  at: text.at,
  to: text.to,
  ...referenced(text.context),
});

const knownPush = (push: SentPush): Known => ({
  id: push.messageId,
  sent: { channel: 'push', ...push },
  at: push.at,
  to: push.to,
  ...referenced(push.data),
});

const knownInsert = (insert: Insert): Known => ({
  id: insert.eventId,
  sent: { channel: 'insert', ...insert },
  at: insert.occurredAt,
  to: 'the warehouse',
  shop: insert.shop,
  orderId: insert.orderId,
  touch: insert.touchId.split(':')[0] ?? insert.touchId,
});

const rowOf = async ({ sent, ...known }: Known): Promise<MessageRow> => ({
  ...known,
  channel: sent.channel,
  head: short(await headOf(sent)),
});

const short = (text: string): string =>
  text.length > HEAD_LENGTH ? `${text.slice(0, HEAD_LENGTH)}…` : text;

const headOf = async (sent: Sent): Promise<string> => {
  switch (sent.channel) {
    case 'email':
      return (await headersOf(sent)).subject ?? '';
    case 'sms':
      return sent.body;
    case 'push':
      return sent.title;
    case 'insert':
      return sent.text;
  }
};

/** The head alone is read: bodies are long, and a list has many. */
const headersOf = ({ raw }: SentMail): Promise<Email> =>
  PostalMime.parse(raw.slice(0, raw.search(/\r?\n\r?\n/)));

type Body = Omit<MessageView, keyof MessageRow>;

const bodyOf = async ({ id, sent }: Known): Promise<Body> => {
  switch (sent.channel) {
    case 'email': {
      const { text = '' } = await PostalMime.parse(sent.raw);
      const path = `/console/mail/${encodeURIComponent(id)}`;
      return { text, from: sent.from, path, links: [] };
    }
    case 'sms':
      return {
        text: sent.body,
        from: sent.from,
        links: pathsIn(sent.body),
        note: `${sent.parts === 1 ? '1 part' : `${sent.parts} parts`}, about ${sent.price.toFixed(3)} USD${sent.isKeywordAnswer ? '; the answer to a keyword' : ''}`,
      };
    case 'push':
      return {
        text: sent.body,
        title: sent.title,
        links: pathsIn(sent.url ?? ''),
        note: `by ${sent.channelType} to the device ${sent.to}`,
      };
    case 'insert':
      return {
        text: sent.text,
        links: [],
        note: `a card in the first parcel, in the language ${sent.language}`,
      };
  }
};

/** Links of a text as paths of this site, which answers for our pages. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/https:\/\/[^\s"'<>)]+/g)].flatMap(([link]) => {
    const url = URL.parse(link);
    return url === null ? [] : [`${url.pathname}${url.search}`];
  });
