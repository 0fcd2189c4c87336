import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { isInHoldout } from '#core/domain/experiments/arms.ts';
import { customerWith } from '#tests/unit/contact-policy/policy-inputs.ts';
import { requestOf, worldOf } from '#tests/unit/decide-touch/world.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';
import { experimentOf, heldOutId, heldOutOnly, holdout, idWhere, treatedId } from './planned.ts';

type World = ReturnType<typeof worldOf>;

const exposuresIn = ({ bus }: World) =>
  bus.events.flatMap(({ type, detail }) => (type === 'ExposureRecorded' ? detail : []));

/** The customer of the world, by whichever id experiments draw. */
const known = (id: string) => customerWith({ assignment: { id, since: at(0) } });

const worldWith = (id: string, change: Parameters<typeof worldOf>[0] = {}) =>
  worldOf({ experiments: heldOutOnly, customer: known(id), ...change });

describe('a touch that would go', () => {
  test('is not sent to the holdout, and says what would have been', async () => {
    const world = worldWith(heldOutId);

    const decision = await world.decide(requestOf('offer'));

    expect(decision).toMatchObject({ kind: 'drop', reason: 'holdout' });
    expect(decision.rules.at(-1)).toEqual({
      rule: 'holdout',
      verdict: 'refuse',
      because:
        'the customer is in the holdout, who get no treatment; it would have been sent by email',
    });
    expect(world.queue.refs).toEqual([]);
    expect(await world.history()).toMatchObject({ contacts: [], held: [] });
  });

  test('exposes either arm once, as the contract has it', async () => {
    for (const [id, arm] of [
      [heldOutId, 'holdout'],
      [treatedId, 'treated'],
    ] as const) {
      const world = worldWith(id);

      await world.decide(requestOf('offer'));

      const [exposure] = exposuresIn(world);
      expect(exposuresIn(world)).toHaveLength(1);
      expect(outgoingEvents.ExposureRecorded.parse(exposure)).toEqual({
        eventId: `exposure-recorded/holdout/${arm}/100482/offer`,
        occurredAt: at(36),
        schemaVersion: 1,
        shop: 'hearth',
        customerId: 'c-17',
        experiment: 'holdout',
        arm,
        orderId: '100482',
        touch: 'offer',
        touchId: 'offer',
      });
    }
  });

  test('exposes again by the same id when it is asked for again', async () => {
    const world = worldWith(treatedId);

    await world.decide(requestOf('offer'));
    await world.decide(requestOf('offer'));

    expect(new Set(exposuresIn(world).map(({ eventId }) => eventId)).size).toBe(1);
  });
});

describe('a touch that would wait', () => {
  test('is dropped in the holdout at once, and exposes both arms then', async () => {
    const [held, treated] = [heldOutId, treatedId].map((id) => worldWith(id, { hours: 47 }));
    if (held === undefined || treated === undefined) throw new Error('there are two worlds');

    const decisions = [
      await held.decide(requestOf('offer')),
      await treated.decide(requestOf('offer')),
    ];

    expect(decisions.map(({ kind }) => kind)).toEqual(['drop', 'hold']);
    expect(exposuresIn(held)).toHaveLength(1);
    expect(exposuresIn(treated)).toHaveLength(1);
  });

  test('does not expose its arm again when it goes', async () => {
    const world = worldWith(treatedId, { hours: 47 });
    await world.decide(requestOf('offer'));
    world.clock.hours = 60;

    await world.again('offer', 2);

    expect(world.queue.refs).toHaveLength(1);
    expect(exposuresIn(world)).toHaveLength(1);
    expect(await world.find('offer')).toMatchObject({
      arms: [{ experiment: 'holdout', arm: 'treated' }],
      earlier: [{ arms: [{ experiment: 'holdout', arm: 'treated' }] }],
    });
  });

  test('is dropped when a merge takes the customer into the holdout meanwhile', async () => {
    const world = worldWith(treatedId, { hours: 47 });
    await world.decide(requestOf('offer'));
    await world.customers.write(known(heldOutId));
    world.clock.hours = 60;

    await world.again('offer', 2);

    expect(world.queue.refs).toEqual([]);
    expect(exposuresIn(world).map(({ arm }) => arm)).toEqual(['treated', 'holdout']);
  });
});

test('a touch that is dropped anyway exposes nobody', async () => {
  for (const id of [heldOutId, treatedId]) {
    const world = worldWith(id, { customer: { ...known(id), consents: [] } });

    const decision = await world.decide(requestOf('offer'));

    expect(decision).toMatchObject({ kind: 'drop', reason: 'no-consent' });
    expect(exposuresIn(world)).toEqual([]);
  }
});

test('who has neither id nor address is in no experiment', async () => {
  const world = worldOf({
    experiments: {
      holdout: { ...holdout, treats: ['marketing'], also: ['survey'] },
      experiments: [],
    },
    events: [placed({ contact: {} })],
    customer: undefined,
  });

  await world.decide(requestOf('survey'));

  expect(exposuresIn(world)).toEqual([]);
});

test('a touch shows the arms of all experiments on it, and its record keeps them', async () => {
  const experiment = experimentOf({ variant: 'story' });
  const world = worldWith(treatedId, { experiments: { holdout, experiments: [experiment] } });

  const decision = await world.decide(requestOf('offer'));

  const arms = exposuresIn(world).map((each) => ({ experiment: each.experiment, arm: each.arm }));
  expect(arms.map(({ experiment: key }) => key)).toEqual(['holdout', 'offer-test']);
  expect(await world.find('offer')).toMatchObject({ arms });
  expect(decision.rules.slice(-2).map(({ because }) => because)).toEqual([
    'the customer is not in the holdout',
    `offer-test: arm ${arms[1]?.arm}`,
  ]);
});

/** What may happen to a customer, in any order. */
const deeds = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('asked' as const),
      touch: fc.constantFrom('care', 'survey', 'offer', 'parcel'),
      subject: fc.constantFrom('a', 'b'),
    }),
    fc.record({ kind: fc.constant('later' as const), hours: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ kind: fc.constant('reviewed' as const) }),
    fc.record({ kind: fc.constant('merged' as const), id: fc.constantFrom('m-1', 'm-2', 'm-3') }),
  ),
  { minLength: 3, maxLength: 12 },
);

type Deed = typeof deeds extends fc.Arbitrary<readonly (infer Each)[]> ? Each : never;

const happens = async (world: World, deed: Deed): Promise<unknown> => {
  switch (deed.kind) {
    case 'asked':
      return world.decide(requestOf(deed.touch, deed.subject));
    case 'later':
      return void (world.clock.hours += deed.hours);
    case 'reviewed':
      return world.review();
    case 'merged': {
      const now = await world.customers.read('hearth', 'c-17');
      return now && world.customers.write({ ...now, assignment: { id: deed.id, since: at(0) } });
    }
  }
};

const idOf = ({ touch, subject }: Extract<Deed, { kind: 'asked' }>): string =>
  `${touch}:${subject}`;

const treats = new Set(['care', 'offer']);

describe('whatever happens in whatever order', () => {
  test('nothing that is treatment is queued for whom is in the holdout at that moment', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const world = worldWith(heldOutId);
        for (const deed of all) {
          const before = world.queue.refs.length;
          const { assignment } = (await world.customers.read('hearth', 'c-17')) ?? {};
          // One that was decided before a merge is finished again as it was.
          const isNew = deed.kind !== 'asked' || (await world.find(idOf(deed))) === undefined;
          await happens(world, deed);
          if (!isNew || !isInHoldout(heldOutOnly, assignment?.id ?? '')) continue;
          const fresh = world.queue.refs.slice(before).map(({ touchId }) => touchId.split(':')[0]);
          expect(fresh.filter((touch) => treats.has(touch ?? ''))).toEqual([]);
          kept += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(kept).toBeGreaterThan(150);
  });

  test('a customer of the holdout gets every transaction that the others get, when they get it', async () => {
    const withoutMerges = deeds.map((all) => all.filter(({ kind }) => kind !== 'merged'));
    await fc.assert(
      fc.asyncProperty(withoutMerges, async (all) => {
        const [held, treated] = [worldWith(heldOutId), worldWith(treatedId)];
        for (const deed of all) await Promise.all([happens(held, deed), happens(treated, deed)]);

        const parcels = ({ queue }: World) =>
          queue.refs.filter(({ touchId }) => touchId.startsWith('parcel'));
        expect(parcels(held)).toEqual(parcels(treated));
        expect(
          held.queue.refs.filter(({ touchId }) => treats.has(touchId.split(':')[0] ?? '')),
        ).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('the same inputs expose one arm if and only if they expose the other', async () => {
    const consented = fc.boolean();
    const hour = fc.integer({ min: 24, max: 72 });
    const touch = fc.constantFrom('care', 'survey', 'offer', 'parcel');
    const experiments = {
      holdout,
      experiments: [
        experimentOf({ delayHours: 5 }, { kind: 'timing', touches: ['offer', 'care'] }),
      ],
    };
    const inArm = (isHeldOut: boolean) =>
      idWhere((id) => isInHoldout(experiments, id) === isHeldOut);
    let exposed = 0;
    await fc.assert(
      fc.asyncProperty(consented, hour, touch, async (isConsented, hours, name) => {
        const exposuresOf = async (id: string) => {
          const customer = { ...known(id), ...(isConsented ? {} : { consents: [] }) };
          const world = worldWith(id, { customer, hours, experiments });
          await world.decide(requestOf(name));
          return exposuresIn(world).filter(({ experiment }) => experiment === 'holdout').length;
        };

        const [held, treated] = [await exposuresOf(inArm(true)), await exposuresOf(inArm(false))];

        expect(held).toBe(treated);
        exposed += held;
      }),
      { numRuns: 200 },
    );
    expect(exposed).toBeGreaterThan(20);
  });
});
