/** What a column of a view holds: as the facts' columns, and days without a time. */
export type ViewType = 'string' | 'int' | 'bigint' | 'double' | 'boolean' | 'date' | 'timestamp';

export interface ViewColumn {
  readonly name: string;
  readonly type: ViewType;
  /** What it holds, with its unit. */
  readonly doc: string;
}

export interface ViewDoc {
  readonly title: string;
  readonly definition: string;
  /** What one row is. */
  readonly grain: string;
  readonly pitfalls: string;
  /** One that it answers. */
  readonly question: string;
}

export interface ReadView {
  readonly doc: ViewDoc;
  readonly columns: readonly ViewColumn[];
  /** Without the comment that heads it. */
  readonly sql: string;
}

const TYPES: ReadonlySet<string> = new Set<ViewType>([
  'string',
  'int',
  'bigint',
  'double',
  'boolean',
  'date',
  'timestamp',
]);

const isType = (type: string | undefined): type is ViewType => TYPES.has(type ?? '');

/**
 * Splits a file of a view into its documentation and its query. The comment that heads it is a title, an empty
 * line, then `definition:`, `grain:`, `pitfalls:`, `question:`, each going on in deeper lines, and `columns:`
 * with a line `name type: meaning` for each in their order.
 *
 * @param file named in errors
 * @throws for a part that is missing, or a column that is none
 */
export const readView = (file: string, text: string): ReadView => {
  const { comment, sql } = splitHead(text);
  const [title = '', , ...lines] = comment;
  const part = partsOf(lines);
  const said = (name: string): string => {
    const found = part.get(name)?.join(' ');
    if (found === undefined || found === '')
      throw new Error(`${file}: got no "${name}:" in the comment at its head, expected one`);
    return found;
  };
  return {
    doc: {
      title,
      definition: said('definition'),
      grain: said('grain'),
      pitfalls: said('pitfalls'),
      question: said('question'),
    },
    columns: (part.get('columns') ?? []).map((line) => columnOf(file, line)),
    sql,
  };
};

/** The comment that heads a file, without its dashes, and what follows it. */
export const splitHead = (
  text: string,
): { readonly comment: readonly string[]; readonly sql: string } => {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return {
    comment: lines.slice(0, end).map((line) => line.replace(/^-- ?/, '')),
    sql: lines.slice(end).join('\n').trim(),
  };
};

/** Lines of each part; one that begins deeper goes on with the line before. */
export const partsOf = (lines: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const parts = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const [, name, rest = ''] = /^([a-z]+):(.*)$/.exec(line) ?? [];
    if (name === undefined) current.push(line.trim());
    else {
      current = rest.trim() === '' ? [] : [rest.trim()];
      parts.set(name, current);
    }
  }
  return parts;
};

const columnOf = (file: string, line: string): ViewColumn => {
  const [, name, type, doc] = /^(\w+) (\w+): (.+)$/.exec(line) ?? [];
  if (name === undefined || doc === undefined || !isType(type))
    throw new Error(
      `${file}: got the column "${line}", expected "name type: meaning" with a type of ${[...TYPES].join(', ')}`,
    );
  return { name, type, doc };
};
