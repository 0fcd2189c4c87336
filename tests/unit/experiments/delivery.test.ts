import { expect, test } from 'vitest';
import { agreed } from '#tests/unit/contact-policy/policy-inputs.ts';
import { worldOf } from '#tests/unit/delivery/world.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { experimentOf, heldOutId, heldOutOnly } from './planned.ts';

const experiments = {
  experiments: [experimentOf({ variant: 'question' }, { touches: ['win-back'] })],
};

test('a message is written in the arm that it was decided in, whatever is drawn by now', async () => {
  for (const [arm, variant] of [
    ['b', 'question'],
    ['control', undefined],
  ] as const) {
    const record = { arms: [{ experiment: 'offer-test', arm }] };
    const world = worldOf({ touch: 'win-back', subjects: [], experiments, record });

    expect(await world.deliver()).toBe('sent');

    expect(world.due.map(({ treatment }) => treatment?.variant)).toEqual([variant]);
  }
});

test('whom a merge took into the holdout since gets no treatment any more', async () => {
  const customer = { ...agreed, assignment: { id: heldOutId, since: at(0) } };
  const world = worldOf({ touch: 'win-back', subjects: [], experiments: heldOutOnly, customer });

  expect(await world.deliver()).toBe('dropped');

  expect(world.calls).toEqual([]);
  expect(await world.stored()).toMatchObject({ outcome: { state: 'dropped', reason: 'holdout' } });
});

test('a delay that was over when it was decided does not begin again in the queue', async () => {
  const delayed = experimentOf({ atHour: 9 }, { touches: ['win-back'], kind: 'timing' });
  const arms = { control: { share: 0 }, b: { share: 1, atHour: 9 } };
  const world = worldOf({
    touch: 'win-back',
    subjects: [],
    experiments: { experiments: [{ ...delayed, arms }] },
  });

  expect(await world.deliver()).toBe('sent');
});

test('what of a message depends on order and customer is told with it, also when it is told again', async () => {
  let breaks = true;
  const world = worldOf({
    touch: 'win-back',
    subjects: [],
    busBreaks: () => breaks,
  });
  await expect(world.deliver()).rejects.toThrow('the bus did not take the events');
  breaks = false;

  expect(await world.deliver()).toBe('already-done');

  expect(world.bus.events).toMatchObject([
    { type: 'MessageSent', detail: { personalised: ['lines', 'locale'] } },
  ]);
});
