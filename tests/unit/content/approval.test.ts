import { describe, expect, test } from 'vitest';
import { approvalOf, type ApprovalRule } from '#core/domain/content/approval.ts';

const simple: ApprovalRule = {
  name: 'simple goods',
  categories: ['Textiles'],
  maxRisk: 'low',
  minScore: 0.7,
};

const text = { kind: 'care', category: 'Textiles', risk: 'low', score: 0.8 } as const;

describe('a text that passed the checks', () => {
  test('is approved by the first rule that it fits', () => {
    const rules = [{ ...simple, kinds: ['upsell' as const] }, simple, { ...simple, name: 'last' }];

    expect(approvalOf(text, rules)?.name).toBe('simple goods');
  });

  test.each([
    ['of another category', { category: 'Knives' }],
    ['of none', { category: undefined }],
    ['that could do more harm', { risk: 'medium' as const }],
    ['that its facts bear out too little', { score: 0.69 }],
  ])('waits for a person when it is %s', (_, change) => {
    expect(approvalOf({ ...text, ...change }, [simple])).toBeUndefined();
  });

  test('waits for a person without any rule', () => {
    expect(approvalOf(text, [])).toBeUndefined();
  });
});
