import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { advocacy } from '#state-machines/advocacy.contract.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import { notice } from '#state-machines/notice.contract.ts';
import { onboarding } from '#state-machines/onboarding.contract.ts';
import { support } from '#state-machines/support.contract.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { ARRIVAL, purchase, tenOclock } from '#tests/unit/journeys/plan-inputs.ts';
import {
  amended,
  at,
  delivered,
  disputed,
  line,
  placed,
  received,
  returned,
} from '#tests/unit/orders/order-events.ts';
import { hash, setUp, spreadOf } from './set-up.ts';

const order = { shop: 'hearth', orderId: '100482' };
const regular = [purchase('1', at(-900), { OTHER: 1 })];
const wholeReturn = received(70, 'R1');

describe('an accepted order', () => {
  test('starts the one fulfilment of its name, with an input of the state machine’s contract', async () => {
    const { accept, journeys } = setUp();

    expect(await accept(at(40))).toBe('started');

    const [[name, input] = []] = journeys.fulfilment.started;
    expect(name).toBe('hearth_100482_fulfilment');
    expect(fulfilment.input.parse(input)).toEqual({
      ...order,
      placedAt: at(10),
      deadline: at(40),
    });
  });

  test('that is told of twice starts nothing more', async () => {
    const { accept, journeys } = setUp({ shop: { packagingInserts: true } });
    await accept();

    expect(await accept(at(40))).toBe('already-started');

    expect([...journeys.fulfilment.started.values()]).toMatchObject([{ deadline: null }]);
    expect(journeys.notice.started.size).toBe(1);
  });

  test('has a card asked for where the shop has them', async () => {
    const { accept, journeys } = setUp({ shop: { packagingInserts: true } });

    await accept();

    const [[name, input] = []] = journeys.notice.started;
    expect(name).toBe('hearth_100482_notice-packaging-insert');
    expect(notice.input.parse(input)).toEqual({
      ...order,
      touch: 'packaging-insert',
      subjects: ['mill', 'tin'],
    });
  });

  test('has no card where the shop has none, or where nothing needs one', async () => {
    const without = setUp();
    const needless = setUp({ shop: { packagingInserts: true }, purchases: regular });

    await without.accept();
    await needless.accept();

    expect(without.journeys.notice.started.size).toBe(0);
    expect(needless.journeys.notice.started.size).toBe(0);
  });

  test('has one card, though it was amended before it is told of again', async () => {
    const { accept, hear, journeys } = setUp({ shop: { packagingInserts: true } });
    await accept();
    await hear(amended(11, { addedLines: [line('oven')] }));

    await accept();

    expect(journeys.notice.started.size).toBe(1);
  });
});

describe('a notice', () => {
  const refund = { ...order, touch: 'refund', subjects: ['F-1'] } as const;

  test('starts the one journey of its name, whatever stage the order is in', async () => {
    const enrol = setUp();

    expect(await enrol.notice(refund)).toBe('started');
    expect(await enrol.notice(refund)).toBe('already-started');

    const [[name, input] = []] = enrol.journeys.notice.started;
    const about = hash('["F-1"]').slice(0, 12);
    expect(name).toBe(`hearth_100482_notice-refund-${about}`);
    expect(notice.input.parse(input)).toEqual(refund);
  });

  test('of something else is another', async () => {
    const enrol = setUp();
    await enrol.notice(refund);

    expect(await enrol.notice({ ...refund, subjects: ['F-2'] })).toBe('started');
    expect(await enrol.notice({ ...refund, touch: 'out-for-delivery' })).toBe('started');

    expect(enrol.journeys.notice.started.size).toBe(3);
  });
});

describe('a bad answer', () => {
  const handOff = { ...order, touch: 'support-hand-off', subjects: [at(300)] } as const;

  test('starts the one hand-over to support of its name, and no notice', async () => {
    const enrol = setUp();

    expect(await enrol.notice(handOff)).toBe('started');
    expect(await enrol.notice(handOff)).toBe('already-started');

    const [[name, input] = []] = enrol.journeys.support.started;
    const about = hash(JSON.stringify([at(300)])).slice(0, 12);
    expect(name).toBe(`hearth_100482_support-${about}`);
    expect(support.input.parse(input)).toEqual({ ...order, priority: 'normal' });
    expect(enrol.journeys.notice.started.size).toBe(0);
  });

  test('of a customer of high value hurries', async () => {
    const enrol = setUp({ shop: { highValueFrom: 3_000 } });

    await enrol.notice(handOff);

    expect([...enrol.journeys.support.started.values()]).toMatchObject([{ priority: 'high' }]);
  });

  test('that follows another is handed over too', async () => {
    const enrol = setUp();
    await enrol.notice(handOff);

    expect(await enrol.notice({ ...handOff, subjects: [at(400)] })).toBe('started');

    expect(enrol.journeys.support.started.size).toBe(2);
  });
});

describe('the stage after another', () => {
  test('is scheduled for its time, within the hour', async () => {
    const { handOver, scheduler, journeys } = setUp();

    expect(await handOver('fulfilment', 'delivered')).toBe('scheduled');

    expect(scheduler.waiting()).toEqual([
      {
        name: 'hearth_100482_onboarding',
        at: spreadOf(tenOclock(1)),
        payload: { ...order, stage: 'onboarding' },
      },
    ]);
    expect(journeys.onboarding.started.size).toBe(0);
  });

  test('starts at once when its time has come', async () => {
    const { handOver, scheduler, journeys } = setUp({ now: tenOclock(2) });

    expect(await handOver('fulfilment', 'delivered')).toBe('started');

    const [[name, input] = []] = journeys.onboarding.started;
    expect(name).toBe('hearth_100482_onboarding');
    expect(onboarding.input.parse(input)).toMatchObject({ ...order, careLines: ['mill', 'tin'] });
    expect(scheduler.waiting()).toEqual([]);
  });

  test('of onboarding is advocacy, and the first visit of repurchase beside it', async () => {
    const { handOver, scheduler } = setUp({ facts: { 'SKU-mill': { warrantyMonths: 24 } } });

    await handOver('onboarding');

    expect(scheduler.waiting()).toEqual([
      {
        name: 'hearth_100482_advocacy',
        at: spreadOf(tenOclock(11)),
        payload: { ...order, stage: 'advocacy' },
      },
      {
        name: 'hearth_100482_repurchase-1',
        at: spreadOf(tenOclock(16)),
        payload: {
          ...order,
          stage: 'repurchase',
          planned: 'warranty-registration',
          done: [],
          turn: 1,
        },
      },
    ]);
  });

  test('that the order has no use for is passed over, and the reason is published', async () => {
    const { handOver, bus, journeys, scheduler } = setUp({
      events: [placed({ gift: true }), delivered(ARRIVAL)],
    });

    expect(await handOver('fulfilment', 'delivered')).toBe('skipped');

    expect(bus.events).toEqual([
      {
        type: 'StageCompleted',
        detail: {
          eventId: 'stage-completed/100482/onboarding',
          occurredAt: tenOclock(0),
          schemaVersion: 1,
          ...order,
          stage: 'onboarding',
          outcome: 'gift',
        },
      },
    ]);
    const [fact] = bus.events;
    expect(outgoingEvents.StageCompleted.parse(fact?.detail)).toEqual(fact?.detail);
    expect(journeys.onboarding.started.size + scheduler.waiting().length).toBe(0);
  });

  test.each(['cancelled', 'stalled', 'given-back', 'disputed', 'not-delivered'])(
    'is none after one that ended as %s',
    async (outcome) => {
      const { handOver, bus, scheduler } = setUp();

      expect(await handOver('fulfilment', outcome)).toBe('ended');
      expect(await handOver('onboarding', outcome)).toBe('ended');

      expect(scheduler.waiting()).toEqual([]);
      expect(bus.events).toEqual([]);
    },
  );

  test('is none after the last two, which were planned together', async () => {
    const { handOver, scheduler, bus } = setUp();

    expect(await handOver('advocacy')).toBe('ended');
    expect(await handOver('repurchase')).toBe('ended');

    expect(scheduler.waiting().length + bus.events.length).toBe(0);
  });

  test('is none after one that there is not', async () => {
    const { handOver, scheduler, bus } = setUp();

    expect(await handOver('after-sales')).toBe('ended');

    expect(scheduler.waiting().length + bus.events.length).toBe(0);
  });

  test('is no visit when the order was given back meanwhile, and it is said why', async () => {
    const { handOver, scheduler, bus } = setUp({
      events: [placed(), delivered(ARRIVAL), wholeReturn],
    });

    expect(await handOver('onboarding')).toBe('skipped');

    expect(scheduler.waiting()).toEqual([]);
    expect(bus.events).toMatchObject([
      { detail: { stage: 'advocacy', outcome: 'given-back' } },
      { detail: { stage: 'repurchase', outcome: 'given-back' } },
    ]);
  });
});

describe('a stage whose time has come', () => {
  test('starts with what is known then', async () => {
    const { handOver, hear, fire, journeys } = setUp();
    await handOver('onboarding');
    await hear(returned(70, 'mill'));

    expect(await fire()).toMatchObject({ result: 'started' });

    const [[name, input] = []] = journeys.advocacy.started;
    expect(name).toBe('hearth_100482_advocacy');
    expect(advocacy.input.parse(input)).toMatchObject({
      ...order,
      reviewLines: ['tin'],
      answerWithinSeconds: 345_600,
    });
  });

  test.each([
    ['given-back', wholeReturn],
    ['disputed', disputed(70, 'D1')],
    ['not-delivered', amended(70, { addedLines: [line('oven')] })],
  ])('is passed over as %s when that came meanwhile', async (outcome, event) => {
    const { handOver, hear, fire, journeys, bus } = setUp();
    await handOver('onboarding');
    await hear(event);

    expect(await fire()).toMatchObject({ result: 'skipped' });

    expect(journeys.advocacy.started.size).toBe(0);
    expect(bus.events).toMatchObject([{ detail: { stage: 'advocacy', outcome } }]);
  });

  test('starts though its time has moved on meanwhile', async () => {
    const { handOver, hear, fire, journeys } = setUp();
    await handOver('fulfilment', 'delivered');
    await hear(amended(61, { addedLines: [line('oven')] }), delivered(70, 'P2'));

    expect(await fire()).toMatchObject({ result: 'started' });

    expect(journeys.onboarding.started.size).toBe(1);
  });
});

describe('a hand-over that comes again', () => {
  test('schedules nothing twice', async () => {
    const { handOver, scheduler } = setUp();
    await handOver('fulfilment', 'delivered');

    expect(await handOver('fulfilment', 'delivered')).toBe('already-scheduled');

    expect(scheduler.names).toEqual(['hearth_100482_onboarding']);
  });

  test('starts nothing twice', async () => {
    const { handOver, journeys } = setUp({ now: tenOclock(2) });
    await handOver('fulfilment', 'delivered');

    expect(await handOver('fulfilment', 'delivered')).toBe('already-started');

    expect(journeys.onboarding.started.size).toBe(1);
  });

  test('after its schedule has called starts nothing twice', async () => {
    const { handOver, fire, journeys } = setUp();
    await handOver('fulfilment', 'delivered');
    await fire();

    expect(await handOver('fulfilment', 'delivered')).toBe('already-started');

    expect(journeys.onboarding.started.size).toBe(1);
  });

  test('after the bus could not be reached tells the same reason', async () => {
    const { handOver, bus } = setUp({
      events: [placed({ gift: true }), delivered(ARRIVAL)],
      busBreaks: breaksOnce(),
    });

    await expect(handOver('fulfilment', 'delivered')).rejects.toThrow('the bus');
    expect(await handOver('fulfilment', 'delivered')).toBe('skipped');
    expect(await handOver('fulfilment', 'delivered')).toBe('skipped');

    expect(bus.events[1]).toEqual(bus.events[0]);
  });
});
