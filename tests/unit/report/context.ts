import { moneyFormat } from '../../../bin/report/formats.ts';
import type { Rows } from '../../../bin/report/rows.ts';
import type { Chapter, ReportContext, Told } from '../../../bin/report/section.ts';

export const context: ReportContext = {
  scope: {},
  currency: 'EUR',
  money: moneyFormat('EUR'),
  shopName: (shop) => (shop === 'hearth' ? 'Hearth & Grain' : shop),
};

/** What a chapter tells of handmade answers, in the order of its queries. */
export const told = (chapter: Chapter, ...answers: readonly Rows[]): Told =>
  chapter.tell(answers, context);

/** A table's row as one text, to look for in it. */
export const rowIn = (of: Told, table: number, row: number): string =>
  (of.tables?.[table]?.rows[row] ?? []).join(' | ');
