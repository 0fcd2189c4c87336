import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { booksOf } from '#core/domain/ledger/books.ts';
import { decimalText } from '#core/domain/money/decimal-text.ts';
import { booked } from './booked.ts';
import { workedExamples, type WorkedExample } from './worked-examples.ts';

const guide = readFileSync(new URL('../../../docs/ledger.md', import.meta.url), 'utf8');

/** Cells of the table's rows, without the blanks that line them up. */
const rows = guide
  .split('\n')
  .filter((each) => each.startsWith('|'))
  .map((each) => cellsOf(each).join(' | '));

function cellsOf(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

const rowOf = ({ after, told, events }: WorkedExample): string => {
  const transactions = booked(events).filter(({ sequence }) => sequence === events.length - 1);
  const changes = booksOf(transactions)
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ account, lineId, amountMinor }) => {
      const amount = `${amountMinor > 0 ? '+' : ''}${decimalText(amountMinor, 2)}`;
      return [account, ...(lineId === undefined ? [] : [lineId]), amount].join(' ');
    });
  return [after, told, changes.length === 0 ? 'nothing' : changes.join(', ')].join(' | ');
};

test.each(workedExamples)(
  'docs/ledger.md says what is booked by: $told, after: $after',
  (example) => {
    expect(rows).toContain(rowOf(example));
  },
);

test('docs/ledger.md works out no example that is not checked', () => {
  const header = rows.indexOf('before | told | booked');
  const worked = rows.slice(header + 2, header + 2 + workedExamples.length);

  expect(worked).toEqual(workedExamples.map(rowOf));
});
