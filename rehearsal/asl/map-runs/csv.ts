import type { JsonObject } from '../json.ts';

/** What ends a field, and where what follows begins. */
type Ended = { readonly text: string; readonly next: number };

/** A quoted field may hold delimiters, line breaks and, twice, quotes (RFC 4180). */
const quoted = (text: string, from: number): Ended => {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { text: value + text.slice(at), next: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { text: value, next: quote + 1 };
    value += '"';
    at = quote + 2;
  }
};

const plain = (text: string, from: number, delimiter: string): Ended => {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
  const end = text[at - 1] === '\r' && text[at] !== delimiter && at > from ? at - 1 : at;
  return { text: text.slice(from, end), next: at };
};

/** What stands between a closing quote and the next delimiter belongs to the field too. */
const fieldAt = (text: string, from: number, delimiter: string): Ended => {
  if (text[from] !== '"') return plain(text, from, delimiter);
  const inside = quoted(text, from);
  const rest = plain(text, inside.next, delimiter);
  return { text: inside.text + rest.text, next: rest.next };
};

/** The rows of a text, one at a time, without those that are empty lines. */
function* rowsOf(text: string, delimiter: string): Generator<readonly string[]> {
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const field = fieldAt(text, at, delimiter);
      row.push(field.text);
      at = field.next;
      if (text[at] !== delimiter) break;
      at++;
    }
    at++;
    if (row.length > 1 || row[0] !== '') yield row;
  }
}

/**
 * The rows of a text as objects of strings: a field that a row lacks is empty, one without a header is
 * dropped, as AWS does by its recorded executions (LocalStack's `test_map_item_reader_csv_*`).
 *
 * @param given column names; undefined when the first row has them
 */
export function* csvItems(
  text: string,
  delimiter: string,
  given: readonly string[] | undefined,
): Generator<JsonObject> {
  let headers = given;
  for (const row of rowsOf(text.replace(/^\uFEFF/, ''), delimiter)) {
    if (headers === undefined) {
      headers = row;
      continue;
    }
    yield Object.fromEntries(headers.map((header, index) => [header, row[index] ?? '']));
  }
}
