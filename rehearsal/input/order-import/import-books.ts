import type { RejectedRow } from './build-order.ts';
import { addRow, type BooksDocument, type Draft, finished, newDraft } from './books-document.ts';
import { type BooksRow, useOf } from './books-row.ts';
import type { ImportOptions } from './import-orders.ts';
import { mappedRows } from './mapped-rows.ts';
import { rejected, type Rejection, valueOfField } from './read-line.ts';
import type { Row } from './read-rows.ts';

/** Everything that a file says of money. */
export interface Books {
  /** In the order of their first rows. */
  readonly documents: readonly BooksDocument[];
  /** Documents that could not be booked, with the first reason. */
  readonly unusable: readonly { readonly id: string; readonly rejection: Rejection }[];
  /** Rows of those, rows of no document, and rows that are no money: each with its reason. */
  readonly rejected: readonly RejectedRow[];
  readonly rows: number;
}

/** DynamoDB's keys and the contract of events take ids of so many characters. */
const MAX_ID = 128;

/**
 * All documents of a file, with all their rows: memory holds what the books need of every row. Rows of one document
 * may stand anywhere.
 *
 * @throws {InvalidImportMap} when no mapping fits the file's columns
 * @throws {UnreadableFile}
 */
export const readBooks = async (
  file: string,
  { shop, map: given, emails = 'none', limit = Infinity }: ImportOptions,
): Promise<Books> => {
  const { map, rows } = await mappedRows(file, given);
  const options = { shop, map, emails };
  const drafts = new Map<string, Draft>();
  const strays: RejectedRow[] = [];
  let count = 0;
  for await (const row of rows) {
    count++;
    const id = 'values' in row ? valueOfField(row, map, 'order') : '';
    const problem = 'problem' in row ? row.problem : 'the row names no document';
    if ('problem' in row || id === '') {
      const reason = 'problem' in row ? 'unreadable-row' : 'no-order-id';
      strays.push({ row: emptyRow(row), rejection: rejected(reason, problem) });
      continue;
    }
    const draft = drafts.get(id) ?? (drafts.size < limit ? newDraft(id) : undefined);
    if (draft === undefined) continue;
    drafts.set(id, draft);
    addRow(draft, row, options);
  }
  const results = [...drafts.values()].map((draft) => ({ draft, read: checked(draft, options) }));
  return {
    documents: results.flatMap(({ read }) => (isRejection(read) ? [] : [read])),
    unusable: results.flatMap(({ draft: { id }, read }) =>
      isRejection(read) ? [{ id, rejection: read }] : [],
    ),
    rejected: [
      ...strays,
      ...results.flatMap(({ draft, read }) =>
        isRejection(read) ? rowsOfUnusable(draft, read) : rowsWithoutMoney(read),
      ),
    ],
    rows: count,
  };
};

const isRejection = (read: BooksDocument | Rejection): read is Rejection =>
  read.kind === 'rejected';

const checked = (
  draft: Draft,
  options: Parameters<typeof finished>[1],
): BooksDocument | Rejection => {
  const { id } = draft;
  return id.length > MAX_ID
    ? rejected('invalid', `the id has ${id.length} characters, expected at most ${MAX_ID}`)
    : finished(draft, options);
};

const emptyRow = ({ number }: { readonly number: number }): Row => ({ number, values: new Map() });

const rowsOfUnusable = ({ id, rows, problems }: Draft, why: Rejection): readonly RejectedRow[] => {
  const reason = `another row of the document is rejected: ${why.reason}`;
  const others = problems.length === 0 ? why : rejected('order-incomplete', reason);
  return [...problems, ...rows.map((row) => ({ row: asRow(id, row), rejection: others }))];
};

const rowsWithoutMoney = ({ id, kind, rows }: BooksDocument): readonly RejectedRow[] =>
  rows.flatMap((row) => {
    const use = useOf(row);
    return kind === 'adjustment' || (use !== 'zero-quantity' && use !== 'stock-correction')
      ? []
      : [{ row: asRow(id, row), rejection: rejected(use, `${row.sku} ${row.name}`.trim()) }];
  });

/** The row's parts that were kept. */
const asRow = (id: string, { number, part, sku, name }: BooksRow): Row => ({
  number,
  ...(part === undefined ? {} : { part }),
  values: new Map([
    ['document', id],
    ['sku', sku],
    ['name', name],
  ]),
});
