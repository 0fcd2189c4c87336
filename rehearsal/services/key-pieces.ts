import db, { type KeySchema, type Table } from 'dynalite/db/index.js';

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
