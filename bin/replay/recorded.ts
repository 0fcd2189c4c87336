import { join } from 'node:path';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { recordedTouch } from '#rehearsal/diff/recorded-touch.ts';
import type { Recorded } from '#rehearsal/replay/compare-replay.ts';
import { readItems } from '#rehearsal/replay/read-items.ts';
import { endOfStored } from './stored-summary.ts';

/** What was recorded, and how long it went on. */
export interface RecordedUntil extends Recorded {
  /** Absent where only an export says what was recorded. */
  readonly until?: Instant | undefined;
}

/**
 * What a rehearsal left in its state folder.
 *
 * @throws {NoRehearsal} when none has
 */
export const recordedInState = async (stateDir: string): Promise<RecordedUntil> => {
  const until = await endOfStored(stateDir);
  const file = (table: string): string => join(stateDir, 'tables', `${table}.jsonl`);
  return {
    ...(await recordedInExports(file(tables.touches.name), file(tables.ledger.name))),
    until,
  };
};

/**
 * What exports of a deployment's tables have, in DynamoDB JSON.
 *
 * @throws {UnusableArchive} naming file and line
 */
export const recordedInExports = async (touches: string, ledger: string): Promise<Recorded> => ({
  touches: (await readItems(touches)).map((item) => recordedTouch(toTouchRecord(item))),
  transactions: (await readItems(ledger)).map(toTransaction),
});
