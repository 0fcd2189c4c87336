import { describe, expect, test } from 'vitest';
import { visitTouches } from '#core/domain/journeys/visits.ts';
import { completionsOf, namesOf, touchesOf } from './history.ts';
import { journeysOf, lookBackAt } from './walk.ts';

const order = { shop: 'hearth', orderId: '100482' };

const journeys = journeysOf('repurchase');
const { walk, walkWith } = journeys;

const stateOf = (touch: string): string =>
  `Send${touch.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;

describe.each(visitTouches)('a visit for %s', (touch) => {
  const isOfOrder = touch === 'win-back' || touch === 'loyalty-invitation';
  const visit = { ...order, touch, subjects: isOfOrder ? [] : ['mill', 'tin'] };

  test('asks for that touch alone, of what the visit tells of, and says what was decided', async () => {
    const result = await walk(visit);

    expect(namesOf(result)).toEqual(['WhichVisit', stateOf(touch)]);
    expect(touchesOf(result)).toEqual([visit]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { decision: 'send' } });
  });

  test('whose touch is dropped ends well', async () => {
    const dropped = { Return: { StatusCode: 200, Payload: { kind: 'drop', reason: 'stale' } } };
    const result = await walk(visit, { [stateOf(touch)]: dropped });

    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { decision: 'drop' } });
  });
});

test.each(['win-back', 'loyalty-invitation'] as const)(
  'a visit for %s says what of the customer’s score it goes by',
  async (touch) => {
    const because = 'score of 2026-11-23, loyal';

    const result = await walk({ ...order, touch, subjects: [], because });

    expect(touchesOf(result)).toEqual([{ ...order, touch, subjects: [], because }]);
  },
);

test('a visit ends no stage: the next one is planned already', async () => {
  const result = await walk({ ...order, touch: 'win-back', subjects: [] });

  expect(completionsOf(result)).toEqual([]);
});

test('a visit that the definition has no state for fails the execution, by its touch', async () => {
  // The contract knows no such touch; an enrolment of another version may.
  const result = await walkWith({ ...order, touch: 'singing-telegram', subjects: [] });

  expect(result).toMatchObject({
    status: 'FAILED',
    error: 'UnknownTouch',
    cause: 'repurchase has no state for singing-telegram',
  });
});

lookBackAt(journeys);
