import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../bin/commands/affinity.ts';
import { run as bench } from '../../../bin/commands/bench-affinity.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { printed, complaints } = listenToCommands();
const { fileOf } = temporaryFolder();
let file = '';

/** Forty orders of mug and saucer, forty of other pairs, and a lid of the mugs' category that nobody buys with anything. */
const table = (): string => {
  const rows = Array.from({ length: 80 }, (_, at) => {
    const day = `2026-01-${String(1 + (at % 28)).padStart(2, '0')} 10:00:00`;
    const pair = at % 2 === 0 ? ['MUG', 'SAUCER'] : [`POT-${at % 4}`, 'TEA'];
    return pair.map((sku) => [
      `O${String(at).padStart(3, '0')}`,
      sku,
      sku === 'MUG' ? 'Mugs' : 'Table',
      1,
      '9.90',
      day,
      `c${at % 9}`,
    ]);
  }).flat();
  const rare = [['R1', 'LID', 'Mugs', 1, '4.90', '2026-01-28 11:00:00', 'c1']];
  const none = [['R2', 'SAUCER', 'Table', -1, '9.90', '2026-01-28 11:00:00', 'c1']];
  return [['no', 'sku', 'category', 'pieces', 'price', 'at', 'who'], ...rows, ...rare, ...none]
    .map((row) => row.join(','))
    .join('\n');
};

const map = 'order=no,sku=sku,category=category,quantity=pieces,unitPrice=price,at=at,customer=who';

beforeAll(async () => {
  file = await fileOf('orders.csv', table());
});

const affinity = (...args: readonly string[]) => run(['--orders', file, '--map', map, ...args]);
const words = () => printed.join('\n');

describe('npm run affinity', () => {
  test('shows what goes with a product, and by which orders', async () => {
    const code = await affinity('--for', 'mug', '--top', '1');

    expect(code).toBe(0);
    expect(words()).toMatch(/with MUG .*: 40 orders; \d\.\d % left to wider lists/);
    expect(words()).toContain('1. SAUCER  (strong)');
    expect(words()).toMatch(
      /together with MUG in 40 of its 40 orders, LLR \d+\.\d; confidence 100\.0 %, lift 2\.0/,
    );
  });

  test('tells of a product with thin data where its score comes from', async () => {
    await affinity('--for', 'LID', '--top', '1');

    expect(words()).toContain(
      'with LID : too few orders with other products: all of it from wider lists',
    );
    expect(words()).toMatch(/1\. SAUCER .*\(weak\)/);
    expect(words()).toMatch(/from categories \d+\.\d %/);
    expect(words()).toContain('goes with Mugs, which LID is of');
  });

  test('takes a basket, and gives JSON', async () => {
    await affinity('--basket', 'mug,tea', '--json');

    const { basket, candidates } = JSON.parse(words());
    expect(basket).toEqual(['MUG', 'TEA']);
    expect(candidates[0]).toMatchObject({ sku: 'SAUCER', relation: 'strong', confidence: 1 });
  });

  test('says what there is where nobody ordered the product', async () => {
    expect(await affinity('--for', 'FORK')).toBe(2);
    expect(complaints[0]).toMatch(/nobody ordered FORK .* sells 6 products, such as MUG, SAUCER/);
  });

  test.each([
    [['--orders', 'nowhere.csv', '--for', 'A'], /nowhere\.csv/],
    [['--orders', 'FILE', '--map', 'order=no', '--for', 'A'], /expected columns for/],
    [
      ['--orders', 'FILE', '--map', map, '--for', 'A', '--set', 'half'],
      /--set: got "half", expected KEY=NUMBER/,
    ],
  ])('ends with a sentence for %j', async (args, problem) => {
    expect(await run(args.map((arg) => (arg === 'FILE' ? file : arg)))).toBe(2);
    expect(complaints.join()).toMatch(problem);
  });

  test('explains itself', async () => {
    expect([await run(['--help']), await run([])]).toEqual([0, 2]);
    expect(words()).toContain('npm run affinity -- --orders FILE --for SKU');
  });
});

describe('npm run bench:affinity', () => {
  test('measures every ranking by both protocols', async () => {
    const days = ['--cut', '2026-01-20', '--from', '2026-01-15', '--until', '2026-01-20'];

    const code = await bench([file, '--map', map, ...days, '--json']);

    const { learning, completion, followUp } = JSON.parse(words());
    expect(code).toBe(0);
    expect(learning).toMatchObject({ rows: 162, sales: 161 });
    // Each order after the cut is a pair that was seen before: its other half is found.
    expect(completion).toMatchObject({ trials: 23, hitRates: { affinity: 1, cosine: 1 } });
    expect(Object.keys(followUp.hitRates)).toEqual([
      'popularity',
      'popularity of the last 60 days',
      'conditional probability',
      'cosine',
      'affinity',
    ]);
  });

  test('explains itself', async () => {
    expect([await bench(['--help']), await bench([])]).toEqual([0, 2]);
  });
});
