import { beforeEach, describe, expect, test, vi } from 'vitest';
import { liveVersion, type ProductTexts, stateOf } from '#core/domain/content/product-texts.ts';
import { approved } from '#tests/unit/content/versions.ts';
import { listenToCommands, temporaryFolder } from '#tests/fakes/command-line.ts';
import { run } from '../../../bin/commands/content.ts';
import { apron, complexity, knife, leaveState, NOW, stateIn, textsOf } from './content-state.ts';

const { printed, complaints } = listenToCommands();
const { folder: dir } = temporaryFolder();

const broken = [{ rule: 'number', block: 0, because: 'got 40, which no fact has' }];
const rejected = {
  verdict: 'reject',
  by: 'Bo',
  at: '2026-03-02T00:00:00.000Z',
  reason: 'too dry',
} as const;

const leave = (...texts: readonly ProductTexts[]): Promise<void> =>
  leaveState(dir, { items: [apron, knife], texts });

const ask = (...args: readonly string[]): Promise<number> =>
  run([...args, '--reviewer', 'Ada', '--state', dir]);

const stateOfVersion = async (version: number, locale = 'en-GB'): Promise<string | undefined> => {
  const { texts } = await stateIn(dir);
  const found = texts
    .find((of) => of.locale === locale && of.sku === apron.sku)
    ?.versions.find((each) => each.version === version);
  return found === undefined ? undefined : stateOf(found);
};

describe('approving', () => {
  test('puts the version that waits in use, and keeps who, when and the next revision', async () => {
    await leave(textsOf(apron, 'en-GB', { decisions: [approved] }, {}));

    const code = await ask('approve', 'HG-APR', '--kind', 'care');

    const [texts] = (await stateIn(dir)).texts;
    expect(code).toBe(0);
    expect(printed).toEqual([
      'HG-APR care en-GB v2 of hearth: approved. Messages have it from now on.',
    ]);
    expect(texts?.revision).toBe(2);
    expect(texts && liveVersion(texts, 'care')).toMatchObject({
      version: 2,
      decisions: [{ verdict: 'approve', by: 'Ada', at: NOW, eventId: /^content-reviewed\// }],
    });
  });

  test('leaves every other item as it was, claims too', async () => {
    await leave(textsOf(apron, 'en-GB', {}), textsOf(knife, 'en-GB', {}));
    const before = (await stateIn(dir)).content;

    await ask('approve', 'HG-APR');

    expect((await stateIn(dir)).content.slice(1)).toEqual(before.slice(1));
  });

  test('says that a newer version stays in use', async () => {
    await leave(textsOf(apron, 'en-GB', {}, { decisions: [approved] }));

    await ask('approve', 'HG-APR', '--version', '1');

    expect(printed.join()).toContain('v2 stays in use');
  });

  test('says that no message has it while its facts are others', async () => {
    await leave(textsOf({ ...apron, attributes: [] }, 'en-GB', {}));

    await ask('approve', 'HG-APR');

    expect(printed.join()).toContain('its facts have changed since it was drafted');
  });

  test.each([
    ['of no such SKU', ['HG-NIX'], [{}], 'no text is written of "HG-NIX"'],
    ['of no such kind', ['HG-APR', '--kind', 'upsell'], [{}], 'expected one that HG-APR has: care'],
    ['in no such locale', ['HG-APR', '--locale', 'fr'], [{}], 'has texts in: en-GB'],
    ['of no such version', ['HG-APR', '--version', '7'], [{}], 'has no v7: there are v1 pending'],
    [
      'of a version that broke a rule',
      ['HG-APR', '--version', '1'],
      [{ violations: broken }],
      'a text that did is never approved',
    ],
    [
      'where nothing waits',
      ['HG-APR'],
      [{ violations: broken }],
      'nothing of HG-APR care en-GB of hearth waits: there are v1 refused by number',
    ],
    [
      'of what was rejected',
      ['HG-APR', '--version', '1'],
      [{ decisions: [rejected] }],
      'was rejected (by Bo on 2026-03-02 00:00: too dry): what was taken back never comes back',
    ],
    [
      'of what is approved',
      ['HG-APR', '--version', '1'],
      [{ decisions: [approved] }],
      'is approved already (by rule: simple goods',
    ],
    ['of a fact that nobody proposed', ['HG-APR', '--fact', 'kind'], [{}], 'no fact is proposed'],
  ])('%s is refused, and changes nothing', async (_, args, drafts, problem) => {
    await leave(textsOf(apron, 'en-GB', ...drafts));
    const before = (await stateIn(dir)).content;

    const code = await ask('approve', ...args);

    expect(code).toBe(1);
    expect(complaints.join('\n')).toContain(problem);
    expect((await stateIn(dir)).content).toEqual(before);
  });

  test.each([
    ['more than one is meant', ['HG-APR']],
    ['a category is', ['--all-of', 'Textiles']],
  ])('lists when %s, and decides on all by --yes', async (_, args) => {
    await leave(textsOf(apron, 'en-GB', {}), textsOf(apron, 'de-DE', {}));

    const listed = await ask('approve', ...args);
    const before = await stateOfVersion(1, 'de-DE');
    const done = await ask('approve', ...args, '--yes');

    expect([listed, before, done]).toEqual([1, 'pending', 0]);
    expect(printed.slice(0, 2).toSorted()).toEqual([
      expect.stringContaining('HG-APR care de-DE v1 of hearth  risk low, score 0.90'),
      expect.stringContaining('HG-APR care en-GB v1 of hearth  risk low, score 0.90'),
    ]);
    expect(complaints.join()).toContain('2 texts are meant');
    expect(await stateOfVersion(1, 'de-DE')).toBe('approved');
    expect(await stateOfVersion(1, 'en-GB')).toBe('approved');
  });

  test('all of a category leaves out what is riskier, other or outdated', async () => {
    await leave(
      textsOf(apron, 'en-GB', { risk: 'medium' }),
      textsOf({ ...apron, attributes: [] }, 'de-DE', {}),
      textsOf(knife, 'en-GB', {}),
    );

    const code = await ask('approve', '--all-of', 'Textiles', '--yes');
    const riskier = await ask('approve', '--all-of', 'Textiles', '--max-risk', 'medium', '--yes');

    expect(code).toBe(1);
    expect(complaints.join()).toContain(
      'nothing of "Textiles" waits of at most low risk whose facts are as they were; there wait: Textiles 2, Knives 1',
    );
    expect(riskier).toBe(0);
    expect(await stateOfVersion(1, 'en-GB')).toBe('approved');
    expect(await stateOfVersion(1, 'de-DE')).toBe('pending');
  });
});

describe('rejecting', () => {
  test('keeps the reason, and says what stays in use', async () => {
    await leave(textsOf(apron, 'en-GB', { decisions: [approved] }, {}));

    await ask('reject', 'HG-APR', '--reason', 'It is not ours.');

    expect(printed).toEqual(['HG-APR care en-GB v2 of hearth: rejected. v1 stays in use.']);
    expect((await stateIn(dir)).texts[0]?.versions[1]?.decisions).toMatchObject([
      { verdict: 'reject', by: 'Ada', reason: 'It is not ours.' },
    ]);
  });

  test('what is approved is a retraction', async () => {
    await leave(textsOf(apron, 'en-GB', { decisions: [approved] }));

    const code = await ask('reject', 'HG-APR', '--version', '1', '--reason', 'no');

    expect(code).toBe(1);
    expect(complaints.join()).toContain('take it back by retract');
  });
});

describe('retracting', () => {
  test('takes the version in use out of every message from now on', async () => {
    await leave(textsOf(apron, 'en-GB', { decisions: [approved] }, {}));

    await ask('retract', 'HG-APR', '--reason', 'recalled');

    expect(printed).toEqual([
      'HG-APR care en-GB v1 of hearth: retracted. No message that is written after 2026-03-04 12:00 UTC has it. None of its kind is in use any more: messages go without until a newer one is approved.',
    ]);
    expect(await stateOfVersion(1)).toBe('retracted');
    expect(await stateOfVersion(2)).toBe('pending');
  });

  test('keeps older versions out of use too, approved or not', async () => {
    const drafts = [{}, { decisions: [approved] }, { decisions: [approved] }];
    await leave(textsOf(apron, 'en-GB', ...drafts));

    await ask('retract', 'HG-APR', '--reason', 'recalled');
    const again = await ask('approve', 'HG-APR', '--version', '1');

    expect(printed).toEqual([
      expect.stringContaining('HG-APR care en-GB v3 of hearth: retracted.'),
    ]);
    expect(again).toBe(1);
    expect(complaints.join()).toContain('is older than v3, which was retracted');
  });

  test('a version that a newer one has taken the place of is refused', async () => {
    await leave(textsOf(apron, 'en-GB', { decisions: [approved] }, { decisions: [approved] }));

    const code = await ask('retract', 'HG-APR', '--version', '1', '--reason', 'recalled');

    expect(code).toBe(1);
    expect(complaints.join()).toContain('HG-APR care en-GB v1 of hearth is not in use: v2 is');
  });

  test('is refused where nothing is in use', async () => {
    await leave(textsOf(apron, 'en-GB', {}));

    const code = await ask('retract', 'HG-APR', '--reason', 'recalled');

    expect(code).toBe(1);
    expect(complaints.join()).toContain(
      'nothing of HG-APR care en-GB of hearth is in use: there are v1 pending',
    );
  });
});

describe('a proposed fact', () => {
  beforeEach(() =>
    leaveState(dir, {
      items: [apron, knife],
      proposals: [{ shop: 'hearth', sku: 'HG-KNI', revision: 1, facts: [complexity] }],
    }),
  );

  const known = async () => (await stateIn(dir)).items.map(({ approvedFacts }) => approvedFacts);

  test('counts in the catalogue once it is approved, and no more once it is retracted', async () => {
    await ask('approve', 'HG-KNI', '--fact', 'complexity');
    const after = await known();
    await ask('retract', 'HG-KNI', '--fact', 'complexity', '--reason', 'it is simple');

    expect(after).toEqual([undefined, { complexity: 'considered' }]);
    expect(await known()).toEqual([undefined, {}]);
    expect(printed[0]).toContain('HG-KNI complexity of hearth: approved.');
  });

  test('that was not proposed is refused with those that were', async () => {
    const code = await ask('approve', 'HG-KNI', '--fact', 'daysOfSupply');

    expect(code).toBe(1);
    expect(complaints.join()).toContain('expected one that is proposed of HG-KNI: complexity');
  });
});

describe('who decides', () => {
  beforeEach(() => leave(textsOf(apron, 'en-GB', {})));

  test.each([
    [['approve', 'HG-APR'], '--reviewer: got nothing'],
    [['reject', 'HG-APR', '--reviewer', 'Ada'], '--reason: got nothing'],
    [['approve', '--reviewer', 'Ada'], 'expected a SKU, or --all-of CATEGORY'],
    [['approve', 'HG-APR', '--reviewer', 'A'.repeat(101)], 'reviewer: '],
    [['approve', 'HG-APR', '--reviewer', 'Ada', '--version', 'x'], '--version: got "x"'],
    [['reject', '--all-of', 'Textiles', '--reviewer', 'Ada', '--reason', 'no'], 'only approve'],
  ])('%j is refused with what is wrong', async (args, problem) => {
    vi.stubEnv('AFTERGLOW_REVIEWER', undefined);

    const code = await run([...args, '--state', dir]);

    vi.unstubAllEnvs();
    expect(code).toBe(2);
    expect(complaints.join()).toContain(problem);
    expect(await stateOfVersion(1)).toBe('pending');
  });

  test('may be said by the environment', async () => {
    vi.stubEnv('AFTERGLOW_REVIEWER', 'Ada');

    await run(['approve', 'HG-APR', '--state', dir]);

    vi.unstubAllEnvs();
    expect((await stateIn(dir)).texts[0]?.versions[0]?.decisions).toMatchObject([{ by: 'Ada' }]);
  });
});
