import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  armOf,
  armsFor,
  isInHoldout,
  offerArms,
  treatmentOf,
} from '#core/domain/experiments/arms.ts';
import { mergeCustomers } from '#core/domain/customers/merge-customers.ts';
import { applyToCustomer } from '#core/domain/customers/apply-to-customer.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { allChannels } from '#core/domain/touches/touch.ts';
import { touchOf } from '#tests/unit/contact-policy/policy-inputs.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { experimentOf, heldOutId, heldOutOnly, holdout, idWhere, treatedId } from './planned.ts';

const offer = touchOf();
const experiment = experimentOf({ variant: 'story' });
const asked = { shop: 'hearth', touch: offer, askedAt: at(36) };

describe('the holdout', () => {
  test.each([
    ['marketing', {}, true],
    ['a service that is named', { name: 'care', purpose: 'service' }, true],
    ['another service', { name: 'survey', purpose: 'service' }, false],
    ['a transaction', { name: 'parcel', purpose: 'transactional' }, false],
    ['a transaction that somebody named', { name: 'care', purpose: 'transactional' }, false],
  ] as const)('has an arm on %s or has not', (_, change, isTreatment) => {
    const drawing = { ...asked, touch: touchOf(change), assignmentId: heldOutId };

    expect(armsFor(heldOutOnly, drawing)).toEqual(
      isTreatment ? [{ experiment: 'holdout', arm: 'holdout' }] : [],
    );
  });

  test('has none on what it excepts, and none of a share of nothing', () => {
    const drawing = { ...asked, assignmentId: heldOutId };
    const excepting = { ...heldOutOnly, holdout: { ...holdout, except: ['offer'] } };
    const empty = { ...heldOutOnly, holdout: { ...holdout, share: 0 } };

    expect(armsFor(excepting, drawing)).toEqual([]);
    expect(armsFor(empty, drawing)).toEqual([]);
  });

  test('takes no part in other experiments, whatever the touch', () => {
    const all = { holdout, experiments: [experimentOf({ first: 'sms' }, { touches: ['parcel'] })] };
    const touch = touchOf({ name: 'parcel', purpose: 'transactional' });

    expect(armsFor(all, { ...asked, touch, assignmentId: heldOutId })).toEqual([]);
    expect(armsFor(all, { ...asked, touch, assignmentId: treatedId })).toHaveLength(1);
  });

  test('holds about as many as its share', () => {
    const five = { ...heldOutOnly, holdout: { ...holdout, share: 0.05 } };

    const held = Array.from({ length: 20_000 }, (_, index) => `customer-${index}`).filter((id) =>
      isInHoldout(five, id),
    );

    expect(held.length / 20_000).toBeCloseTo(0.05, 2);
  });
});

describe('an experiment', () => {
  test('shows on its touches, in its shops, on its days', () => {
    const of = (change: object) =>
      armsFor({ experiments: [experiment] }, { ...asked, assignmentId: 'c-1', ...change });

    expect(of({})).toHaveLength(1);
    expect(of({ touch: touchOf({ name: 'other' }) })).toEqual([]);
    expect(of({ askedAt: '2026-10-31T23:59:59.999Z' })).toEqual([]);
    expect(of({ askedAt: '2026-12-31T23:59:59.999Z' })).toHaveLength(1);
    expect(of({ askedAt: '2027-01-01T00:00:00.000Z' })).toEqual([]);
    const elsewhere = { experiments: [{ ...experiment, shops: ['northside'] }] };
    expect(armsFor(elsewhere, { ...asked, assignmentId: 'c-1' })).toEqual([]);
  });

  test('has no arm for whom nobody knows', () => {
    const all = { holdout, experiments: [experiment] };

    expect(armsFor(all, { ...asked, assignmentId: undefined })).toEqual([]);
  });

  test('leaves out the customers that its shares leave', () => {
    const small = experimentOf(
      { variant: 'story' },
      { arms: { control: { share: 0.1 }, b: { share: 0.2, variant: 'story' } } },
    );
    const ids = Array.from({ length: 20_000 }, (_, index) => `customer-${index}`);

    const arms = ids.map((id) => armOf(small, id)?.arm);

    const shareOf = (arm: string | undefined): number =>
      arms.filter((each) => each === arm).length / ids.length;
    expect(shareOf('control')).toBeCloseTo(0.1, 1);
    expect(shareOf('b')).toBeCloseTo(0.2, 1);
    expect(shareOf(undefined)).toBeCloseTo(0.7, 1);
  });

  test('gives the same arm by every channel, in every order and at any time of it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.shuffledSubarray([...allChannels], { minLength: 1 }),
        fc.constantFrom('hearth', 'northside'),
        fc.integer({ min: 0, max: 600 }),
        (assignmentId, channels, shop, hours) => {
          const touch = touchOf({ channels });

          const drawn = armsFor(
            { experiments: [experiment] },
            { shop, touch, assignmentId, askedAt: at(hours) },
          );

          expect(drawn).toEqual([armOf(experiment, assignmentId)]);
        },
      ),
    );
  });

  test('goes on with the arm of the id that was known first, whatever merges with whom', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        (firstSeen, isReversed) => {
          const customers = firstSeen.map((hours) =>
            applyToCustomer(newCustomer('hearth', `c-${hours}`), {
              type: 'CustomerUpdated',
              eventId: `e-${hours}`,
              occurredAt: at(hours),
              shop: 'hearth',
              customerId: `c-${hours}`,
              profile: {},
            }),
          );
          const givers = Object.fromEntries(firstSeen.map((hours) => [`c-${hours}`, at(hours)]));
          const [into, ...others] = isReversed ? customers.toReversed() : customers;
          if (into === undefined) return;

          const merged = mergeCustomers(into, others, { addressId: 'e-1', givers });

          const first = `c-${Math.min(...firstSeen)}`;
          expect(merged.assignment?.id).toBe(first);
          expect(armOf(experiment, merged.assignment?.id ?? '')).toEqual(armOf(experiment, first));
        },
      ),
    );
  });
});

describe('what the arms make of a touch', () => {
  const treatedIn = (of: typeof experiment) =>
    treatmentOf(
      { experiments: [of] },
      [
        armOf(
          of,
          idWhere((id) => armOf(of, id)?.arm === 'b'),
        ),
      ].flatMap((arm) => arm ?? []),
    );

  test('is what the arm says', () => {
    const incentive = { code: 'BACK-10', text: { en: '10 % off.' } };

    expect(treatedIn(experiment)).toMatchObject({ variant: 'story', isHeldOut: false });
    expect(treatedIn(experimentOf({ first: 'sms' }))).toMatchObject({ first: 'sms' });
    expect(treatedIn(experimentOf({ incentive }))).toMatchObject({ incentive });
    expect(treatedIn(experimentOf({ delayHours: 6 })).delay).toMatchObject({ delayHours: 6 });
  });

  test('is nothing in the control, nor of an experiment that is not configured any more', () => {
    const control = { experiment: experiment.key, arm: 'control' };
    const gone = { experiment: 'gone', arm: 'b' };

    expect(treatmentOf({ experiments: [experiment] }, [control, gone])).toEqual({
      arms: [control, gone],
      isHeldOut: false,
    });
  });
});

describe('an experiment on an offer', () => {
  const mug = experimentOf({ variant: 'use' }, { kind: 'offer', touches: [], offers: ['mug'] });
  const all = { holdout, experiments: [mug] };
  const shown = { shop: 'hearth', offerId: 'mug', at: at(36) };
  const inArm = idWhere((id) => !isInHoldout(all, id) && armOf(mug, id)?.arm === 'b');
  const inControl = idWhere((id) => !isInHoldout(all, id) && armOf(mug, id)?.arm === 'control');

  test('shows its variant to its arm, and to the control what the offer says', () => {
    expect(offerArms(all, { ...shown, assignmentId: inArm })).toEqual([
      { experiment: mug.key, arm: 'b', variant: 'use' },
    ]);
    expect(offerArms(all, { ...shown, assignmentId: inControl })).toEqual([
      { experiment: mug.key, arm: 'control', variant: undefined },
    ]);
  });

  test('shows on no other offer, to nobody who is held out or unknown, and on no touch', () => {
    expect(offerArms(all, { ...shown, offerId: 'towel', assignmentId: inArm })).toEqual([]);
    expect(offerArms(all, { ...shown, assignmentId: heldOutId })).toEqual([]);
    expect(offerArms(all, { ...shown, assignmentId: undefined })).toEqual([]);
    expect(armsFor(all, { ...asked, assignmentId: inArm })).toEqual([
      { experiment: 'holdout', arm: 'treated' },
    ]);
  });

  test('shows on its days alone', () => {
    const over = { ...shown, at: `${mug.until}T00:00:00.000Z` };

    expect(offerArms(all, { ...over, assignmentId: inArm })).toEqual([]);
  });
});
