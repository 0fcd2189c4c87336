import db, { type Item, type KeySchema, type Table } from 'dynalite/db/index.js';

/** An attribute of a table's key. */
export interface KeyPiece {
  readonly attribute: string;
  /** `S`, `N` or `B`. */
  readonly type: string;
  readonly isHash: boolean;
}

/** By the schema of a key, which stays as it is when its table has been made. */
const known = new WeakMap<KeySchema, readonly KeyPiece[]>();

/** The attributes of a key with their types, which dynalite looks up for every key. */
export const keyPiecesOf = (
  table: Table,
  keySchema: KeySchema = table.KeySchema,
): readonly KeyPiece[] => known.get(keySchema) ?? read(table, keySchema);

const read = (table: Table, keySchema: KeySchema): readonly KeyPiece[] => {
  const pieces: KeyPiece[] = [];
  db.traverseKey(table, keySchema, (attribute, type, isHash) => {
    pieces.push({ attribute, type, isHash });
  });
  known.set(keySchema, pieces);
  return pieces;
};

/**
 * A text that no other key of the table has: of a key or of an item with it, whose attributes in the key are texts.
 * Nothing of others, which are rare.
 */
export const keyTextOf = (item: Item, pieces: readonly KeyPiece[]): string | undefined => {
  let key: string | undefined;
  for (const { attribute, type } of pieces) {
    const text = type === 'S' ? item[attribute]?.S : undefined;
    if (text === undefined) return undefined;
    key = key === undefined ? text : `${key.length}/${key}${text}`;
  }
  return key;
};
