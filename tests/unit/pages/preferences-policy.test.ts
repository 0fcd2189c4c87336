import config from '#config';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import { regionsOf } from '#core/domain/contact-policy/policy.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { choicesOf } from '#core/domain/pages/preferences.ts';
import type { Channel } from '#core/domain/touches/touch.ts';
import { placing, sampleNow, sampleOrder } from '#lib/messages/sample-orders.ts';
import { crossSell } from '#touches/cross-sell/touch.ts';

const { policy } = config;
const legalEntity = 'Hearth & Grain GmbH';

const statement = fc.record({
  eventId: fc.constant('e'),
  purpose: fc.constantFrom('service', 'marketing'),
  channel: fc.constantFrom('email', 'sms', 'push', 'audience'),
  state: fc.constantFrom('granted', 'withdrawn'),
  basis: fc.constantFrom('consent', 'soft-opt-in'),
  confirmed: fc.boolean(),
  at: fc.constant('2026-11-18T09:30:00.000Z'),
  source: fc.constant('checkout'),
  legalEntity: fc.constantFrom(undefined, legalEntity, 'Others Ltd'),
  by: fc.constant('c-17'),
} as const);

const countries = fc.constantFrom('US', 'DE', 'FR', 'GB', undefined);

test('the preferences show as on exactly what the contact policy lets go', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 8 }), countries, (consents, country) => {
      const customer = { ...newCustomer('hearth', 'c-17'), consents };
      const regions = regionsOf(policy, country);
      const verdictOn = (purpose: 'service' | 'marketing', channel: Channel) =>
        decideContact({
          policy,
          touch: { ...crossSell, purpose, channels: [channel], relevance: [] },
          touchId: 'cross-sell',
          subjects: [],
          order: sampleOrder(placing()),
          customer,
          purchases: [],
          channels: [channel],
          pages: [],
          legalEntity,
          regions,
          zones: ['Europe/Berlin'],
          suppressed: {},
          trouble: {},
          history: { contacts: [], held: [] },
          now: sampleNow,
        }).rules.find(({ rule }) => rule === 'consent')?.verdict;

      for (const { purpose, channel, isOn } of choicesOf({
        customer,
        policy,
        regions,
        legalEntity,
      }))
        expect([purpose, channel, verdictOn(purpose, channel)]).toEqual([
          purpose,
          channel,
          isOn ? 'pass' : 'refuse',
        ]);
    }),
  );
});
