import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readEvents } from '#rehearsal/input/event-files.ts';
import { run } from '../../../bin/commands/catalogue.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { printed, complaints } = listenToCommands();
const { folder, fileOf } = temporaryFolder();

const bowl = { shop: 'hearth', sku: 'A', name: 'Bowl', kind: 'physical' };
const linesOf = (...products: readonly object[]): string =>
  products.map((product) => JSON.stringify(product)).join('\n');

describe('npm run catalogue -- check', () => {
  it('checks the sample shops, and is content with what is missing', async () => {
    const code = await run(['check']);

    expect(code).toBe(0);
    expect(printed.join('\n')).toContain('45 products read: 45 usable, 0 refused.');
    expect(printed.join('\n')).toContain('HG-PAN-LID  warning.glass  not in de');
  });

  it('names refused records and ends with 1', async () => {
    const file = await fileOf('bad.jsonl', linesOf(bowl, { shop: 'hearth', sku: 'B' }));

    const code = await run(['check', file]);

    expect(code).toBe(1);
    expect(printed.join('\n')).toContain('2 products read: 1 usable, 1 refused.');
    expect(printed.join('\n')).toContain('line 2  B  name: got nothing, expected string');
  });

  it('answers as JSON', async () => {
    const file = await fileOf('good.jsonl', linesOf(bowl));

    await run(['check', file, '--json']);

    const { counts, bare } = z
      .object({ counts: z.unknown(), bare: z.array(z.unknown()) })
      .parse(JSON.parse(printed.join('')));
    expect(counts).toEqual({ read: 1, usable: 1, refused: 0 });
    expect(bare).toEqual([{ shop: 'hearth', category: 'without category', skus: ['A'] }]);
  });

  it('says which columns nothing reads', async () => {
    const file = await fileOf('columns.csv', 'sku,name,colour\nA,Bowl,red\n');

    await run(['check', file, '--shop', 'hearth']);

    expect(printed.join('\n')).toContain('Columns that nothing reads: colour');
  });
});

describe('npm run catalogue -- import', () => {
  it('writes events that a rehearsal takes, the same for the same products', async () => {
    const file = await fileOf('import.jsonl', linesOf(bowl, { ...bowl, sku: 'B' }));
    const out = join(folder, 'events.jsonl');

    const code = await run(['import', file, '--out', out, '--at', '2026-01-02T03:04:05Z']);

    const { events, problems } = await readEvents(out);
    expect(code).toBe(0);
    expect(problems).toEqual([]);
    expect(events).toMatchObject([
      {
        atMs: Date.parse('2026-01-02T03:04:05Z'),
        source: 'oms.hearth',
        detailType: 'CatalogItemUpdated',
        detail: { shop: 'hearth', item: { sku: 'A', name: 'Bowl', kind: 'physical' } },
      },
      { detail: { item: { sku: 'B' } } },
    ]);
    await run(['import', file, '--out', out, '--at', '2026-02-02T00:00:00Z']);
    const again = await readEvents(out);
    expect(again.events.map(({ detail }) => detail['eventId'])).toEqual(
      events.map(({ detail }) => detail['eventId']),
    );
  });

  it('writes the sound products of a file of Shopify’s, and says which variant it cannot use', async () => {
    const out = join(folder, 'shopify.jsonl');
    const sample = 'samples/catalogue-shopify.json';

    const code = await run(['import', sample, '--shop', 'hearth', '--out', out]);

    const { events } = await readEvents(out);
    expect(code).toBe(1);
    expect(events).toHaveLength(2);
    expect(complaints).toEqual([
      expect.stringContaining('variant 3: "Pour-over set – Moss" has no SKU'),
    ]);
    expect(printed.join('\n')).toContain('3 products read: 2 usable, 1 refused.');
  });

  it('reads a file by its map', async () => {
    const code = await run([
      'import',
      'samples/products.csv',
      '--map',
      'samples/products.map.json',
      '--shop',
      'hearth',
    ]);

    expect(code).toBe(0);
    expect(printed).toEqual(['3 products read: 3 usable, 0 refused.']);
  });
});

describe('npm run catalogue -- diff', () => {
  it('says what changed, in words, as Markdown and as JSON', async () => {
    const old = await fileOf('old.jsonl', linesOf(bowl));
    const late = await fileOf('late.jsonl', linesOf({ ...bowl, name: 'Cup' }));

    expect(await run(['diff', old, late])).toBe(0);
    expect(await run(['diff', old, late, '--markdown'])).toBe(0);
    expect(await run(['diff', old, late, '--json'])).toBe(0);

    const [words = '', markdown = '', json = ''] = printed;
    expect(words).toContain('name: Bowl → Cup');
    expect(markdown).toContain('| hearth | A | name | Bowl | Cup |');
    expect(JSON.parse(json)).toMatchObject([{ sku: 'A', change: 'changed' }]);
  });
});

describe('npm run catalogue', () => {
  it.each([
    [['chek'], 'got "chek", expected check, import or diff'],
    [['import'], 'import needs a FILE'],
    [['diff', 'a.jsonl'], 'diff needs two files'],
    [['check', 'a.jsonl', 'b.jsonl'], 'more files than it takes'],
    [['check', 'samples/catalogue.jsonl', '--state', 'x'], 'expected one of them'],
    [['check', '--state', 'no-such-folder'], 'no-such-folder has no rehearsal'],
    [['check', 'samples/catalogue.jsonl', '--shop', 'elsewhere'], '--shop: got "elsewhere"'],
    [['check', 'samples/catalogue.jsonl', '--shop', 'constructor'], '--shop: got "constructor"'],
    [['check', 'no-such.jsonl'], 'no-such.jsonl'],
    [['check', 'samples/products.csv', '--shop', 'hearth'], 'expected sku and name'],
    [['check', 'samples/products.csv', '--map', 'samples/orders.map.json'], 'orders.map.json'],
    [['import', 'samples/catalogue.jsonl', '--send'], '--stage: got nothing'],
    [['import', 'samples/catalogue.jsonl', '--stage', 'live'], '--stage: got live'],
    [['import', 'samples/catalogue.jsonl', '--stage', 'prod'], 'expected --send or --dry-run'],
    [['import', 'samples/catalogue.jsonl', '--at', 'noon'], '--at: got "noon"'],
  ])('refuses %j', async (args, because) => {
    expect(await run(args)).toBe(2);

    expect(complaints).toEqual([expect.stringContaining(because)]);
  });

  it('says how it is used when it is told nothing', async () => {
    expect(await run([])).toBe(2);
    expect(await run(['--help'])).toBe(0);

    expect(printed).toEqual([expect.stringContaining('check [FILE]'), printed[0]]);
  });
});
