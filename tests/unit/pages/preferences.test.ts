import config from '#config';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { regionsOf } from '#core/domain/contact-policy/policy.ts';
import type { ConsentStatement } from '#core/domain/customers/consent.ts';
import { changesOf, choiceName, choicesOf, chosen } from '#core/domain/pages/preferences.ts';

const { policy } = config;

const statement = (change: Partial<ConsentStatement>): ConsentStatement => ({
  eventId: 'e',
  purpose: 'marketing',
  channel: 'email',
  state: 'granted',
  basis: 'consent',
  confirmed: false,
  at: '2026-11-18T09:30:00.000Z',
  source: 'checkout',
  by: 'c-17',
  ...change,
});

const onIn = (country: string, ...consents: readonly ConsentStatement[]): readonly string[] =>
  choicesOf({
    customer: { consents, merged: {} },
    policy,
    regions: regionsOf(policy, country),
    legalEntity: 'Hearth & Grain GmbH',
  })
    .filter(({ isOn }) => isOn)
    .map(choiceName);

test('what needs no agreement is on until it is refused', () => {
  const refusal = statement({ purpose: 'service', channel: 'push', state: 'withdrawn' });

  expect(onIn('US')).toEqual(['service.email', 'service.sms', 'service.push']);
  expect(onIn('US', refusal)).toEqual(['service.email', 'service.sms']);
});

test('what needs a yes is on after it, and where it must be confirmed after that', () => {
  expect(onIn('US', statement({}))).toContain('marketing.email');
  expect(onIn('DE', statement({}))).not.toContain('marketing.email');
  expect(onIn('DE', statement({ confirmed: true }))).toContain('marketing.email');
});

test('a yes to another legal entity is none to this one', () => {
  expect(onIn('US', statement({ legalEntity: 'Others Ltd' }))).not.toContain('marketing.email');
});

test('what is chosen differs from what holds by exactly its changes', () => {
  const before = choicesOf({ customer: undefined, policy, regions: [], legalEntity: 'x' });

  fc.assert(
    fc.property(fc.subarray(before.map(choiceName)), (ticked) => {
      const after = chosen(before, new Set([...ticked, 'transactional.email']));
      const changes = changesOf(before, after);

      const isOnAfter = (name: string, isOn: boolean): boolean => {
        const change = changes.find((each) => choiceName(each) === name);
        return change === undefined ? isOn : change.state === 'granted';
      };
      const names = before.filter((each) => isOnAfter(choiceName(each), each.isOn)).map(choiceName);
      expect(names.toSorted()).toEqual(ticked.toSorted());
      expect(
        changes.every((each) => isOnAfter(choiceName(each), false) === (each.state === 'granted')),
      ).toBe(true);
    }),
  );
});
