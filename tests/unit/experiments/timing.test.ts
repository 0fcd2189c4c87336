import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { openFrom } from '#core/domain/contact-policy/quiet-hours.ts';
import { delayedUntil } from '#core/domain/experiments/delay.ts';
import type { PlannedArm } from '#core/domain/experiments/experiment.ts';
import { contact, inputsOf, NOON, smallPolicy } from '#tests/unit/contact-policy/policy-inputs.ts';
import { at } from '#tests/unit/orders/order-events.ts';

const zone = 'Europe/Berlin';

const delayedBy = (delay: Pick<PlannedArm, 'delayHours' | 'atHour'>) => ({
  arms: [{ experiment: 'evening', arm: 'b' }],
  isHeldOut: false,
  delay: { experiment: 'evening', arm: 'b', ...delay },
});

describe('an arm’s time', () => {
  // One o’clock in Berlin, at(NOON), is noon in UTC.
  test.each([
    ['hours later', { delayHours: 30 }, NOON, NOON + 30],
    ['at the hour that comes today', { atHour: 18 }, NOON, NOON + 5],
    ['at the hour that comes tomorrow', { atHour: 9 }, NOON, NOON + 20],
    ['at once within the hour', { atHour: 13 }, NOON, NOON],
  ] as const)('comes %s', (_, delay, from, until) => {
    expect(delayedUntil(delay, { askedAt: at(NOON), from: at(from), zone })).toBe(at(until));
  });

  test('is by the clocks of the day on which they change', () => {
    const from = '2026-10-24T17:00:00.000Z';

    expect(delayedUntil({ atHour: 18 }, { askedAt: from, from, zone })).toBe(
      '2026-10-25T17:00:00.000Z',
    );
  });
});

describe('a touch in an arm on timing', () => {
  test('is held until then, and goes then', () => {
    const treatment = delayedBy({ delayHours: 4 });

    const first = decideContact(inputsOf({ treatment }));
    const second = decideContact(inputsOf({ treatment, askedAt: at(NOON), hours: NOON + 4 }));

    expect(first).toMatchObject({ kind: 'hold', until: at(NOON + 4), reason: 'experiment' });
    expect(second).toMatchObject({ kind: 'send', channel: 'email' });
  });

  test('is not sent into quiet hours: they are asked of that time', () => {
    const decision = decideContact(inputsOf({ treatment: delayedBy({ delayHours: 10 }) }));

    expect(decision).toMatchObject({ kind: 'hold', until: at(NOON + 19), reason: 'experiment' });
  });

  test('goes at its hour of the day on which the caps leave it a place', () => {
    const history = { contacts: [contact(NOON - 2, { purpose: 'service' })], held: [] };

    const decision = decideContact(inputsOf({ history, treatment: delayedBy({ atHour: 12 }) }));

    expect(decision).toMatchObject({ kind: 'hold', until: at(NOON + 23), reason: 'experiment' });
  });

  test('says in which arm, and from when on', () => {
    const { rules } = decideContact(inputsOf({ treatment: delayedBy({ delayHours: 4 }) }));

    expect(rules).toContainEqual({
      rule: 'experiment',
      channel: 'email',
      verdict: 'hold',
      because: `evening: in arm b it goes from ${at(NOON + 4)} on`,
    });
  });

  test('never goes, nor is looked at again, in quiet hours or before its time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 72 }),
        fc.integer({ min: 0, max: 48 }),
        (delayHours, quarters) => {
          const hours = NOON + quarters / 4;
          const treatment = delayedBy({ delayHours });

          const decision = decideContact(inputsOf({ treatment, hours }));

          if (decision.kind !== 'hold') throw new Error(`got ${decision.kind}, expected a hold`);
          expect(decision.until >= at(hours + delayHours)).toBe(true);
          expect(openFrom(smallPolicy.quietHours.slice(0, 1), [zone], decision.until)).toBe(
            decision.until,
          );
        },
      ),
    );
  });
});

test('an arm on the channel tries it first, and says what it goes by instead', () => {
  const treatment = { arms: [], isHeldOut: false, first: 'sms' } as const;
  const touch = { channels: ['email', 'sms'] } as const;

  const decision = decideContact(inputsOf({ touch, treatment }));
  const without = decideContact(
    inputsOf({ touch, treatment, suppressed: { sms: { reason: 'stopped', at: at(1) } } }),
  );

  expect(decision).toMatchObject({ kind: 'send', channel: 'sms' });
  expect(without).toMatchObject({ kind: 'reroute', from: 'sms', channel: 'email' });
});
