import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { repurchase } from '#state-machines/repurchase.contract.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { ARRIVAL, purchase, tenOclock } from '#tests/unit/journeys/plan-inputs.ts';
import { at, delivered, line, placed, received } from '#tests/unit/orders/order-events.ts';
import { setUp, spreadOf } from './set-up.ts';

const order = { shop: 'hearth', orderId: '100482' };
const machine = {
  'SKU-mill': { warrantyMonths: 24, pairsWith: ['GRINDER'] },
  'SKU-tin': { daysOfSupply: 40 },
};

/** Onboarding has ended, and the survey has gone. */
const reachVisits = async ({ handOver, fire }: ReturnType<typeof setUp>): Promise<void> => {
  await handOver('onboarding');
  await fire();
};

/** Everything that is scheduled calls, one after the other. */
const runOut = async ({ scheduler, fire }: ReturnType<typeof setUp>): Promise<void> => {
  for (let calls = 0; scheduler.waiting().length > 0; calls += 1) {
    if (calls > 50) throw new Error('the schedules never end');
    await fire();
  }
};

const visitsOf = ({ journeys }: ReturnType<typeof setUp>) =>
  [...journeys.repurchase.started].map(([name, input]) => {
    const { touch, subjects } = repurchase.input.parse(input);
    return [name, touch, subjects];
  });

describe('a visit whose time has come', () => {
  test('starts, and the next is scheduled', async () => {
    const enrol = setUp({ facts: machine });
    await reachVisits(enrol);

    expect(await enrol.fire()).toMatchObject({ result: 'started' });

    const [input] = enrol.journeys.repurchase.started.values();
    expect(repurchase.input.parse(input)).toEqual({
      ...order,
      touch: 'warranty-registration',
      subjects: ['mill'],
    });
    expect(enrol.scheduler.waiting()).toEqual([
      {
        name: 'hearth_100482_repurchase-2',
        at: spreadOf(tenOclock(24)),
        payload: {
          ...order,
          stage: 'repurchase',
          planned: 'cross-sell',
          done: ['warranty-registration'],
          turn: 2,
        },
      },
    ]);
  });

  test('is not made when the order was given back meanwhile; none follows, and it is said why', async () => {
    const enrol = setUp({ facts: machine });
    await reachVisits(enrol);
    await enrol.hear(received(400, 'R1'));

    expect(await enrol.fire()).toMatchObject({ result: 'skipped' });

    expect(visitsOf(enrol)).toEqual([]);
    expect(enrol.scheduler.waiting()).toEqual([]);
    expect(enrol.bus.events).toMatchObject([
      { detail: { stage: 'repurchase', outcome: 'given-back' } },
    ]);
  });

  test('that comes again starts and schedules nothing twice', async () => {
    const enrol = setUp({ facts: machine });
    await reachVisits(enrol);
    const { payload } = await enrol.fire();

    expect(await enrol.due(payload)).toBe('already-started');

    expect(enrol.journeys.repurchase.started.size).toBe(1);
    expect(enrol.scheduler.waiting()).toHaveLength(1);
  });

  test('and broke off before the next was scheduled schedules it when it comes again', async () => {
    const enrol = setUp({
      facts: machine,
      schedulerBreaks: breaksOnce(),
      now: tenOclock(17),
    });
    const due = {
      ...order,
      stage: 'repurchase',
      planned: 'warranty-registration',
      done: [],
      turn: 1,
    };

    await expect(enrol.due(due)).rejects.toThrow('Scheduler');
    expect(await enrol.due(due)).toBe('already-started');

    expect(visitsOf(enrol)).toHaveLength(1);
    expect(enrol.scheduler.names).toEqual(['hearth_100482_repurchase-2']);
  });
});

describe('the visits of an order', () => {
  test('are made one after the other to the last, and then the stage is done', async () => {
    const enrol = setUp({
      facts: { ...machine, 'SKU-oven': { daysOfSupply: 60 } },
      events: [placed({ lines: [line('mill'), line('tin'), line('oven')] }), delivered(ARRIVAL)],
    });
    await reachVisits(enrol);

    await runOut(enrol);

    expect(visitsOf(enrol)).toEqual([
      ['hearth_100482_repurchase-warranty-registration', 'warranty-registration', ['mill']],
      ['hearth_100482_repurchase-cross-sell', 'cross-sell', ['GRINDER']],
      ['hearth_100482_repurchase-replenishment', 'replenishment', ['tin']],
      ['hearth_100482_repurchase-replenishment-2', 'replenishment', ['oven']],
      ['hearth_100482_repurchase-win-back', 'win-back', []],
    ]);
    expect(enrol.bus.events).toMatchObject([
      { detail: { eventId: 'stage-completed/100482/repurchase', outcome: 'done' } },
    ]);
  });

  test('leave out what the customer has bought or agreed to meanwhile', async () => {
    const customer = {
      ...newCustomer('hearth', 'c-17'),
      loyalty: { at: at(1) },
    };
    const enrol = setUp({
      facts: machine,
      customer,
      purchases: [purchase('1', at(-900), { OTHER: 1 }), purchase('9', at(90), { GRINDER: 1 })],
    });
    await reachVisits(enrol);

    await runOut(enrol);

    expect(visitsOf(enrol).map(([, touch]) => touch)).toEqual([
      'warranty-registration',
      'replenishment',
      'win-back',
    ]);
  });

  test('are made once each, though every call comes twice', async () => {
    const [once, twice] = [setUp({ facts: machine }), setUp({ facts: machine })];
    await reachVisits(once);
    await reachVisits(twice);

    await runOut(once);
    while (twice.scheduler.waiting().length > 0) {
      const { payload } = await twice.fire();
      await twice.due(payload);
    }

    expect(visitsOf(twice)).toEqual(visitsOf(once));
    expect(twice.scheduler.names).toEqual(once.scheduler.names);
  });
});

test('an order goes through all its stages, each once', async () => {
  const enrol = setUp({ facts: machine, shop: { packagingInserts: true } });
  await enrol.accept();
  await enrol.handOver('fulfilment', 'delivered');
  await enrol.fire();
  await enrol.handOver('onboarding');
  await enrol.handOver('advocacy');

  await runOut(enrol);

  const started = Object.entries(enrol.journeys).map(([name, { started: all }]) => [
    name,
    all.size,
  ]);
  expect(Object.fromEntries(started)).toEqual({
    fulfilment: 1,
    onboarding: 1,
    advocacy: 1,
    repurchase: 4,
    notice: 1,
    support: 0,
  });
});

test('whatever an order’s id, every name fits Step Functions and Scheduler', async () => {
  const orderId = fc.oneof(
    fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme' }),
    fc.stringMatching(/^[\w.-]{1,128}$/),
  );

  await fc.assert(
    fc.asyncProperty(orderId, async (id) => {
      const enrol = setUp({ orderId: id, facts: machine, shop: { packagingInserts: true } });
      await enrol.accept();
      await enrol.notice({ shop: 'hearth', orderId: id, touch: 'refund', subjects: [id] });
      await enrol.handOver('fulfilment', 'delivered');
      await enrol.handOver('onboarding');
      await runOut(enrol);

      const executions = Object.values(enrol.journeys).flatMap(({ started }) => [
        ...started.keys(),
      ]);
      expect(executions).toHaveLength(1 + 1 + 1 + 4 + 2);
      for (const name of executions) expect(name).toMatch(/^[\w.-]{1,80}$/);
      expect(enrol.scheduler.names.length).toBeGreaterThanOrEqual(2 + 4);
      for (const name of enrol.scheduler.names) expect(name).toMatch(/^[\w.-]{1,64}$/);
    }),
  );
});
