import { describe, expect, test } from 'vitest';
import { notice } from '#state-machines/notice.contract.ts';
import { completionsOf, namesOf, touchesOf } from './history.ts';
import { journeysOf, lookBackAt } from './walk.ts';

const order = { shop: 'hearth', orderId: '100482', subjects: ['P1'] };

const journeys = journeysOf('notice');
const { walk } = journeys;

describe.each(notice.input.shape.touch.options)('a notice of %s', (touch) => {
  test('asks for that touch, of what the event told, and ends no stage', async () => {
    const result = await walk({ ...order, touch });

    expect(namesOf(result)).toEqual(['SendNotice']);
    expect(touchesOf(result)).toEqual([{ ...order, touch }]);
    expect(completionsOf(result)).toEqual([]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { decision: 'send' } });
  });
});

test('a notice of several subjects is one', async () => {
  const result = await walk({ ...order, touch: 'packaging-insert', subjects: ['mill', 'tin'] });

  expect(touchesOf(result)).toHaveLength(1);
});

test('a decision that fails is asked for again', async () => {
  const result = await walk(
    { ...order, touch: 'refund' },
    {
      SendNotice: {
        '0': { Throw: { Error: 'Lambda.Unknown' } },
        '1': { Return: { StatusCode: 200, Payload: { kind: 'hold' } } },
      },
    },
  );

  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { decision: 'hold' } });
});

lookBackAt(journeys);
