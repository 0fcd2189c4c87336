/**
 * A JSON value as it was written: numbers keep their digits and objects their order and their duplicate names.
 * Event patterns compare what the text says, and `JSON.parse` forgets all three.
 */
export type JsonNode =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly lexeme: string }
  | { readonly kind: 'literal'; readonly text: 'true' | 'false' | 'null' }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] };

export type JsonMember = { readonly name: string; readonly value: JsonNode };

/** The text is not JSON; the message says where and why. */
export class InvalidJson extends Error {
  override readonly name = 'InvalidJson';
}

/** What Jackson, the parser under EventBridge, refuses to go beyond; it also bounds the recursion here. */
const MAX_DEPTH = 1000;

type Cursor = { readonly text: string; at: number };

/**
 * Reads JSON text (RFC 8259, nothing more lenient). Throws {@link InvalidJson}.
 */
export const parseJson = (text: string): JsonNode => {
  const cursor: Cursor = { text, at: 0 };
  const node = readValue(cursor, 1);
  skipSpace(cursor);
  if (cursor.at < text.length) throw unexpected(cursor);
  return node;
};

/**
 * The JSON text of an input that is text already or a plain value, which is written as `JSON.stringify` writes it: give
 * text where a number has more digits than a double holds. Throws {@link InvalidJson} on a value that JSON cannot say.
 */
export const jsonText = (input: unknown): string => {
  if (typeof input === 'string') return input;
  try {
    return JSON.stringify(input) ?? 'undefined';
  } catch (cause) {
    throw new InvalidJson('Invalid JSON: the value cannot be written as JSON', { cause });
  }
};

/** What {@link parseJson} reads of a plain value's text, without writing it; nothing of what is not as plain as that. */
export const nodeOf = (value: unknown, depth = 1): JsonNode | undefined => {
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'boolean') return { kind: 'literal', text: value ? 'true' : 'false' };
  if (value === null || (typeof value === 'number' && !Number.isFinite(value)))
    return { kind: 'literal', text: 'null' };
  if (typeof value === 'number') return { kind: 'number', lexeme: JSON.stringify(value) };
  return typeof value === 'object' && depth <= MAX_DEPTH ? nodeWith(value, depth) : undefined;
};

const nodeWith = (value: object, depth: number): JsonNode | undefined => {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => nodeOf(item, depth + 1));
    return allOf(items) ? { kind: 'array', items } : undefined;
  }
  if ('toJSON' in value) return undefined;
  const given: Readonly<Record<string, unknown>> = Object(value);
  const members: JsonMember[] = [];
  for (const name of Object.keys(given)) {
    const member = given[name];
    const node = nodeOf(member, depth + 1);
    if (node !== undefined) members.push({ name, value: node });
    else if (member !== undefined) return undefined;
  }
  return { kind: 'object', members };
};

const allOf = (nodes: readonly (JsonNode | undefined)[]): nodes is readonly JsonNode[] =>
  !nodes.includes(undefined);

const readValue = (cursor: Cursor, depth: number): JsonNode => {
  if (depth > MAX_DEPTH) throw new InvalidJson(`Invalid JSON: nested deeper than ${MAX_DEPTH}`);
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  if (first === '{') return readObject(cursor, depth);
  if (first === '[') return readArray(cursor, depth);
  if (first === '"') return { kind: 'string', value: readString(cursor) };
  return readLiteral(cursor) ?? readNumber(cursor);
};

const readObject = (cursor: Cursor, depth: number): JsonNode => {
  const members: JsonMember[] = [];
  cursor.at += 1;
  if (accept(cursor, '}')) return { kind: 'object', members };
  do {
    skipSpace(cursor);
    const name = readString(cursor);
    expectChar(cursor, ':');
    members.push({ name, value: readValue(cursor, depth + 1) });
  } while (accept(cursor, ','));
  expectChar(cursor, '}');
  return { kind: 'object', members };
};

const readArray = (cursor: Cursor, depth: number): JsonNode => {
  const items: JsonNode[] = [];
  cursor.at += 1;
  if (accept(cursor, ']')) return { kind: 'array', items };
  do items.push(readValue(cursor, depth + 1));
  while (accept(cursor, ','));
  expectChar(cursor, ']');
  return { kind: 'array', items };
};

/** Most strings say what they are: only those with escapes have to be decoded. */
const PLAIN_STRING = /"([ !#-[\]-\uffff]*)"/y;

const readString = (cursor: Cursor): string => {
  const { text, at } = cursor;
  PLAIN_STRING.lastIndex = at;
  const plain = PLAIN_STRING.exec(text)?.[1];
  if (plain !== undefined) {
    cursor.at = PLAIN_STRING.lastIndex;
    return plain;
  }
  if (text[at] !== '"') throw unexpected(cursor);
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  cursor.at = end + 1;
  return decodeString(text.slice(at, end + 1), at);
};

const decodeString = (quoted: string, at: number): string => {
  try {
    return String(JSON.parse(quoted));
  } catch (cause) {
    throw new InvalidJson(`Invalid JSON: bad string at position ${at}`, { cause });
  }
};

const readLiteral = (cursor: Cursor): JsonNode | undefined => {
  for (const text of ['true', 'false', 'null'] as const) {
    if (cursor.text.startsWith(text, cursor.at)) {
      cursor.at += text.length;
      return { kind: 'literal', text };
    }
  }
  return undefined;
};

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

const readNumber = (cursor: Cursor): JsonNode => {
  NUMBER.lastIndex = cursor.at;
  const lexeme = NUMBER.exec(cursor.text)?.[0];
  if (lexeme === undefined) throw unexpected(cursor);
  cursor.at += lexeme.length;
  return { kind: 'number', lexeme };
};

const skipSpace = (cursor: Cursor): void => {
  while (' \t\n\r'.includes(cursor.text[cursor.at] ?? 'end')) cursor.at += 1;
};

const accept = (cursor: Cursor, char: string): boolean => {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
};

const expectChar = (cursor: Cursor, char: string): void => {
  if (!accept(cursor, char)) throw unexpected(cursor);
};

const unexpected = ({ text, at }: Cursor): InvalidJson =>
  new InvalidJson(
    at < text.length
      ? `Invalid JSON: unexpected ${JSON.stringify(text[at])} at position ${at}`
      : 'Invalid JSON: unexpected end of text',
  );

/** The node as compact JSON text, digits, order and duplicates as they were. */
export const writeJson = (node: JsonNode): string => {
  switch (node.kind) {
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
      return node.lexeme;
    case 'literal':
      return node.text;
    case 'array':
      return `[${node.items.map(writeJson).join(',')}]`;
    case 'object':
      return `{${node.members.map(({ name, value }) => `${JSON.stringify(name)}:${writeJson(value)}`).join(',')}}`;
  }
};
