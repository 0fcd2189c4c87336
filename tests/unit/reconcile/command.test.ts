import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { documentItem } from '#core/adapters/dynamo-items.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { run } from '../../../bin/commands/reconcile.ts';
import { oms, omsFiles } from './oms-files.ts';

const { fileOf, booksOf } = omsFiles();

afterEach(() => {
  vi.restoreAllMocks();
});

describe('npm run reconcile', () => {
  it('refuses a map of totals without a total', () => {
    expect(() => parseImportMap('order=Id,refunded=Back', 'totals')).toThrow('columns for total');
  });

  const state = async (transactions: readonly Transaction[]): Promise<string> => {
    const folder = dirname(await fileOf(oms));
    await mkdir(join(folder, 'tables'), { recursive: true });
    const items = transactions.map((document) =>
      JSON.stringify(documentItem({ key: {}, version: 1, document })),
    );
    await writeFile(join(folder, 'tables', 'Ledger.jsonl'), items.join('\n'));
    return folder;
  };
  const map =
    'order=id,at=at,sku=sku,quantity=n,unitPrice=price,cancellationPrefix=C,adjustmentPrefix=A';

  it('reads the ledger of a rehearsal, and tells by its exit code whether all is equal', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const args = [await fileOf(oms), '--map', map, '--state', await state(await booksOf(oms))];

    expect(await run(args)).toBe(0);
    expect(said).toHaveBeenLastCalledWith('Equal: nothing differs by a whole unit.');
  });

  it('writes every difference to the CSV that it is told to', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const out = join(dirname(await fileOf(oms)), 'out.csv');
    const ledger = (await booksOf(oms)).filter(({ orderId }) => orderId !== '1');
    const args = [await fileOf(oms), '--map', map, '--state', await state(ledger)];

    expect(await run([...args, '--json', '--csv', out])).toBe(1);
    expect(await readFile(out, 'utf8')).toContain(
      '\n1,sale,"in the OMS, not in the ledger",EUR,15.30',
    );
  });

  it.each([
    [['no-file.csv'], 'there is no file no-file.csv'],
    [['samples/orders.csv'], 'or a map that names them'],
    [['samples/orders.csv', '--shop', 'west'], '--shop: got "west"'],
    [['samples/orders.csv', '--map', 'package.json'], 'package.json: map: '],
    [
      ['samples/orders.csv', '--map', 'samples/orders.map.json', '--state', 'nowhere'],
      'nowhere has no finished rehearsal',
    ],
    [
      ['samples/orders.csv', '--map', 'samples/orders.map.json', '--stage', 'moon'],
      '--stage: got "moon"',
    ],
  ])('refuses %j', async (args, complaint) => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);

    expect(await run(args)).toBe(2);
    expect(complaints).toHaveBeenCalledWith(expect.stringContaining(complaint));
  });
});
