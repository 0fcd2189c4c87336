import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { executionName } from '#core/domain/orders/stage-name.ts';
import { enrolStage } from '#lambdas/enrol-stage/enrol-stage.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { at } from '#tests/unit/orders/order-events.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const nameOf = (shop: string, orderId: string): string =>
  executionName({ shop, orderId, stage: 'fulfilment' }, hash);

/** What Step Functions takes: 80 characters without white space, brackets, wildcards or specials. */
const allowed = /^[\w.-]{1,80}$/;

/** The ids that the configuration allows a shop. */
const shopId = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const orderId = fc.oneof(
  fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme' }),
  fc.stringMatching(/^[\w.-]{1,60}$/),
  fc.string({ unit: fc.constantFrom('_', '.', '-', 'a', ' ', '/'), minLength: 1, maxLength: 4 }),
);

describe('the name of a stage’s execution', () => {
  test('is legible where the order’s id fits, and the same each time', () => {
    expect(nameOf('hearth', '100482')).toBe('hearth_100482_fulfilment');
    expect(nameOf('hearth', '100482')).toBe(nameOf('hearth', '100482'));
  });

  test('has a hash where the id has characters that a name cannot have', () => {
    expect(nameOf('hearth', 'gid://shop/Order/1')).toBe(
      `hearth_gid---shop-O.${hash('gid://shop/Order/1').slice(0, 16)}_fulfilment`,
    );
  });

  test('has a hash where the id is too long', () => {
    expect(nameOf('hearth', '9'.repeat(128))).toBe(
      `hearth_999999999999.${hash('9'.repeat(128)).slice(0, 16)}_fulfilment`,
    );
  });

  test('is plain up to the 80 characters that Step Functions takes', () => {
    const longest = '9'.repeat(80 - 'hearth__fulfilment'.length);

    expect(nameOf('hearth', longest)).toBe(`hearth_${longest}_fulfilment`);
    expect(nameOf('hearth', `${longest}9`)).toContain('.');
  });

  test('fits Step Functions for any id', () => {
    fc.assert(
      fc.property(shopId, orderId, (shop, order) => {
        expect(nameOf(shop, order)).toMatch(allowed);
      }),
      { numRuns: 500 },
    );
  });

  test('is never shared by two orders', () => {
    fc.assert(
      fc.property(shopId, orderId, shopId, orderId, (shop, order, otherShop, other) => {
        const isSame = shop === otherShop && order === other;

        expect(nameOf(shop, order) === nameOf(otherShop, other)).toBe(isSame);
        expect(nameOf(shop, order) === nameOf(shop, other)).toBe(order === other);
      }),
      { numRuns: 1000 },
    );
  });

  test('of an id made to look like another’s hash is not that one’s', () => {
    const hashed = nameOf('hearth', 'a b');
    const alike = hashed.slice('hearth_'.length, -'_fulfilment'.length);

    expect(nameOf('hearth', alike)).not.toBe(hashed);
  });
});

describe('an accepted order', () => {
  const order = { shop: 'hearth', orderId: '100482', placedAt: at(10) };

  test('starts the one fulfilment of its name, with an input of the state machine’s contract', async () => {
    const journeys = inMemoryJourneys();

    expect(await enrolStage({ start: journeys.start, hash })({ ...order, deadline: at(40) })).toBe(
      'started',
    );

    const [[name, input] = []] = journeys.started;
    expect(name).toBe('hearth_100482_fulfilment');
    expect(fulfilment.input.parse(input)).toEqual({ ...order, deadline: at(40) });
  });

  test('that is told of twice starts nothing more', async () => {
    const journeys = inMemoryJourneys();
    const enrol = enrolStage({ start: journeys.start, hash });
    await enrol(order);

    expect(await enrol({ ...order, deadline: at(40) })).toBe('already-started');

    expect([...journeys.started.values()]).toEqual([{ ...order, deadline: null }]);
  });
});
