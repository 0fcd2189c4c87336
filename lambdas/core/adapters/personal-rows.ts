import type { tables } from '../contracts/tables.ts';
import type { Item } from './dynamo-items.ts';

/**
 * The tables that know a person. Books, counters, the catalogue and its texts know none; of suppressions, which know addresses by
 * their keyed hashes, see docs/privacy.md.
 */
export type PersonalTable = Exclude<
  keyof typeof tables,
  | 'suppressions'
  | 'counters'
  | 'ledger'
  | 'catalogue'
  | 'content'
  | 'offers'
  | 'offerCounts'
  | 'affinity'
>;

/** Items of tables, wherever they are kept. */
export interface PersonalRows {
  /** Every item of a partition. */
  of(table: PersonalTable, partition: string): Promise<readonly Item[]>;

  /** Every item whose document has one of these texts in it; reads the whole table. */
  holding(table: PersonalTable, texts: readonly string[]): Promise<readonly Item[]>;

  /**
   * Writes the item over the one that was read, or removes it.
   *
   * @returns whether it was done; not when it is not the one that was read any more
   */
  change(table: PersonalTable, before: Item, after: Item | undefined): Promise<boolean>;
}
