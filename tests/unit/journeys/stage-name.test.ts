import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visitTouches } from '#core/domain/journeys/visits.ts';
import { noticeTouches } from '#core/domain/orders/notices.ts';
import { executionName, scheduleName, stages } from '#core/domain/orders/stage-name.ts';

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
      `hearth_gid---shop-Order-1.${hash('hearth#gid://shop/Order/1').slice(0, 16)}_fulfilment`,
    );
  });

  test('has a hash where the id is too long', () => {
    expect(nameOf('hearth', '9'.repeat(128))).toBe(
      `hearth_${'9'.repeat(45)}.${hash(`hearth#${'9'.repeat(128)}`).slice(0, 16)}_fulfilment`,
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

describe('the names of stages, visits and notices', () => {
  const numbered = visitTouches.flatMap((touch) => [
    `repurchase-${touch}`,
    `repurchase-${touch}-2`,
    `repurchase-${touch}-500`,
  ]);
  const notices = noticeTouches.map((touch) => `notice-${touch}-${'f'.repeat(12)}`);
  const support = `support-${'f'.repeat(12)}`;
  const executions = fc.constantFrom(...stages, ...numbered, ...notices, support);
  const schedules = fc.constantFrom(...stages, ...numbered);

  test('fit Step Functions and Scheduler for any id, and end in what they are for', () => {
    fc.assert(
      fc.property(shopId, orderId, executions, schedules, (shop, order, started, due) => {
        const execution = executionName({ shop, orderId: order, stage: started }, hash);
        const schedule = scheduleName({ shop, orderId: order, stage: due }, hash);

        expect(execution).toMatch(/^[\w.-]{1,80}$/);
        expect(schedule).toMatch(/^[\w.-]{1,64}$/);
        expect(execution.endsWith(`_${started}`)).toBe(true);
        expect(schedule.endsWith(`_${due}`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('are never shared by two orders, or by two stages of one', () => {
    fc.assert(
      fc.property(shopId, orderId, orderId, schedules, schedules, (shop, one, other, a, b) => {
        const isSame = one === other && a === b;

        expect(
          scheduleName({ shop, orderId: one, stage: a }, hash) ===
            scheduleName({ shop, orderId: other, stage: b }, hash),
        ).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });

  test('are plain up to the 64 characters that Scheduler takes', () => {
    const longest = '9'.repeat(64 - 'hearth__advocacy'.length);
    const named = (id: string) =>
      scheduleName({ shop: 'hearth', orderId: id, stage: 'advocacy' }, hash);

    expect(named(longest)).toBe(`hearth_${longest}_advocacy`);
    expect(named(`${longest}9`)).toContain('.');
  });
});
