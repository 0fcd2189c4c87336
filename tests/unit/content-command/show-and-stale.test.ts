import { describe, expect, test } from 'vitest';
import { approved } from '#tests/unit/content/versions.ts';
import { listenToCommands, temporaryFolder } from '#tests/fakes/command-line.ts';
import { run } from '../../../bin/commands/content.ts';
import { apron, complexity, knife, leaveState, textsOf } from './content-state.ts';

const { printed, complaints } = listenToCommands();
const { folder: dir } = temporaryFolder();

const ask = async (...args: readonly string[]): Promise<string> => {
  await run([...args, '--state', dir]);
  return printed.join('\n');
};

describe('what is shown of a product', () => {
  test('is every version with who decided what and why, and the rules that it broke', async () => {
    const retracted = {
      verdict: 'retract',
      by: 'Ada',
      at: '2026-03-02T10:00:00.000Z',
      reason: 'recalled',
    } as const;
    const violations = [{ rule: 'number', block: 0, because: 'got 40, which no fact has' }];
    await leaveState(dir, {
      items: [apron],
      texts: [textsOf(apron, 'en-GB', { decisions: [approved, retracted] }, { violations })],
      proposals: [{ shop: 'hearth', sku: 'HG-APR', revision: 1, facts: [complexity] }],
    });

    const text = await ask('show', 'HG-APR');

    expect(text).toContain('HG-APR care en-GB v2 of hearth: refused');
    expect(text).toContain('✗ number, block 1: got 40, which no fact has');
    expect(text).toContain('HG-APR care en-GB v1 of hearth: retracted');
    expect(text).toContain('2026-03-01 10:00 approve by rule: simple goods');
    expect(text).toContain('2026-03-02 10:00 retract by Ada: recalled');
    expect(text).toContain('HG-APR of hearth fact complexity = considered: pending');
  });

  test('is narrowed to a locale, and is nothing where there is none', async () => {
    await leaveState(dir, {
      items: [apron],
      texts: [textsOf(apron, 'en-GB', { decisions: [approved] }), textsOf(apron, 'de-DE', {})],
    });

    const text = await ask('show', 'HG-APR', '--locale', 'en-GB');
    const none = await run(['show', 'HG-APR', '--locale', 'fr-FR', '--state', dir]);

    expect(text).toContain('approved, in use');
    expect(text).not.toContain('de-DE');
    expect(none).toBe(1);
    expect(complaints.join()).toContain('nothing is written of "HG-APR" that fits');
  });
});

describe('a text in use is stale', () => {
  const inUse = { decisions: [approved] };
  const [care, material] = apron.attributes ?? [];
  if (care === undefined || material === undefined) throw new Error('the apron states two facts');
  const warning = { id: 'warning', type: 'warning', text: { en: 'Keep off the stove.' } } as const;

  test.each([
    ['when a fact that it cites is not stated any more', [material], 'care is not stated any more'],
    [
      'when a warning was added',
      [care, material, warning],
      'a warning was added: warning “Keep off the stove.”',
    ],
    [
      'when a fact says something else now',
      [{ ...care, text: { en: 'Wash at 40 °C.' } }],
      'one of these was changed, or a warning went: care “Wash at 40 °C.”',
    ],
  ])('%s', async (_, attributes, change) => {
    const texts = [textsOf(apron, 'en-GB', inUse)];
    await leaveState(dir, { items: [{ ...apron, attributes }], texts });

    const text = await ask('stale');

    expect(text).toContain('HG-APR care en-GB v1 of hearth  Apron, linen');
    expect(text).toContain(change);
    expect(text).toContain('1 of the texts in use is not sent');
  });

  test('when a fact that was stated in another language is stated in its own', async () => {
    const before = { ...apron, attributes: [{ ...care, text: { en: 'Wash at 30 °C.' } }] };
    await leaveState(dir, { items: [apron], texts: [textsOf(before, 'de-DE', inUse)] });

    expect(await ask('stale')).toContain(
      'care “Bei 30 °C waschen.” is stated in de now; the text was drafted from the words in en',
    );
  });

  test('when the catalogue has no such product', async () => {
    await leaveState(dir, { items: [knife], texts: [textsOf(apron, 'en-GB', inUse)] });

    expect(await ask('stale')).toContain('the catalogue has no such product');
  });

  test('and not while what it does not cite changes', async () => {
    const others = { ...apron, attributes: [care] };
    await leaveState(dir, { items: [others], texts: [textsOf(apron, 'en-GB', inUse)] });

    expect(await ask('stale')).toBe('Every text in use rests on what the catalogue states now.');
  });

  test('and not before it is in use', async () => {
    await leaveState(dir, { items: [knife], texts: [textsOf(apron, 'en-GB', {})] });

    expect(await ask('stale')).toContain('Every text in use');
  });
});
