import * as z from 'zod';

const syntax = z.discriminatedUnion('error', [
  z.object({ error: z.literal(true), error_message: z.string() }),
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
]);

const commonTables = z.object({
  cte_map: z.object({ map: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
});

/**
 * The tables and views that a query names, without their databases, in small letters; not those that it makes
 * itself by WITH.
 *
 * @param serialized what DuckDB's `json_serialize_sql` gives of it
 * @throws for what is no query, with DuckDB's message
 */
export const tablesOfQuery = (serialized: unknown): readonly string[] => {
  const parsed = syntax.parse(JSON.parse(z.string().parse(serialized)));
  if (parsed.error) throw new Error(parsed.error_message);
  const names = new Set<string>();
  collect(parsed.statements, new Set(), names);
  return [...names];
};

const collect = (node: unknown, known: ReadonlySet<string>, names: Set<string>): void => {
  if (Array.isArray(node)) for (const item of node) collect(item, known, names);
  else if (typeof node === 'object' && node !== null) collectOf(node, known, names);
};

/** A table of WITH is known to those after it and to the query, not to itself. */
const collectOf = (node: object, known: ReadonlySet<string>, names: Set<string>): void => {
  const inside = new Set(known);
  for (const { key, value } of commonTables.safeParse(node).data?.cte_map.map ?? []) {
    collect(value, inside, names);
    inside.add(key.toLowerCase());
  }
  const name = tableName(node);
  if (name !== undefined && !inside.has(name)) names.add(name);
  for (const [key, value] of Object.entries(node))
    if (key !== 'cte_map') collect(value, inside, names);
};

const baseTable = z.object({ type: z.literal('BASE_TABLE'), table_name: z.string() });

const tableName = (node: object): string | undefined =>
  baseTable.safeParse(node).data?.table_name.toLowerCase();
