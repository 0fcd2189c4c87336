import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configViews, type MetricsInput } from './config-views.ts';
import { partsOf, readView, splitHead, type ViewColumn, type ViewDoc } from './view-doc.ts';

/** A view of the lake, for Athena and, through the rehearsal's macros, for DuckDB. */
export interface View {
  readonly name: string;
  /** One SELECT of Trino's. */
  readonly sql: string;
  /** As the query returns them. */
  readonly columns: readonly ViewColumn[];
  readonly doc: ViewDoc;
}

/** A query that is kept for analysts. */
export interface NamedQuery {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly sql: string;
}

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const sqlFiles = (of: string): readonly { readonly name: string; readonly text: string }[] =>
  readdirSync(of)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => ({ name: basename(file, '.sql'), text: readFileSync(join(of, file), 'utf8') }));

/** The views of `analytics/views`, in order of their names. @throws naming a file that is not as it should be */
export const fileViews = (): readonly View[] =>
  sqlFiles(folder('views')).map(({ name, text }) => ({ name, ...readView(`${name}.sql`, text) }));

/** Every view, each after those that it reads. @throws naming a file that is not as it should be */
export const viewsOf = (input: MetricsInput): readonly View[] =>
  inOrder([...configViews(input), ...fileViews()]);

/**
 * Puts views behind those that they read.
 *
 * @throws for views that read each other, naming them
 */
export const inOrder = (views: readonly View[]): readonly View[] => {
  const byName = new Map(views.map((view) => [view.name, view]));
  const ordered = new Set<View>();
  const add = (view: View, readers: readonly string[]): void => {
    if (readers.includes(view.name))
      throw new Error(`views read each other: ${[...readers, view.name].join(' → ')}`);
    for (const name of readBy(view)) {
      const needed = byName.get(name);
      if (needed !== undefined) add(needed, [...readers, view.name]);
    }
    ordered.add(view);
  };
  for (const view of views) add(view, []);
  return [...ordered];
};

/**
 * Names of tables and views that a query reads: what follows FROM and JOIN, its own WITH names left out. A view
 * reads its relations one by one, never by commas.
 */
export const readBy = ({ sql }: Pick<View, 'sql'>): readonly string[] => {
  const bare = sql.replaceAll(/--[^\n]*|'(?:[^']|'')*'/g, ' ');
  const own = new Set([...bare.matchAll(/\b(\w+) as \(\s*select\b/g)].map(([, name]) => name));
  const named = [...bare.matchAll(/\b(?:from|join)\s+([a-z_]\w*)/g)].flatMap(
    ([, name]) => name ?? [],
  );
  return [...new Set(named.filter((name) => !own.has(name)))];
};

/** The queries of `analytics/queries`, in order of their names. @throws for one without a title or description */
export const namedQueries = (): readonly NamedQuery[] =>
  sqlFiles(folder('queries')).map(({ name, text }) => {
    const { comment, sql } = splitHead(text);
    const [title = '', , ...lines] = comment;
    const description = partsOf(lines).get('description')?.join(' ') ?? '';
    if (title === '' || description === '')
      throw new Error(
        `${name}.sql: got no title or no "description:" in the comment at its head, expected both`,
      );
    return { name, title, description, sql };
  });
