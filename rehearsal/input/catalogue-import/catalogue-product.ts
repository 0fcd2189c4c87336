import type * as z from 'zod';
import { incomingEvents, MAX_EVENT_BYTES } from '#core/contracts/incoming-events.ts';

const item = incomingEvents.CatalogItemUpdated.shape.item;

/** What a shop says of a product, as CatalogItemUpdated carries it. */
export type ImportedItem = z.output<typeof item>;

/** The same with whose product it is: a line of a catalogue of ours. */
export interface ImportedProduct extends ImportedItem {
  readonly shop: string;
}

/** The currency and language in which a shop states what a record leaves open. */
export interface CatalogueShop {
  readonly id: string;
  /** ISO 4217. */
  readonly currency: string;
  /** ISO 639-1, such as `de`. */
  readonly language: string;
}

/** A record that is no product, or a wrong one. */
export interface RefusedRecord {
  /** Where it stands: `row 3`, `line 7`, `item 2, variant 1`. */
  readonly place: string;
  readonly sku?: string | undefined;
  /** What was got, what was expected. */
  readonly problem: string;
}

export type ReadRecord =
  | { readonly place: string; readonly product: ImportedProduct }
  | { readonly refused: RefusedRecord };

/** An envelope's own members take less than this beside the item. */
const ENVELOPE_BYTES = 1024;

/** What somebody wrote of a product, not looked at yet. */
export interface Candidate {
  readonly place: string;
  readonly shop: string;
  readonly item: Readonly<Record<string, unknown>>;
  /** What was wrong before the contract saw it. */
  readonly problems?: readonly string[] | undefined;
}

/** The product if it is one that CatalogItemUpdated takes, or every mistake in it. */
export const checkedProduct = ({
  place,
  shop,
  item: said,
  problems = [],
}: Candidate): ReadRecord => {
  const { sku } = said;
  const named = typeof sku === 'string' && sku !== '' ? { sku } : {};
  const parsed = item.safeParse(said);
  const all = [
    ...problems,
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, said))),
  ];
  if (!parsed.success || all.length > 0)
    return { refused: { place, ...named, problem: [...new Set(all)].join('; ') } };
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data)) + ENVELOPE_BYTES;
  return bytes > MAX_EVENT_BYTES
    ? { refused: { place, ...named, problem: tooLarge(bytes) } }
    : { place, product: { shop, ...parsed.data } };
};

const tooLarge = (bytes: number): string =>
  `its event would have ${bytes} bytes, at most ${MAX_EVENT_BYTES} are taken in: shorten its attributes`;

const problemOf = (
  { path, message, code }: z.core.$ZodIssue,
  said: Readonly<Record<string, unknown>>,
): string => {
  const key = path.join('.') || 'the product';
  const got = valueAt(said, path);
  if (code === 'unrecognized_keys') return `${key}: ${message}`;
  return `${key}: got ${got === undefined ? 'nothing' : shortened(got)}, expected ${expected(message)}`;
};

/** Of zod's `Invalid input: expected string, received undefined`. */
const expected = (message: string): string =>
  message
    .replace(/^Invalid (input|option): /, '')
    .replace(/^expected /, '')
    .replace(/, received .*$/, '');

const valueAt = (said: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => new Map<PropertyKey, unknown>(Object.entries(Object(inner))).get(String(key)),
    said,
  );

const MOST_SHOWN = 80;

/** A value as JSON, short enough for a message. */
export const shortened = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > MOST_SHOWN
    ? `${json.slice(0, MOST_SHOWN)}… (${json.length} characters)`
    : json;
};
