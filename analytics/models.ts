import { readFileSync } from 'node:fs';
import type { AffinityConfig } from '#core/contracts/affinity-config.ts';
import { readView, type ReadView } from './view-doc.ts';

/** Statements that the models are made by. What follows `insert into` is the table that a statement fills. */
export const affinityModels = [
  'affinity_due',
  'affinity_pairs',
  'affinity_skus',
  'affinity_days',
  'affinity_lists',
] as const;

export type AffinityModel = (typeof affinityModels)[number];

/** Tables that they fill, in the order in which a run fills them: the last says that the others are there. */
export const affinityTables = [
  'affinity_pairs',
  'affinity_skus',
  'affinity_days',
] as const satisfies readonly AffinityModel[];

/** A statement of a model, for Athena and, through the rehearsal's macros, for DuckDB. */
export interface Model extends ReadView {
  readonly name: AffinityModel;
}

const read = (name: string): ReadView =>
  readView(`${name}.sql`, readFileSync(new URL(`models/${name}.sql`, import.meta.url), 'utf8'));

/**
 * A statement with the configuration filled in. Its question marks are parameters.
 *
 * @throws naming a file that is not as it should be, or a name in it that is no number of the configuration
 */
export const affinityModel = (name: AffinityModel, config: AffinityConfig): Model => {
  const { sql, ...rest } = read(name);
  const numbers = new Map<string, unknown>(Object.entries(config));
  const filled = sql
    .replaceAll('{{baskets}}', () => read('affinity_baskets').sql)
    .replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const value = numbers.get(key);
      if (typeof value !== 'number')
        throw new Error(`${name}.sql: {{${key}}} is no number of the affinity configuration`);
      return key === 'popularityExponent' ? asDouble(value) : String(value);
    });
  return { name, sql: filled, ...rest };
};

/** To Trino a number with a decimal point is a DECIMAL, which its functions round to its scale. */
const asDouble = (value: number): string => value.toExponential();

/** Queries that a roll-out of product texts goes by; they fill no table. */
export const contentModels = ['content_sales', 'content_orders'] as const;

export type ContentModelName = (typeof contentModels)[number];

/** A query of a roll-out, for Athena and, through the rehearsal's macros, for DuckDB. @throws as `affinityModel` */
export const contentModel = (name: ContentModelName): ReadView => read(name);
