import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';

/** What is written in a file, with the line on which it stands; lines count from 1. */
export type Written = WrittenText | WrittenList | WrittenMap;

export interface WrittenText {
  readonly kind: 'text';
  readonly line: number;
  /** As it stands in the file: `007` is not 7. */
  readonly text: string;
  readonly value: unknown;
}

export interface WrittenList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly Written[];
}

export interface WrittenMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: readonly WrittenEntry[];
}

export interface WrittenEntry {
  readonly key: string;
  readonly line: number;
  readonly value: Written;
}

/** Takes down a mistake in the file that is being read. */
export type Note = (line: number, problem: string) => void;

/** The documents of a YAML file; what is no YAML is noted, and its document left out. */
export const readNotebook = (text: string, note: Note): readonly Written[] => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  return [...documents].flatMap((document) => {
    const { errors, contents } = document;
    for (const { message, pos } of errors) note(lines.linePos(pos[0]).line, `YAML: ${message}`);
    const lineOf = ({ range }: Node): number => lines.linePos(range?.[0] ?? 0).line;
    const resolve = (node: Node): Node | undefined =>
      isAlias(node) ? node.resolve(document) : node;
    return errors.length > 0 || contents === null ? [] : [written(contents, { lineOf, resolve })];
  });
};

interface Reading {
  readonly lineOf: (node: Node) => number;
  readonly resolve: (node: Node) => Node | undefined;
}

const written = (node: unknown, reading: Reading, line = 1): Written => {
  const isNode = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node);
  const at = isNode ? reading.lineOf(node) : line;
  const meant = isNode ? reading.resolve(node) : undefined;
  if (isSeq(meant))
    return { kind: 'list', line: at, items: meant.items.map((each) => written(each, reading, at)) };
  if (isMap(meant)) return { kind: 'map', line: at, entries: entriesOf(meant.items, reading, at) };
  const value: unknown = isScalar(meant) ? meant.value : null;
  return { kind: 'text', line: at, text: textOf(meant, value), value };
};

const textOf = (node: unknown, value: unknown): string => {
  if (typeof value === 'string') return value;
  return isScalar(node) ? (node.source ?? '') : '';
};

const entriesOf = (
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  reading: Reading,
  line: number,
): readonly WrittenEntry[] =>
  pairs.map(({ key, value }) => {
    const said = written(key, reading, line);
    return {
      key: said.kind === 'text' ? said.text.trim() : '',
      line: said.line,
      value: written(value, reading, said.line),
    };
  });

/** As JSON would have it, for a contract to judge. */
export const plain = (value: Written): unknown => {
  switch (value.kind) {
    case 'text':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
};

/** What was got, for a message about it. */
export const quoted = (value: Written): string => {
  switch (value.kind) {
    case 'text':
      return value.value === null ? 'nothing' : `"${value.text}"`;
    case 'list':
      return 'a list';
    case 'map':
      return 'a group of fields';
  }
};

export const itemsOf = (value: Written): readonly Written[] =>
  value.kind === 'list' ? value.items : [value];
