import { describe, expect, test } from 'vitest';
import { namesOf, supportOf, toldIn } from './history.ts';
import { journeysOf, lookBackAt } from './walk.ts';

const order = { shop: 'hearth', orderId: '100482' };
const handOff = ['support-hand-off', []];

const journeys = journeysOf('support');
const { walk } = journeys;

describe('a bad answer', () => {
  test.each(['high', 'normal'] as const)(
    'goes to a person with %s priority, then the customer is told',
    async (priority) => {
      const result = await walk({ ...order, priority });

      expect(supportOf(result)).toEqual([{ ...order, priority }]);
      expect(toldIn(result)).toEqual([handOff]);
      expect(namesOf(result)).toEqual(['RequestSupport', 'SendSupportHandOff']);
      expect(result).toMatchObject({ status: 'SUCCEEDED', output: { decision: 'send' } });
    },
  );

  test('is promised to a person only when one was asked', async () => {
    const result = await walk(
      { ...order, priority: 'normal' },
      { RequestSupport: { Throw: { Error: 'Error', Cause: 'no answer' } } },
    );

    expect(result.status).toBe('FAILED');
    expect(toldIn(result)).toEqual([]);
    expect(supportOf(result)).toHaveLength(13);
  });
});

lookBackAt(journeys);
