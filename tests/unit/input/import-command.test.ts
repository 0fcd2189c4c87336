import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEvents } from '#rehearsal/input/event-files.ts';
import { run } from '#rehearsal/input/import-command.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { printed, complaints } = listenToCommands();
const { folder } = temporaryFolder();

const sample = ['--orders', 'samples/orders.csv', '--shop', 'hearth'];
const map = ['--map', 'samples/orders.map.json'];

describe('npm run import', () => {
  it('writes events that a rehearsal reads, and says what it left out', async () => {
    const out = join(folder, 'events.jsonl');

    expect(await run([...sample, ...map, '--out', out])).toBe(0);

    const { events, problems } = await readEvents(out);
    expect(problems).toStrictEqual([]);
    expect(events.map(({ detail }) => detail['orderId'])).toStrictEqual([
      'A-2001',
      'A-2002',
      'A-2005',
    ]);
    expect(printed.join('\n').split('\n')).toStrictEqual([
      '3 orders with 4 lines from 8 rows',
      '3 orders not imported',
      '  1 unreadable-quantity',
      '  1 cancellation',
      '  1 price-too-precise',
      '4 rows not imported',
      '  1 unreadable-quantity',
      '  1 order-incomplete',
      '  1 cancellation',
      '  1 price-too-precise',
      '1 imported orders with something left out',
      '  1 unknown-country',
    ]);
  });

  it.each(['csv', 'jsonl'])(
    'writes the rejected rows with their reasons as %s',
    async (extension) => {
      const rejected = join(folder, `rejected.${extension}`);

      expect(await run([...sample, ...map, '--rejected', rejected])).toBe(0);

      const lines = (await readFile(rejected, 'utf8')).trim().split('\n');
      expect(lines).toHaveLength(extension === 'csv' ? 5 : 4);
      expect(lines.at(-1)).toContain('price-too-precise');
      expect(lines.at(-1)).toContain('12,905');
    },
  );

  it('stops at the limit', async () => {
    expect(await run([...sample, ...map, '--limit', '1'])).toBe(0);

    expect(printed[0]).toContain('1 orders with 2 lines');
  });

  it.each([
    [['--shop', 'hearth'], 'needs --orders FILE'],
    [
      ['--orders', 'samples/orders.csv', '--shop', 'west'],
      'got west, expected one of hearth, northside',
    ],
    [sample, 'got the columns'],
    [[...sample, '--map', 'order=x'], 'expected columns for at, quantity, unitPrice, sku'],
    [[...sample, '--map', 'samples/orders.csv'], 'the file is not JSON'],
    [[...sample, ...map, '--limit', '0'], '--limit: got "0"'],
    [[...sample, ...map, '--emails', 'all'], '--emails: got "all"'],
    [[...sample, '--colour'], 'colour'],
    [['--orders', 'missing.csv', '--shop', 'hearth'], 'ENOENT'],
  ])('answers 2 to %j and says what to do', async (args, complaint) => {
    expect(await run(args)).toBe(2);

    expect(complaints.join('\n')).toContain(complaint);
  });

  it('explains itself', async () => {
    expect(await run(['--help'])).toBe(0);

    expect(printed[0]).toContain('--orders FILE');
    expect(printed[0]).toContain('UCI Online Retail, Shopify order export');
  });
});
