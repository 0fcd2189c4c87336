import { appendFileSync, readFileSync, truncateSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InvocationJournal, OtherRehearsal } from '#rehearsal/sandbox/invocation-journal.ts';
import { temporaryFolder } from '#tests/fakes/command-line.ts';

const { folder } = temporaryFolder();
let files = 0;
const newFile = (): string => join(folder, `${(files += 1)}.jsonl`);

const call = { service: 'dynamodb', operation: 'PutItem', input: { TableName: 'Orders' } };
const entry = (id: number) => ({
  id,
  functionName: 'IngestEvent',
  calls: [call],
  invocation: { ok: true, payload: id } as const,
});

/** Two invocations, as a process leaves them that is killed. */
const begun = (): string => {
  const file = newFile();
  const journal = new InvocationJournal(file, 'these orders');
  journal.add(entry(1), { order: 1 });
  journal.add(entry(2), { order: 'ü' });
  journal.close();
  return file;
};

describe('a journal of invocations', () => {
  test('knows each that was added, in whichever order it is asked', () => {
    const journal = new InvocationJournal(begun(), 'these orders');

    const known = [journal.known(2), journal.known(1), journal.known(3)];

    expect(known).toMatchObject([entry(2), entry(1), undefined]);
  });

  test('goes on where it ended', () => {
    const file = begun();
    const journal = new InvocationJournal(file, 'these orders');
    expect(journal.known(3)).toBeUndefined();
    journal.add(entry(3), {});
    journal.close();

    const again = new InvocationJournal(file, 'these orders');

    expect([1, 2, 3].map((id) => again.known(id)?.id)).toEqual([1, 2, 3]);
  });

  test.each([1, 20, 200])('forgets a line of which %i bytes are missing', (missing) => {
    const file = begun();
    truncateSync(file, statSync(file).size - missing);
    const journal = new InvocationJournal(file, 'these orders');

    const known = [1, 2].map((id) => journal.known(id)?.id);
    journal.add(entry(2), {});
    journal.close();

    expect(known).toEqual([1, undefined]);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
  });

  test('begins anew when not even its first line was written whole', () => {
    const file = newFile();
    appendFileSync(file, '{"format":');
    const journal = new InvocationJournal(file, 'these orders');

    journal.add(entry(1), {});
    journal.close();

    expect(new InvocationJournal(file, 'these orders').known(1)?.id).toBe(1);
  });

  test('of other orders is refused, in words', () => {
    const file = begun();

    const resume = () => new InvocationJournal(file, 'other orders');

    expect(resume).toThrow(OtherRehearsal);
    expect(resume).toThrow('Resume with the code and the options that it was begun with');
  });
});
