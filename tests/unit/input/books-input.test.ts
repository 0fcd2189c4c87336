import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkedMap } from '#rehearsal/input/order-import/import-map.ts';
import { readInput } from '../../../bin/commands/rehearsal-input.ts';
import { readBooksInput } from '../../../bin/commands/books-input.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'books-input-'));
});
afterAll(() => rm(folder, { recursive: true }));

const asked = {
  emails: 'customers-and-guests',
  consent: '1',
  duplicate: '0',
  shuffle: '0s',
  seed: '1',
  books: true,
};
const orders = 'samples/orders.csv';
const map = 'samples/orders.map.json';

describe('the books as input of a rehearsal', () => {
  it('are orders, refunds and adjustments, and nobody gets an address that the file has not', async () => {
    const { events, notes } = await readInput({ ...asked, orders, map }, folder);

    expect(new Set(events.map(({ detailType }) => detailType))).toStrictEqual(
      new Set(['OrderPlaced', 'RefundIssued']),
    );
    expect(JSON.stringify(events)).not.toContain('guest-');
    expect(notes).toContain('  sales 1405.705 EUR in 4 documents with 5 lines');
    expect(await readFile(join(folder, 'rejected-rows.jsonl'), 'utf8')).toContain(
      'unreadable-quantity',
    );
  });

  it('need a file', async () => {
    await expect(readInput(asked, folder)).rejects.toThrow('--books: needs --orders FILE');
  });

  it('need a rate of each of their currencies', async () => {
    const shop = { id: 'hearth', currency: 'EUR', timeZone: 'UTC' };
    const inKronur = checkedMap({
      ...JSON.parse(await readFile(map, 'utf8')),
      defaultCurrency: 'ISK',
    });

    const read = readBooksInput(orders, { shop, map: inKronur }, folder);

    await expect(read).rejects.toThrow('add ledger.rates.ISK to afterglow.config.ts');
  });
});
