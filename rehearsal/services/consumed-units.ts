const READS = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

/** Whether the units of an operation of DynamoDB's are of reads; else they are of writes. */
export const isRead = (operation: string): boolean => READS.has(operation);

/** The units of DynamoDB's answer to a call that asked for them; those of a batch by its tables. */
export const consumedUnits = (answer: unknown): number => {
  const consumed: unknown = Object(answer).ConsumedCapacity;
  if (!Array.isArray(consumed)) return unitsOf(consumed);
  return consumed.reduce((total: number, each: unknown) => total + unitsOf(each), 0);
};

const unitsOf = (consumed: unknown): number => Number(Object(consumed).CapacityUnits ?? 0);
