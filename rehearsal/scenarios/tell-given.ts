import { incomingEvents } from '#core/contracts/incoming-events.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { contractFields, noteRefusals } from './contract-fields.ts';
import { quoted, type Written, type WrittenEntry } from './notebook.ts';
import { phraseOf } from './phrases.ts';
import { consentFor, consentIn, type EventDraft } from './read-event.ts';
import type { Given } from './read-given.ts';
import type { Story } from './story.ts';
import { tell } from './tell.ts';

/** Customer, consents, apps and products, told by the shop's systems before the first event. */
export const tellGiven = (given: Given, atMs: number, story: Story): readonly TimedEvent[] => {
  const { note } = story.options;
  const draft = (words: string, line: number, entries: readonly WrittenEntry[]) =>
    draftOf(words, { line, entries, atMs });
  const products = given.products.flatMap(({ line, entries, sku }) => {
    if (sku === '') note(line, 'catalogue: got a product without `sku`, expected one');
    return sku === '' ? [] : draft('product updated', line, entries);
  });
  const told = tell(products, story);
  for (const { sku, line } of given.products)
    if (sku !== '' && told.length === products.length && !story.products.has(story.skuOf(sku)))
      note(line, `catalogue: got ${sku} without \`price\`, expected one: orders are priced by it`);
  return [...told, ...tellCustomer(given, draft, story)];
};

type Draft = (
  words: string,
  line: number,
  entries: readonly WrittenEntry[],
) => readonly EventDraft[];

const draftOf = (
  words: string,
  { line, entries, atMs }: { line: number; entries: readonly WrittenEntry[]; atMs: number },
): readonly EventDraft[] => {
  const phrase = phraseOf(words);
  return phrase === undefined
    ? []
    : [{ line, phrase, occurredAtMs: atMs, toldAtMs: [atMs], entries }];
};

const tellCustomer = (given: Given, draft: Draft, story: Story): readonly TimedEvent[] => {
  const { customer, consents, apps, customerId } = given;
  const line = customer[0]?.line ?? 1;
  if (customerId === undefined) rememberGuest(customer, story, line);
  else story.customerId = story.scoped(customerId);
  const updated = customerId === undefined ? [] : draft('customer updated', line, customer);
  const agreed = consents.flatMap((each) => {
    const consent = consentOf(each, story);
    return consent.length === 0 ? [] : draft('consent confirmed', each.line, consent);
  });
  const installed = apps.flatMap((value) =>
    draft('app installed', value.line, [{ key: 'on', line: value.line, value }]),
  );
  return tell([...updated, ...agreed, ...installed], story);
};

const consentOf = (written: Written, { options: { note } }: Story): readonly WrittenEntry[] => {
  if (written.kind === 'map') return written.entries.flatMap(consentFor);
  const consent = consentIn(written);
  if (consent.length === 0)
    note(written.line, `consents: got ${quoted(written)}, expected one such as marketing by email`);
  return consent;
};

/** No profile is told of a guest: what is known stands in the order. */
const rememberGuest = (customer: readonly WrittenEntry[], story: Story, line: number): void => {
  const { note } = story.options;
  const schema = incomingEvents.CustomerUpdated.pick({ profile: true });
  const { fields, lines } = contractFields(schema, customer, story.lexicon(undefined));
  const detail = { profile: {}, ...fields };
  const parsed = schema.safeParse(detail);
  if (parsed.success) story.profile = parsed.data.profile;
  else noteRefusals(parsed.error, detail, { lines, line, note });
};
