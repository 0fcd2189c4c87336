import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { importOrders, type ImportOptions } from '#rehearsal/input/order-import/import-orders.ts';

export const shop = { id: 'hearth', currency: 'EUR', timeZone: 'Europe/Berlin' };

/** Files in a folder of their own, which is removed when the tests have ended. */
export const orderFiles = () => {
  let folder = '';
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const fileOf = async (content: string | Uint8Array, extension = 'csv'): Promise<string> => {
    const file = join(folder, `${files++}.${extension}`);
    await writeFile(file, content);
    return file;
  };
  const imported = async (csv: string, options: Partial<ImportOptions> = {}) =>
    importOrders(await fileOf(csv), { shop, ...options });
  return { fileOf, imported };
};

/** Rows under the header of UCI Online Retail. */
export const uci = (...rows: readonly string[]): string =>
  [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    ...rows,
  ].join('\n');

/** Row number and reason of each rejected row. */
export const reasons = ({ rejected }: Awaited<ReturnType<typeof importOrders>>) =>
  rejected.map(({ row, rejection }) => [row.number, rejection.reason]);
