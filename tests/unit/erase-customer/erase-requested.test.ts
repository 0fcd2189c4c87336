import { describe, expect, test } from 'vitest';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import type { ErasureRequested } from '#core/contracts/parse-event.ts';
import { requestErasure } from '#lambdas/ingest-event/erase-requested.ts';
import { linkAddress } from '#lambdas/ingest-event/link-address.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryIdentities } from '#tests/fakes/in-memory-identities.ts';
import { at } from '#tests/unit/orders/order-events.ts';

const shop = 'hearth';
const hashOf = (text: string): string => `email:${sha256Digest(text)}`;

const requested = (who: Partial<ErasureRequested>): ErasureRequested => ({
  type: 'ErasureRequested',
  eventId: 'e-1',
  occurredAt: at(40),
  shop,
  requestId: 'r-1',
  ...who,
});

const setUp = () => {
  const bus = inMemoryEventBus();
  const deps = {
    customers: inMemoryCustomers(),
    identities: inMemoryIdentities(),
    publisher: bus,
    addresses: writtenAddresses,
    hashAddress: async (kind: string, address: string) => `${kind}:${sha256Digest(address)}`,
    shops: { hearth: { country: 'DE' } },
  };
  const due = () =>
    bus.events.flatMap(({ type, detail }) =>
      type === 'ErasureDue' ? [{ id: detail.customerId, eventId: detail.eventId }] : [],
    );
  return {
    deps,
    due,
    request: (who: Partial<ErasureRequested>) => requestErasure(deps, requested(who)),
  };
};

describe('a request to be forgotten', () => {
  test('by an id is for that customer', async () => {
    const { request, due } = setUp();

    expect(await request({ customerId: 'c-1' })).toMatchObject({ kind: 'applied' });

    expect(due()).toEqual([{ id: 'c-1', eventId: 'erasure-due/r-1' }]);
  });

  test('by an address in any spelling is for whoever gave it, under the name that stands for all', async () => {
    const { deps, request, due } = setUp();
    const addressId = hashOf('ada@mail.example');
    const giving = { shop, addressId, at: at(1) };
    await linkAddress(deps, { ...giving, customerId: `guest:${addressId}` });
    await linkAddress(deps, { ...giving, customerId: 'c-1' });

    await request({ email: 'Ada@Mail.Example' });

    expect(due().map(({ id }) => id)).toEqual(['c-1']);
  });

  test('by a name that turned out to be another is for who they are', async () => {
    const { deps, request, due } = setUp();
    const giving = { shop, addressId: hashOf('ada@mail.example'), at: at(1) };
    await linkAddress(deps, { ...giving, customerId: 'c-2' });
    await linkAddress(deps, { ...giving, customerId: 'c-1' });

    await request({ customerId: 'c-2' });

    expect(due().map(({ id }) => id)).toEqual(['c-1']);
  });

  test('finishes a merge of the address that was cut off first', async () => {
    const { deps, request, due } = setUp();
    const addressId = hashOf('ada@mail.example');
    const givers = { 'c-1': at(1), 'c-2': at(2) };
    await deps.identities.write({ shop, addressId, version: 0, givers, isSettled: false });

    await request({ email: 'ada@mail.example' });

    expect((await deps.customers.read(shop, 'c-2'))?.customerId).toBe('c-1');
    expect(due().map(({ id }) => id)).toEqual(['c-1']);
  });

  test('by an address that nobody gave keeps nothing of it, and is answered all the same', async () => {
    const { deps, request, due } = setUp();
    const addressId = hashOf('nobody@mail.example');

    await request({ email: 'nobody@mail.example' });

    expect(due().map(({ id }) => id)).toEqual([`guest:${addressId}`]);
    expect(await deps.identities.read(shop, addressId)).toBeUndefined();
  });

  test('by a number is for the guest who is known by it alone', async () => {
    const { request, due } = setUp();

    await request({ phone: '0151 12345678' });

    expect(due().map(({ id }) => id)).toEqual([`guest:sms:${sha256Digest('+4915112345678')}`]);
  });

  test('by an address that cannot be read is parked, and says what to do', async () => {
    const { request, due } = setUp();

    const result = await request({ phone: '12' });

    expect(result).toMatchObject({ kind: 'parked', reason: 'invalid' });
    expect('problem' in result ? result.problem : '').toContain('name the customer by customerId');
    expect(due()).toEqual([]);
  });
});
