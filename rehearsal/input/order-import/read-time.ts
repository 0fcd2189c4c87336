import { HOUR_MS, MINUTE_MS } from '../duration.ts';
import { instantMs } from '../local-time.ts';

/** How a file writes a time: `YYYY MM M DD D HH H hh h mm ss A` and what stands between them. */
export type DateFormat = string;

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/i;

/**
 * The instant (ms since 1970) that a file's text says: ISO 8601, or else one of the formats. A time
 * without an offset is read as the zone's local time; `undefined` when it cannot be read.
 */
export const readTime = (
  text: string,
  {
    timeZone,
    formats = [],
  }: { readonly timeZone: string; readonly formats?: readonly DateFormat[] },
): number | undefined => {
  const trimmed = text.trim();
  const [, year, month, day, hour, minute, second, offset] = iso.exec(trimmed) ?? [];
  const wall =
    year === undefined
      ? wallByFormats(trimmed, formats)
      : wallOf({ year, month, day, hour, minute, second });
  if (wall === undefined) return undefined;
  return offset === undefined ? instantMs(wall, timeZone) : wall - offsetMs(offset);
};

const offsetMs = (offset: string): number => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  const size = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS;
  return sign === '-' ? -size : size;
};

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'half';
type Fields = { readonly [Key in Field]?: string | undefined };

/** Milliseconds since 1970 at which UTC's clock shows these; `undefined` for no such time (30 February). */
const wallOf = (fields: Fields): number | undefined => {
  const number = (field: Field, otherwise: number): number => Number(fields[field] ?? otherwise);
  const [year, month, day] = [number('year', 0), number('month', 1), number('day', 1)];
  const hour = hourOf(number('hour', 0), fields.half);
  const [minute, second] = [number('minute', 0), number('second', 0)];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const written = `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
  return date.toISOString().startsWith(written) ? date.getTime() : undefined;
};

const hourOf = (hour: number, half: string | undefined): number => {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
};

const tokens: ReadonlyMap<string, readonly [Field, string]> = new Map([
  ['YYYY', ['year', String.raw`\d{4}`]],
  ['MM', ['month', String.raw`\d{2}`]],
  ['M', ['month', String.raw`\d{1,2}`]],
  ['DD', ['day', String.raw`\d{2}`]],
  ['D', ['day', String.raw`\d{1,2}`]],
  ['HH', ['hour', String.raw`\d{2}`]],
  ['H', ['hour', String.raw`\d{1,2}`]],
  ['hh', ['hour', String.raw`\d{2}`]],
  ['h', ['hour', String.raw`\d{1,2}`]],
  ['mm', ['minute', String.raw`\d{2}`]],
  ['ss', ['second', String.raw`\d{2}`]],
  ['A', ['half', '[AaPp][Mm]']],
]);

const compiled = new Map<DateFormat, RegExp>();

const expressionOf = (format: DateFormat): RegExp => {
  const made =
    compiled.get(format) ??
    new RegExp(
      `^${format.replaceAll(/YYYY|MM?|DD?|HH?|hh?|mm|ss|A|[^\w\s]/g, (part) => {
        const token = tokens.get(part);
        return token === undefined ? `\\${part}` : `(?<${token[0]}>${token[1]})`;
      })}$`,
    );
  compiled.set(format, made);
  return made;
};

/** Why a format cannot be used, or nothing. */
export const problemOfFormat = (format: DateFormat): string | undefined => {
  const missing = ['YYYY', 'M', 'D'].filter((token) => !format.includes(token));
  if (missing.length > 0) return `it has no ${missing.join(', ')}`;
  try {
    expressionOf(format);
    return undefined;
  } catch {
    return 'a part of it stands there twice';
  }
};

const wallByFormats = (text: string, formats: readonly DateFormat[]): number | undefined => {
  for (const format of formats) {
    const fields = expressionOf(format).exec(text)?.groups;
    const wall = fields === undefined ? undefined : wallOf(fields);
    if (wall !== undefined) return wall;
  }
  return undefined;
};
