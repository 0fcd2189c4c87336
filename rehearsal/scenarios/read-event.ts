import { type Calendar, instantOf, parseMoment } from './calendar.ts';
import { pageForms } from './customer-deed.ts';
import { pageWords } from './page-deed.ts';
import { nearest, oneOf } from './nearest.ts';
import { itemsOf, type Note, quoted, type Written, type WrittenEntry } from './notebook.ts';
import { type OrderName, orderNameIn } from './order-name.ts';
import { type Phrase, phraseOf, phrases } from './phrases.ts';

/** Something that happens, as it is written. */
export interface EventDraft {
  readonly line: number;
  readonly phrase: Phrase;
  readonly occurredAtMs: number;
  /** When it comes to the bus, each time that it comes. */
  readonly toldAtMs: readonly number[];
  readonly order?: OrderName | undefined;
  readonly entries: readonly WrittenEntry[];
}

/** A line of the notebook such as `day 3 11:20: delivered`, with what stands under it. */
export const readEvent = (
  item: Written,
  calendar: Calendar,
  note: Note,
): EventDraft | undefined => {
  const [first, ...rest] = item.kind === 'map' ? item.entries : [];
  const moment = parseMoment(first?.key ?? '');
  if (first === undefined || moment === undefined) {
    const got = first === undefined ? quoted(item) : `"${first.key}"`;
    note(item.line, `got ${got}, expected an event such as \`day 3 11:20: delivered\``);
    return undefined;
  }
  const phrase = phraseWritten(first.value, note);
  if (phrase === undefined) return undefined;
  const occurredAtMs = instantOf(calendar, moment);
  return {
    line: first.line,
    phrase,
    occurredAtMs,
    toldAtMs: readTold(rest, { calendar, note, occurredAtMs }),
    order: orderNameIn(rest),
    entries: fieldsIn(rest),
  };
};

const phraseWritten = (value: Written, note: Note): Phrase | undefined => {
  const phrase = value.kind === 'text' ? phraseOf(value.text) : undefined;
  if (phrase === undefined) {
    const known = [...[...phrases, ...pageForms].map(({ words }) => words), ...pageWords];
    const alike = value.kind === 'text' ? nearest(value.text, known) : known.slice(0, 3);
    note(value.line, `got ${quoted(value)}, expected what happens, such as ${oneOf(alike)}`);
  }
  return phrase;
};

interface Timing {
  readonly calendar: Calendar;
  readonly note: Note;
  readonly occurredAtMs: number;
}

/** `told: day 3 12:00` of an event that comes late, `told: [day 1, day 2]` of one that comes twice. */
const readTold = (
  entries: readonly WrittenEntry[],
  { calendar, note, occurredAtMs }: Timing,
): readonly number[] => {
  const told = entries.find(({ key }) => key === 'told');
  if (told === undefined) return [occurredAtMs];
  return itemsOf(told.value).flatMap((item) => {
    const moment = item.kind === 'text' ? parseMoment(item.text) : undefined;
    if (moment === undefined)
      note(item.line, `told: got ${quoted(item)}, expected a time such as \`day 3 12:00\``);
    const atMs = moment === undefined ? occurredAtMs : instantOf(calendar, moment);
    if (atMs < occurredAtMs)
      note(item.line, `told: got ${quoted(item)}, expected a time after it happened`);
    return [atMs];
  });
};

const fieldsIn = (entries: readonly WrittenEntry[]): readonly WrittenEntry[] =>
  entries.filter(({ key }) => key !== 'told' && key !== 'order').flatMap(consentFor);

/** `for: marketing by email` */
export const consentFor = (entry: WrittenEntry): readonly WrittenEntry[] => {
  const consent = entry.key === 'for' ? consentIn(entry.value) : [];
  return consent.length === 0 ? [entry] : consent;
};

/**
 * `marketing by email` is a purpose and a channel, `marketing by email as soft opt-in` says on what ground, and
 * `marketing by email unconfirmed` that its owner has not confirmed the address; anything else is no consent.
 */
export const consentIn = (value: Written): readonly WrittenEntry[] => {
  const text = value.kind === 'text' ? value.text : '';
  const { line } = value;
  const [, purpose, channel, how] =
    /^(\w+) by (\w+)(?: (as soft opt-in|unconfirmed))?$/.exec(text) ?? [];
  if (purpose === undefined || channel === undefined) return [];
  return [
    entryOf('purpose', purpose, line),
    entryOf('channel', channel, line),
    ...(how === undefined ? [] : [entryOf('confirmed', false, line)]),
    ...(how === 'as soft opt-in' ? [entryOf('basis', 'soft-opt-in', line)] : []),
  ];
};

const entryOf = (key: string, value: string | boolean, line: number): WrittenEntry => ({
  key,
  line,
  value: { kind: 'text', line, text: String(value), value },
});
