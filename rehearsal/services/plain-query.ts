import db, { type Asked, type Item, type Table } from 'dynalite/db/index.js';

/** Bytes of a page, which ends with the item that reaches them. */
const PAGE_BYTES = 1024 * 1024;

/** What makes more of a page than its items; dynalite itself has to. */
const MORE = [
  'IndexName',
  'Select',
  '_filter',
  'QueryFilter',
  'ScanFilter',
  '_projection',
  'AttributesToGet',
];

export const isPlainQuery = (asked: Asked): boolean =>
  asked.ReturnConsumedCapacity !== 'INDEXES' && MORE.every((name) => !(name in asked));

/** The page of a query or a scan that wants items as they are: as dynalite makes it, without its streams. */
export const pageOf = (
  items: Iterable<Item>,
  { KeySchema }: Table,
  asked: Asked,
  startKeyNames: readonly string[],
): object => {
  const { Limit = Infinity, ReturnConsumedCapacity, TableName, ConsistentRead } = asked;
  const rangeKey = KeySchema[1]?.AttributeName;
  const Items: Item[] = [];
  let pageBytes = 0;
  let readBytes = 0;
  const isFull = (): boolean => Items.length >= Limit || pageBytes >= PAGE_BYTES;
  for (const item of items) {
    if (isFull()) break;
    readBytes += db.itemSize(item);
    pageBytes += db.itemSize(item, true, true, rangeKey);
    Items.push(item);
  }
  const last = isFull() ? Items.at(-1) : undefined;
  const units = Math.ceil(readBytes / 1024 / 4) * (ConsistentRead === true ? 1 : 0.5);
  return {
    ScannedCount: Items.length,
    ...(last === undefined
      ? {}
      : { LastEvaluatedKey: Object.fromEntries(startKeyNames.map((name) => [name, last[name]])) }),
    Count: Items.length,
    Items,
    ...(ReturnConsumedCapacity === 'TOTAL'
      ? { ConsumedCapacity: { CapacityUnits: units, TableName } }
      : {}),
  };
};
