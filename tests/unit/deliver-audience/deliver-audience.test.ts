import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import config from '#config';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { deliverAudience } from '#lambdas/deliver-audience/deliver-audience.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { dueTouch, sent } from '#tests/unit/deliver-email/due-touch.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { winBack } from '#touches/win-back/touch.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const setUp = (busBreaks?: () => boolean) => {
  const bus = inMemoryEventBus(busBreaks);
  const { shops } = config;
  const deliver = deliverAudience({
    shops,
    addresses: writtenAddresses,
    sha256: sha256Hex,
    publisher: bus,
  });
  return { deliver, bus };
};

const due = (change: Partial<Parameters<typeof dueTouch>[0]> = {}) =>
  dueTouch({ touch: winBack, channel: 'audience', ...change });

describe('a member of an audience', () => {
  test('is known by the hashes of e-mail and number alone, for thirty days', async () => {
    const { deliver, bus } = setUp();

    const result = await sent(deliver(due()));

    expect(result).toEqual({ kind: 'accepted', messageId: 'audience-joined/100482/win-back:P1' });
    expect(bus.events).toEqual([
      {
        type: 'AudienceChanged',
        detail: {
          eventId: 'audience-joined/100482/win-back:P1',
          occurredAt: at(13),
          schemaVersion: 1,
          shop: 'hearth',
          audience: 'win-back',
          change: 'add',
          emailSha256: hashOf('mia.sommer@mail.example'),
          phoneSha256: hashOf('+4915112345678'),
          expiresAt: at(13 + 30 * 24),
        },
      },
    ]);
    const [fact] = bus.events;
    expect(outgoingEvents.AudienceChanged.parse(fact?.detail)).toEqual(fact?.detail);
    expect(JSON.stringify(bus.events)).not.toContain('@');
  });

  test('is one of the same spelling however the address was written', async () => {
    const { deliver, bus } = setUp();

    await sent(
      deliver(due({ contact: { customerId: 'c-17', email: ' MIA.Sommer@Mail.Example ' } })),
    );

    expect(bus.events).toMatchObject([
      { detail: { emailSha256: hashOf('mia.sommer@mail.example') } },
    ]);
    expect(bus.events[0]?.detail).not.toHaveProperty('phoneSha256');
  });

  test('is nobody without an address', async () => {
    const { deliver, bus } = setUp();

    expect(await deliver(due({ contact: { customerId: 'c-17' } }))).toEqual({
      kind: 'dropped',
      reason: 'no-address',
    });
    expect(bus.events).toEqual([]);
  });

  test('may be asked for later when the bus cannot be reached, though it is marketing', async () => {
    const { deliver, bus } = setUp(breaksOnce());

    expect(await sent(deliver(due()))).toMatchObject({ kind: 'later' });
    expect(await sent(deliver(due()))).toMatchObject({ kind: 'accepted' });
    expect(bus.events).toHaveLength(1);
  });
});
