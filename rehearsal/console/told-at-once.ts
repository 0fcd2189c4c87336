import config from '#config';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Contact, OrderEvent } from '#core/domain/orders/order-event.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { calendarFrom } from '../scenarios/calendar.ts';
import { type Phrase, phraseOf } from '../scenarios/phrases.ts';
import { Story } from '../scenarios/story.ts';
import { tell } from '../scenarios/tell.ts';
import { Refused } from './refused.ts';

/** What is known of whom and what an event is about, before it. */
export interface Scene {
  readonly shop: string;
  /** Begins the ids that the event makes up. */
  readonly scope: string;
  readonly nowMs: number;
  readonly contact: Contact;
  /** The order that it is about, as it is known; absent for one that is to be placed. */
  readonly order?: { readonly orderId: string; readonly events: readonly OrderEvent[] } | undefined;
  readonly products: Iterable<CatalogItem>;
}

/** An event in the words of a scenario, and what it says. */
export interface Said {
  readonly words: string;
  readonly says: Readonly<Record<string, unknown>>;
}

/**
 * What happens now, told as a scenario's event is: what is not said goes without saying, and contracts hold.
 *
 * @throws {Refused} for what a contract refuses, in its words
 */
export const toldAtOnce = (said: readonly Said[], scene: Scene): readonly TimedEvent[] => {
  const problems: string[] = [];
  const { nowMs, order } = scene;
  const story = storyOf(scene, (problem) => problems.push(problem));
  const name = order === undefined ? {} : { order: { name: '', line: 1 } };
  const drafts = said.map(({ words, says }) => ({
    line: 1,
    phrase: { ...phraseCalled(words), says: { ...phraseCalled(words).says, ...says } },
    occurredAtMs: nowMs,
    toldAtMs: [nowMs],
    entries: [],
    ...name,
  }));
  const events = tell(drafts, story);
  if (problems.length > 0) throw new Refused(problems.join('; '));
  return events;
};

const phraseCalled = (words: string): Phrase => {
  const phrase = phraseOf(words);
  if (phrase === undefined) throw new Error(`no event of a scenario is called "${words}"`);
  return phrase;
};

const storyOf = (scene: Scene, onProblem: (problem: string) => void): Story => {
  const { shop: shopId, scope, nowMs, contact, order, products } = scene;
  const shop = config.shops[shopId];
  const calendar = calendarFrom(
    new Date(nowMs).toISOString().slice(0, 10),
    shop?.timeZone ?? 'UTC',
  );
  if (shop === undefined || calendar === undefined)
    throw new Refused(
      `there is no shop "${shopId}", expected one of ${Object.keys(config.shops).join(', ')}`,
    );
  const note = (_line: number, problem: string) => onProblem(problem);
  const story = new Story({ shopId, shop, calendar, scope, ownSkus: new Set(), note });
  const { customerId, reach: _, ...profile } = contact;
  story.customerId = customerId;
  story.profile = profile;
  for (const product of products) story.sells(product);
  if (order !== undefined)
    story.orders.set('', { order: { name: '', orderId: order.orderId }, events: order.events });
  return story;
};
