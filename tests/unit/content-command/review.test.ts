import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { approved } from '#tests/unit/content/versions.ts';
import { listenToCommands, temporaryFolder } from '#tests/fakes/command-line.ts';
import { run } from '../../../bin/commands/content.ts';
import { apron, complexity, knife, leaveState, textsOf } from './content-state.ts';

const { printed, complaints } = listenToCommands();
const { folder: dir } = temporaryFolder();

const sharp = { style: 'warning' as const, text: 'Mind the edge.', facts: ['warning.edge'] };
const byHand = { style: 'paragraph' as const, text: 'Wash it by hand.', facts: ['care'] };

beforeEach(() =>
  leaveState(dir, {
    items: [apron, knife],
    texts: [
      textsOf(
        apron,
        'en-GB',
        {
          blocks: [{ style: 'paragraph', text: 'Wash the apron warm.', facts: ['care'] }],
          decisions: [approved],
        },
        {},
        { kind: 'upsell', violations: [{ rule: 'link', block: 0, because: 'got www.x.example' }] },
      ),
      textsOf(knife, 'en-GB', { risk: 'high', blocks: [byHand, sharp] }),
    ],
    proposals: [{ shop: 'hearth', sku: 'HG-KNI', revision: 1, facts: [complexity] }],
  }),
);

const ask = async (...args: readonly string[]): Promise<string> => {
  await run([...args, '--state', dir]);
  return printed.join('\n');
};

describe('the review', () => {
  test('lists what waits, the riskiest first, and ends with what was refused', async () => {
    const text = await ask('review');

    expect(text.indexOf('HG-KNI care en-GB v1')).toBeLessThan(text.indexOf('HG-APR care en-GB v2'));
    expect(text).toContain('risk high, score 0.90, hearth, Knives; by nova (v1) for $0.0010');
    expect(text).toContain('age 3 days');
    expect(text).toContain(
      '2 texts and 1 proposed fact wait for a person; 1 text was refused: link 1.',
    );
  });

  test('shows what each block rests on, in the catalogue’s words, and marks warnings', async () => {
    const text = await ask('review', '--sku', 'HG-KNI');

    expect(text).toContain('⚠ WARNING Mind the edge.');
    expect(text).toContain('warning.edge (warning): Very sharp: keep away from children.');
    expect(text).not.toContain('HG-APR');
  });

  test('shows word by word what is other than in the version in use', async () => {
    expect(await ask('review', 'HG-APR')).toContain(
      'against v1, which is in use:\n    Wash the apron [-warm.-] {+at 30 °C.+}',
    );
  });

  test('shows proposed facts with their evidence, unless a locale or kind is asked for', async () => {
    const all = await ask('review');
    printed.length = 0;
    const ofKind = await ask('review', '--kind', 'care');

    expect(all).toContain('HG-KNI fact complexity = considered');
    expect(all).toContain('confidence 0.60');
    expect(all).toContain('care: Wash by hand.');
    expect(ofKind).not.toContain('fact complexity');
  });

  test('says of a text whose facts have changed that it would not be sent', async () => {
    const renewed = { ...knife, attributes: knife.attributes?.slice(0, 1) };
    await leaveState(dir, {
      items: [renewed],
      texts: [textsOf(knife, 'en-GB', { blocks: [byHand, sharp] })],
    });

    const text = await ask('review');

    expect(text).toContain('Its facts have changed since');
    expect(text).toContain('warning.edge: not stated any more');
  });

  test('leaves out what is older than a version that was decided', async () => {
    const rejected = { verdict: 'reject', by: 'Ada', at: '2026-03-02T00:00:00.000Z' } as const;
    await leaveState(dir, {
      items: [apron],
      texts: [textsOf(apron, 'en-GB', {}, { decisions: [rejected] })],
    });

    expect(await ask('review')).toContain('0 texts and 0 proposed facts wait');
  });

  test('still lists what waits below a newer draft that broke a rule', async () => {
    const violations = [{ rule: 'number', because: 'got 40' }];
    await leaveState(dir, {
      items: [apron],
      texts: [textsOf(apron, 'en-GB', {}, { violations })],
    });

    expect(await ask('review')).toContain('HG-APR care en-GB v1');
  });

  test('gives the same as JSON', async () => {
    const list: unknown = JSON.parse(await ask('review', '--json'));

    expect(list).toMatchObject({
      texts: [
        { sku: 'HG-KNI', risk: 'high', isOutdated: false },
        { sku: 'HG-APR', version: 2, change: { from: 1 } },
      ],
      facts: [{ fact: 'complexity', value: 'considered' }],
      refused: { texts: 1, rules: [{ rule: 'link', texts: 1 }] },
    });
  });

  test('shows what a terminal would obey by its number', async () => {
    const hostile = { ...apron, name: 'Apron\u001B[2J\u202E' };
    await leaveState(dir, { items: [hostile], texts: [textsOf(hostile, 'en-GB', {})] });

    const text = await ask('review');

    expect(text).toContain(String.raw`Apron\u{1b}[2J\u{202e}`);
    expect(text).not.toContain('\u202E');
  });
});

describe('the page of the review', () => {
  const pageOf = async (): Promise<string> => {
    const file = join(dir, 'review.html');
    await ask('review', '--html', file);
    return readFile(file, 'utf8');
  };

  test('has every text with its change marked, and loads nothing', async () => {
    const page = await pageOf();

    expect(page).toContain("default-src 'none'");
    expect(page).toMatch(/<del><span class="said" lang="en">removed: <\/span>warm\.<\/del>/);
    expect(page).toMatch(/<ins><span class="said" lang="en">added: <\/span>at 30 °C\.<\/ins>/);
    expect(page).not.toMatch(/<script|<link|<img|src=/);
    expect(printed.at(-1)).toContain('review.html');
  });

  test('has the commands that decide, with the folder that they are of', async () => {
    expect(await pageOf()).toContain(
      `npm run content -- approve HG-APR --shop hearth --kind care --locale en-GB --version 2 --state ${dir} --reviewer NAME`,
    );
  });

  test('shows markup and commands in a shop’s words as they are, and never obeys them', async () => {
    const hostile = { ...apron, sku: 'A;rm -rf', name: '<script>alert(1)</script>' };
    await leaveState(dir, { items: [hostile], texts: [textsOf(hostile, 'en-GB', {})] });

    const page = await pageOf();

    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>');
    expect(page).toContain('approve &#39;A;rm -rf&#39;');
  });
});

test.each([
  [['review', '--kind', 'poem'], '--kind: got "poem", expected one of usage-guide, care'],
  [['review', '--shop', 'other'], '--shop: got "other", expected one of hearth, northside'],
  [['show'], 'show needs a SKU'],
  [['publish'], 'got "publish", expected review, show, stale, approve, reject, retract'],
  [['show', 'HG-APR', 'HG-KNI'], 'got "HG-KNI" too: one SKU at a time'],
])('%j is refused with what is wrong', async (args, problem) => {
  const code = await run([...args, '--state', dir]);

  expect(code).toBe(2);
  expect(complaints.join('\n')).toContain(problem);
});

test('a folder without a rehearsal is said to be none', async () => {
  await expect(run(['review', '--state', join(dir, 'elsewhere')])).rejects.toMatchObject({
    name: 'NoRehearsal',
  });
});
