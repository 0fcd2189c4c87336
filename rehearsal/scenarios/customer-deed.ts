import { linkTo, submit } from '../input/page-visits.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { ShopKeys } from '../input/order-tokens.ts';
import { inBackground } from '../services/in-background.ts';
import { type Calendar, instantOf, momentAt, momentInWords, parseMoment } from './calendar.ts';
import type { Note, Written, WrittenEntry } from './notebook.ts';
import { doOnPage, type PageDeed, pageDeedSaid, type PageStage } from './page-deed.ts';
import { orderNameIn } from './order-name.ts';
import type { Scenario } from './scenario.ts';

/** A form of our pages that a link in a message leads to. */
interface PageForm {
  readonly words: string;
  readonly page: 'unsubscribe' | 'consent';
  readonly fields: Readonly<Record<string, string>>;
}

/** What customers do on our pages, in plain words; RFC 8058 names the field of the first. */
export const pageForms: readonly PageForm[] = [
  {
    words: 'unsubscribed by one click',
    page: 'unsubscribe',
    fields: { 'List-Unsubscribe': 'One-Click' },
  },
  { words: 'consent confirmed by its link', page: 'consent', fields: { c: 'email' } },
];

/** Something that the customer does, and no system of the shop tells. */
export type CustomerDeed = Did & { readonly line: number; readonly atMs: number };

type Did =
  | { readonly kind: 'text'; readonly body: string }
  | ({ readonly kind: 'visit' } & PageForm)
  | ({ readonly words: string } & PageDeed);

/** `day 3 10:00: texted STOP`, or one of {@link pageForms}; `undefined` when it is neither. */
export const readDeed = (
  item: Written,
  calendar: Calendar,
  note: Note,
): CustomerDeed | undefined => {
  const [first, ...rest] = item.kind === 'map' ? item.entries : [];
  const moment = parseMoment(first?.key ?? '');
  if (first?.value.kind !== 'text' || moment === undefined) return undefined;
  const at = { line: first.line, atMs: instantOf(calendar, moment) };
  const said = first.value.text.trim().replaceAll(/\s+/g, ' ');
  const deed = deedSaid(said) ?? onPage(said, rest);
  if (deed === undefined) return undefined;
  for (const { key, line } of rest.filter((each) => each.key !== 'order' || deed.kind !== 'page'))
    note(line, `got "${key}", expected nothing below what the customer does`);
  return { ...at, ...deed };
};

const deedSaid = (said: string): Did | undefined => {
  const [, body] = /^texted (.+)$/i.exec(said) ?? [];
  if (body !== undefined) return { kind: 'text', body };
  const form = pageForms.find(({ words }) => words === said.toLowerCase());
  return form === undefined ? undefined : { kind: 'visit', ...form };
};

const onPage = (words: string, rest: readonly WrittenEntry[]): Did | undefined => {
  const deed = pageDeedSaid(words, orderNameIn(rest)?.name);
  return deed === undefined ? undefined : { words, ...deed };
};

/** The number that the customer texts from, as E.164; what is none is noted. */
export const textsFrom = (
  deeds: readonly CustomerDeed[],
  phone: string | undefined,
  note: Note,
): string | undefined => {
  const number = phone?.replaceAll(/[\s()./-]/g, '');
  if (number !== undefined && /^\+\d{8,15}$/.test(number)) return number;
  for (const { kind, line } of deeds)
    if (kind === 'text')
      note(
        line,
        `the customer has the phone "${phone ?? ''}", expected one with its country such as +49 151 23456789`,
      );
  return undefined;
};

/** What of a rehearsal customers have to do with. */
type Stage = PageStage & Pick<Rehearsal, 'outbox' | 'receiveText'>;

/**
 * Has the customers of scenarios do what they do, each at its time, by the link that came to them last.
 *
 * @param keys with which the shops sign the tokens of their confirmation pages
 * @returns what could not be done, by the scenario's scope; complete once the rehearsal has ended
 */
export const scheduleDeeds = (
  rehearsal: Stage,
  scenarios: readonly Scenario[],
  keys: ShopKeys,
): ReadonlyMap<string, readonly string[]> => {
  const faults = new Map<string, readonly string[]>();
  for (const scenario of scenarios)
    for (const deed of scenario.deeds)
      rehearsal.clock.at(deed.atMs, () => {
        const { scope } = scenario;
        const onFault = (fault: string): void => {
          faults.set(scope, [...(faults.get(scope) ?? []), fault]);
        };
        if (deed.kind !== 'page') {
          doNow(rehearsal, scenario, deed, onFault);
          return;
        }
        inBackground(rehearsal.clock, async () => {
          const fault = await doOnPage(rehearsal, scenario, deed, keys);
          if (fault !== undefined) onFault(`line ${deed.line}: ${deed.words}: ${fault}`);
        });
      });
  return faults;
};

const doNow = (
  rehearsal: Stage,
  scenario: Scenario,
  deed: Exclude<CustomerDeed, { readonly kind: 'page' }>,
  onFault: (fault: string) => void,
): void => {
  if (deed.kind === 'text') {
    rehearsal.receiveText({ from: scenario.textsFrom ?? '', body: deed.body });
    return;
  }
  const { line, words, fields } = deed;
  const link = lastLink(rehearsal, scenario, deed.page);
  if (link === undefined) {
    const at = momentInWords(momentAt(scenario.calendar, deed.atMs));
    onFault(`line ${line}: ${words}: no message with a link for it had come by ${at}`);
    return;
  }
  inBackground(rehearsal.clock, async () => {
    const { status } = await rehearsal.http(submit(link, fields));
    if (status >= 400) onFault(`line ${line}: ${words}: the page answered ${status}`);
  });
};

const lastLink = (
  { outbox }: Stage,
  { orders }: Scenario,
  page: PageForm['page'],
): string | undefined => {
  const orderIds = new Set(orders.map(({ orderId }) => orderId));
  for (const mail of outbox.toReversed()) {
    if (!orderIds.has(mail.tags['orderId'] ?? '')) continue;
    const link = linkTo({ channel: 'email', ...mail, raw: mail.raw }, page);
    if (link !== undefined) return link;
  }
  return undefined;
};
