import { createReadStream, existsSync, openSync, truncateSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A write of a table as it was asked for, and done. */
interface WrittenCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Ask = (operation: string, input: WrittenCall['input']) => Promise<unknown>;

/** Writes that change nothing when they are done again in their order, from the first. */
const WRITES = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

/**
 * The writes of tables, line by line in a file: a process that is killed has left each that was answered. Done again
 * in their order on empty tables they give the same tables.
 */
export interface WriteJournal {
  /** Does every write of the file again. @returns how many there were */
  readonly replay: (ask: Ask) => Promise<number>;
  /** Adds what was done. */
  readonly add: (operation: string, input: object) => void;
}

/** @param file @default nothing is kept */
export const openJournal = (file: string | undefined): WriteJournal | undefined => {
  if (file === undefined) return undefined;
  let open: number | undefined;
  return {
    replay: async (ask) => {
      if (!existsSync(file)) return 0;
      let writes = 0;
      let wholeBytes = 0;
      for await (const line of createInterface({ input: createReadStream(file) })) {
        const call = readCall(line);
        // The last line of a killed process may be half of one: its write was not answered.
        if (call === undefined) break;
        await ask(call.operation, call.input);
        writes += 1;
        wholeBytes += Buffer.byteLength(line) + 1;
      }
      truncateSync(file, wholeBytes);
      return writes;
    },
    add: (operation, input) => {
      if (!WRITES.has(operation)) return;
      open ??= openSync(file, 'a');
      writeSync(open, `${JSON.stringify({ operation, input })}\n`);
    },
  };
};

const readCall = (line: string): WrittenCall | undefined => {
  try {
    const call: WrittenCall = JSON.parse(line);
    return call;
  } catch {
    return undefined;
  }
};
