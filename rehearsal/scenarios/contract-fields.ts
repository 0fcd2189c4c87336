import * as z from 'zod';
import type { Money } from '#core/domain/money.ts';
import { parseMoment, type Moment } from './calendar.ts';
import { nearest, oneOf } from './nearest.ts';
import {
  itemsOf,
  type Note,
  plain,
  quoted,
  type Written,
  type WrittenEntry,
  type WrittenText,
} from './notebook.ts';
import { fieldAliases } from './phrases.ts';

/** What words mean in one scenario. */
export interface Lexicon {
  readonly note: Note;
  readonly money: (major: number) => Money;
  readonly instant: (moment: Moment) => string;
  /** Names such as `sku` and `lineId` by field of the contract: what they are in this scenario. */
  readonly names: Readonly<Record<string, (written: WrittenText) => string>>;
  /** A line of an order, from `2 x SKU` or from its fields. */
  readonly line: (schema: z.ZodObject, written: LineWritten) => unknown;
}

export interface LineWritten {
  readonly line: number;
  /** Of `2 x SKU`. */
  readonly product?: WrittenText;
  readonly quantity?: number;
  /** Of fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Where each field was written, by its path in the contract such as `profile.name`. */
export type Lines = Map<string, number>;

type Path = readonly string[];

/**
 * The fields of an event as the contract wants them. What is no field of the event is noted; what
 * has the wrong kind of value is left for the contract to refuse.
 */
export const contractFields = (
  schema: z.ZodObject,
  entries: readonly WrittenEntry[],
  lexicon: Lexicon,
): { readonly fields: Readonly<Record<string, unknown>>; readonly lines: Lines } => {
  const lines: Lines = new Map();
  return { fields: fieldsOf(schema, entries, { lexicon, lines, path: [] }), lines };
};

interface Context {
  readonly lexicon: Lexicon;
  readonly lines: Lines;
  readonly path: Path;
}

const fieldsOf = (
  schema: z.ZodObject,
  entries: readonly WrittenEntry[],
  context: Context,
): Readonly<Record<string, unknown>> =>
  entries.reduce<Readonly<Record<string, unknown>>>((fields, { key, line, value }) => {
    const found = placeOf(schema, key);
    if (found === undefined) {
      context.lexicon.note(line, unknownField(schema, key));
      return fields;
    }
    const path = [...context.path, ...found.path];
    context.lines.set(path.join('.'), line);
    return placed(fields, found.path, convert(found.schema, value, { ...context, path }));
  }, {});

const placed = (
  fields: Readonly<Record<string, unknown>>,
  [first = '', ...rest]: Path,
  value: unknown,
): Readonly<Record<string, unknown>> => ({
  ...fields,
  [first]: rest.length === 0 ? value : placed(Object(fields[first]), rest, value),
});

interface Place {
  readonly path: Path;
  readonly schema: unknown;
}

/** What every event has and no scenario writes. */
const givenFields: ReadonlySet<string> = new Set([
  'eventId',
  'occurredAt',
  'schemaVersion',
  'shop',
  'orderId',
]);

const fieldsIn = ({ shape }: z.ZodObject): readonly string[] =>
  Object.keys(shape).filter((field) => !givenFields.has(field));

/** The field that is meant: of the event itself, or else of what the event is about (`profile.name`). */
const placeOf = (schema: z.ZodObject, key: string): Place | undefined => {
  const wanted = [key, ...(fieldAliases[key.toLowerCase()] ?? [])];
  const own = wanted.flatMap((name) => {
    const field = fieldsIn(schema).find((each) => bare(each) === bare(name));
    return field === undefined ? [] : [{ path: [field], schema: schema.shape[field] }];
  });
  return own[0] ?? innerObjects(schema).flatMap((inner) => within(inner, key))[0];
};

const within = ({ path, schema }: Place, key: string): readonly Place[] => {
  const found = schema instanceof z.ZodObject ? placeOf(schema, key) : undefined;
  return found === undefined ? [] : [{ ...found, path: [...path, ...found.path] }];
};

/** `days of supply`, `daysOfSupply` and `days-of-supply` are one. */
const bare = (name: string): string => name.replaceAll(/[\s_-]/g, '').toLowerCase();

const innerObjects = (schema: z.ZodObject): readonly Place[] =>
  Object.entries(schema.shape).flatMap(([field, each]) => {
    const inner = unwrapped(each);
    return inner instanceof z.ZodObject && !isMoney(inner)
      ? [{ path: [field], schema: inner }]
      : [];
  });

const isMoney = ({ shape }: z.ZodObject): boolean => 'amountMinor' in shape;

const unknownField = (schema: z.ZodObject, key: string): string => {
  return `got the field "${key}", expected ${oneOf(nearest(key, namesIn(schema).map(inWords), MOST_NAMES))}`;
};

const MOST_NAMES = 8;

/** Fields that can be written, also those of what the event is about. */
const namesIn = (schema: z.ZodObject): readonly string[] => {
  const inner = innerObjects(schema);
  const own = fieldsIn(schema).filter((field) => !inner.some(({ path }) => path[0] === field));
  return [
    ...own,
    ...inner.flatMap((each) => (each.schema instanceof z.ZodObject ? namesIn(each.schema) : [])),
  ];
};

const inWords = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const unwrapped = (schema: unknown): unknown => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
};

const convert = (wrapped: unknown, value: Written, context: Context): unknown => {
  const schema = unwrapped(wrapped);
  if (schema instanceof z.ZodArray) return listOf(schema.element, value, context);
  if (schema instanceof z.ZodObject) return objectOf(schema, value, context);
  if (value.kind === 'text') return textOf(schema, value, context);
  return schema instanceof z.ZodUnion ? oneOfSeveral(value, context) : plain(value);
};

/** Which of several kinds of object is meant the contract finds out; names are names in each. */
const oneOfSeveral = (value: Written, { lexicon }: Context): unknown =>
  value.kind === 'map'
    ? Object.fromEntries(
        value.entries.map(({ key, value: said }) => {
          const name = lexicon.names[key];
          return [key, said.kind === 'text' && name !== undefined ? name(said) : plain(said)];
        }),
      )
    : plain(value);

const listOf = (element: unknown, value: Written, context: Context): unknown =>
  itemsOf(value).map((item, at) => {
    const path = [...context.path, String(at)];
    context.lines.set(path.join('.'), item.line);
    return convert(element, item, { ...context, path });
  });

const objectOf = (schema: z.ZodObject, value: Written, context: Context): unknown => {
  const { lexicon } = context;
  const { line } = value;
  if (isMoney(schema) && value.kind === 'text' && typeof value.value === 'number')
    return lexicon.money(value.value);
  const isLine = 'lineId' in schema.shape;
  if (isLine && value.kind === 'text')
    return lexicon.line(schema, { line, ...pieces(value), fields: {} });
  if (value.kind !== 'map') return plain(value);
  const fields = fieldsOf(schema, value.entries, context);
  return isLine ? lexicon.line(schema, { line, fields }) : fields;
};

/** `2 x HG-FLT-002`, or only the product. */
export const pieces = (value: WrittenText): { product: WrittenText; quantity?: number } => {
  const [, count, text] = /^(\d+)\s*[x×]\s+(\S.*)$/.exec(value.text.trim()) ?? [];
  if (count === undefined || text === undefined) return { product: value };
  return { product: { ...value, text, value: text }, quantity: Number(count) };
};

const textOf = (schema: unknown, value: WrittenText, { lexicon, path }: Context): unknown => {
  const field = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  const name = lexicon.names[field];
  if (name !== undefined) return name(value);
  if (schema instanceof z.ZodEnum)
    return schema.options.find((option) => bare(String(option)) === bare(value.text)) ?? value.text;
  if (schema instanceof z.ZodISODateTime) return instantOf(value, lexicon);
  return isText(schema) && value.value !== null ? value.text : value.value;
};

const isText = (schema: unknown): boolean =>
  schema instanceof z.ZodString || schema instanceof z.ZodStringFormat;

const instantOf = (value: WrittenText, { instant, note }: Lexicon): string => {
  const moment = parseMoment(value.text);
  if (moment !== undefined) return instant(moment);
  if (!Number.isNaN(Date.parse(value.text)) && /T.*(Z|[+-]\d\d:\d\d)$/.test(value.text))
    return value.text;
  note(value.line, `got ${quoted(value)}, expected a time such as \`day 3\` or \`day 3 11:20\``);
  return instant({ day: 0 });
};

/** What a contract refuses, each with the line it stands on. */
export const noteRefusals = (
  error: z.ZodError,
  detail: unknown,
  { lines, line, note }: { readonly lines: Lines; readonly line: number; readonly note: Note },
): void => {
  for (const issue of error.issues) {
    const path = issue.path.map(String);
    const got = issue.path.reduce<unknown>((inner, key) => Object(inner)[key], detail);
    note(lineAt(path, lines) ?? line, refusalInWords(path, issue.message, got));
  }
};

const lineAt = (path: Path, lines: Lines): number | undefined =>
  path.length === 0 ? undefined : (lines.get(path.join('.')) ?? lineAt(path.slice(0, -1), lines));

/** What a programmer calls a kind of value, and its writer. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['array', 'a list'],
  ['object', 'fields'],
]);

const refusalInWords = (path: Path, message: string, got: unknown): string => {
  const words = message
    .replace(/^Invalid input: /, '')
    .replace(/, received .*$/, '')
    .replace(/^expected (\w+)$/, (_, kind: string) => `expected ${kinds.get(kind) ?? kind}`);
  const said = got === undefined ? 'nothing' : JSON.stringify(got);
  const field = path.map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : inWords(part)));
  const start = words.charAt(0).toLowerCase() + words.slice(1);
  return `${field.length === 0 ? '' : `${field.join(' ')}: `}got ${said}, ${start}`;
};
