import type { Written } from './notebook.ts';
import { readExpectation } from './read-expectation.ts';
import { readRecord, type RecordContext } from './read-record.ts';
import type { RecordExpectation } from './record-expectation.ts';
import type { Expectation } from './scenario.ts';

export interface Then {
  readonly expectations: readonly Expectation[];
  readonly records: readonly RecordExpectation[];
}

interface ThenContext extends RecordContext {
  /** Names of all touches that there are. */
  readonly touches: readonly string[];
}

/** What should come of it; what cannot be read is noted and left out. */
export const readThen = (items: readonly Written[], context: ThenContext): Then => {
  const expectations: Expectation[] = [];
  const records: RecordExpectation[] = [];
  for (const item of items) {
    const record = readRecord(item, context);
    if (record === undefined) continue;
    if (record !== 'not-a-record') {
      records.push(record);
      continue;
    }
    const expectation = readExpectation(item, context);
    if (expectation !== undefined) expectations.push(expectation);
  }
  return { expectations, records };
};
