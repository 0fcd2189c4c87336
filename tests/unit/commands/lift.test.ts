import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { run } from '../../../bin/commands/lift.ts';
import { listenToCommands, temporaryFolder } from '../../fakes/command-line.ts';

const { printed, complaints } = listenToCommands();
const { folder, fileOf } = temporaryFolder();

/** Of 1,000 customers an arm: 300 of "mail" buy for 30 give or take 10, 150 of "none" do. */
const table = (separator = ','): string =>
  [
    ['customer', 'group', 'bought', 'revenue', 'before'].join(separator),
    ...Array.from({ length: 2_000 }, (_, at) => {
      const isMailed = at % 2 === 0;
      const rank = Math.floor(at / 2);
      const buys = rank < (isMailed ? 300 : 150);
      const amount = buys ? (rank % 2 === 0 ? '20.00' : '40.00') : '0';
      return [`c${at}`, isMailed ? 'mail' : 'none', String(buys), amount, rank % 7].join(separator);
    }),
  ].join('\n');

const readOuts = z.object({
  readOuts: z.array(
    z.object({
      treatment: z.string(),
      verdict: z.string(),
      split: z.object({ p: z.number() }),
      outcomes: z.array(
        z.object({
          name: z.string(),
          kind: z.string(),
          cap: z.number().optional(),
          effect: z.object({ difference: z.number() }).optional(),
          adjusted: z.object({ theta: z.number() }).optional(),
        }),
      ),
    }),
  ),
});

const lift = (csv: string, ...args: readonly string[]): Promise<number> =>
  run(['--csv', csv, '--arm', 'group', '--control', 'none', ...args]);

describe('npm run lift', () => {
  it('reads a packed file, tells proportions from amounts and prints what to do', async () => {
    const csv = await fileOf('customers.csv.gz', table());

    const code = await lift(csv, '--outcome', 'revenue', '--outcome', 'bought', '--pre', 'before');

    const words = printed.join('\n');
    expect(code).toBe(0);
    expect(words).toContain('mail against none: better');
    expect(words).toContain('difference: +4,500.00 per 1,000 customers');
    expect(words).toContain('difference: +150 per 1,000 customers');
    expect(words).toContain('allowing for the value before (CUPED');
    expect(words).toContain('All arms are taken to be planned alike');
    expect(words).toContain('What to do: give mail to everyone but the holdout');
  });

  it('gives every number as JSON', async () => {
    const csv = await fileOf('customers.csv', table());

    await lift(csv, '--outcome', 'revenue', '--outcome', 'bought', '--cap', '25', '--json');

    const [read] = readOuts.parse(JSON.parse(printed.join(''))).readOuts;
    expect(read).toMatchObject({ treatment: 'mail', verdict: 'better', split: { p: 1 } });
    expect(read?.outcomes).toMatchObject([
      { name: 'revenue', kind: 'amount', cap: 25, effect: { difference: expect.closeTo(4.5, 9) } },
      { name: 'bought', kind: 'proportion', effect: { difference: expect.closeTo(0.15, 9) } },
    ]);
  });

  it('compares every other arm with control when none is named', async () => {
    const more = table().replaceAll(/^(c\d*[05]),mail/gm, '$1,card');
    const csv = await fileOf('three.csv', more);

    await lift(csv, '--outcome', 'bought', '--json', '--shares', 'mail=.4,card=.1,none=.5');

    const reads = readOuts.parse(JSON.parse(printed.join(''))).readOuts;
    expect(reads.map(({ treatment }) => treatment)).toStrictEqual(['card', 'mail']);
  });

  it('ends with 1 when the split is broken, and without outcomes checks only that', async () => {
    const csv = await fileOf('customers.csv', table());

    expect(await lift(csv, '--shares', 'mail=.6,none=.4')).toBe(1);
    expect(printed.join('\n')).toContain('Split: broken');
    expect(printed.join('\n')).toContain('only the split was checked');
    expect(await lift(csv)).toBe(0);
  });

  it('takes another delimiter, and says when the header looks like one', async () => {
    const csv = await fileOf('semicolons.csv', table(';'));

    expect(await lift(csv, '--outcome', 'bought', '--delimiter', ';')).toBe(0);
    expect(await lift(csv, '--outcome', 'bought')).toBe(2);
    expect(complaints.join('\n')).toContain('Is --delimiter the right one?');
  });

  it.each<[string, readonly string[], string]>([
    [
      'a column that is not there',
      ['--outcome', 'spend'],
      'there is no column "spend"; there are: customer, group, bought, revenue, before',
    ],
    [
      'an outcome that is no number',
      ['--outcome', 'customer'],
      'row 2, column "customer": got "c0"',
    ],
    [
      'an unknown control',
      ['--control', 'holdout'],
      'there is no arm "holdout"; there are: mail, none',
    ],
    ['an unknown treatment', ['--treatment', 'sms'], 'there is no arm "sms"'],
    ['control as treatment', ['--treatment', 'none'], 'which is control'],
    ['an arm that is an id', ['--arm', 'customer'], 'more than 20 different values'],
    [
      'shares that miss 1',
      ['--shares', 'mail=.5,none=.4'],
      'which sum to 0.9, expected shares that sum to 1',
    ],
    [
      'shares of other arms',
      ['--shares', 'post=.5,none=.5'],
      'the file has the arm "mail", the shares do not',
    ],
    ['shares without a number', ['--shares', 'mail'], '--shares: got "mail", expected ARM=SHARE'],
    ['an alpha of 5', ['--alpha', '5'], '--alpha: got 5, expected a number between 0 and 1'],
    ['no number for n-star', ['--n-star', 'many'], '--n-star: got NaN'],
    ['a cap of nothing', ['--cap', '0'], '--cap: got 0'],
    [
      'an outcome that was not asked for',
      ['--less-is-better', 'bought'],
      'expected one of the --outcome',
    ],
  ])('refuses %s with a sentence', async (_, args, message) => {
    const csv = await fileOf('customers.csv', table());

    expect(await lift(csv, ...args)).toBe(2);
    expect(complaints.join('\n')).toContain(message);
  });

  it.each([
    ['empty.csv', '', 'the file is empty'],
    ['header.csv', 'group,bought\n', 'got a header and no customers below it'],
    [
      'gap.csv',
      'group,bought\nmail,1\nnone,\n',
      'row 3, column "bought": got nothing, expected a number',
    ],
    ['armless.csv', 'group,bought\n,1\n', 'row 2, column "group": got nothing, expected an arm'],
    ['comma.csv', 'group,bought\nnone,"1,5"\n', 'got "1,5", expected a number such as 12.50'],
    ['ragged.csv', 'group,bought\nnone\n', 'row 2: it has 1 columns, the header 2'],
    ['one.csv', 'group,bought\nnone,1\n', 'all customers are in "none"'],
    ['twice.csv', 'group,bought,bought\nnone,1,0\n', 'column "bought" is there twice'],
  ])('refuses the file %s with a sentence', async (name, text, message) => {
    const csv = await fileOf(name, text);

    expect(await lift(csv, '--outcome', 'bought')).toBe(2);
    expect(complaints.join('\n')).toContain(message);
  });

  it('refuses a file that is not there, and shows its help when it is asked too little', async () => {
    expect(await lift(join(folder, 'no.csv'))).toBe(2);
    expect(complaints.join('\n')).toContain('ENOENT');
    expect(await run(['--csv', 'x.csv'])).toBe(2);
    expect(await run(['--help'])).toBe(0);
    expect(printed.at(-1)).toContain('npm run lift -- --csv FILE --arm COLUMN');
  });
});
