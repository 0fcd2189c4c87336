import type { Item } from 'dynalite/db/index.js';
import { jsonCopy } from '../json-copy.ts';

/**
 * An item as a table keeps it: a copy that cannot be changed, as everybody who reads it is given the same; whoever tries
 * to is told by a TypeError. It is smaller and faster to read than what dynalite makes of an update, whose objects have no
 * prototype, so that V8 keeps each as a table of hashes. Bytes are base64 here and something else to who reads them: of an
 * item that may have some everybody is given a copy.
 */
export const keptItem = (item: Item): Item => {
  const kept = jsonCopy(item);
  return Object(mayHaveBytes(kept) ? kept : frozen(kept));
};

const mayHaveBytes = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).some((name) => name === 'B' || name === 'BS' || mayHaveBytes(value[name]));

const frozen = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  for (const name of Object.keys(value)) frozen(value[name]);
  return Object.freeze(value);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
