import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offerTypes } from '#core/domain/offers/offer.ts';
import { offerStates, sessionAnswer } from '#core/contracts/session-api.ts';
import { readSession, readState } from '#storefront/read-session.ts';
import { board, oil, partner, sampleSession } from '#tests/browser/sample-session.ts';

const session = sampleSession('https://api.example');

const some = fc.string({ minLength: 1 });
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const offer = fc.record({
  impressionId: some,
  slot: fc.integer({ min: 1, max: 6 }),
  type: fc.constantFrom(...offerTypes),
  headline: some,
  text: maybe(fc.string()),
  action: some,
  imageUrl: maybe(fc.webUrl()),
  partner: maybe(fc.string()),
  product: maybe(fc.record({ sku: some, name: some, price: fc.string() })),
  href: maybe(some),
  state: fc.constantFrom(...offerStates),
});

/** What JSON would make of it. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an answer', () => {
  test('that the contract allows is read', () => {
    fc.assert(
      fc.property(fc.array(offer), maybe(fc.string()), (offers, review) => {
        const body = sent({ ...session, offers, prompts: { review } });

        const read = readSession(body);

        expect(sessionAnswer.safeParse(body).success).toBe(true);
        expect(read?.offers.length).toBe(offers.length);
        expect(read).toMatchObject({ sessionId: session.sessionId, words: session.words });
      }),
    );
  });

  test.each([
    undefined,
    null,
    '',
    [],
    {},
    { ...session, offers: undefined },
    { ...session, offers: {} },
    { ...session, sessionToken: 7 },
    { ...session, sessionId: '' },
    { ...session, words: {} },
    { ...session, words: { ...session.words, pending: null } },
    { ...session, prompts: undefined },
    { ...session, guides: [{ sku: 'A' }] },
    { type: 'urn:afterglow:problem:any', status: 500 },
  ])('like %j is none', (body) => {
    expect(readSession(body)).toBeUndefined();
  });

  test('has its offers by their places', () => {
    const read = readSession({ ...session, offers: [partner, oil, board] });

    expect(read?.offers).toEqual([board, oil, partner]);
  });

  test.each([
    { ...oil, state: 'sold' },
    { ...oil, headline: '' },
    { ...oil, action: undefined },
    { ...oil, slot: '2' },
    { ...oil, product: { sku: 'OIL-1' } },
    null,
    'offer',
  ])('is read without an offer like %j', (broken) => {
    const read = readSession({ ...session, offers: [board, broken] });

    expect(read?.offers).toEqual([board]);
  });

  test('may have an offer of a type that came later', () => {
    const read = readSession({ ...session, offers: [{ ...board, type: 'donation' }] });

    expect(read?.offers).toHaveLength(1);
  });
});

test.each([
  [{ offers: [{ impressionId: 'a', state: 'pending' }] }, 'pending'],
  [{ offers: [{ impressionId: 'b', state: 'refused' }] }, undefined],
  [{ offers: [{ impressionId: 'a', state: 'sold' }] }, undefined],
  [{ offers: 7 }, undefined],
  ['pending', undefined],
])('of %j the state of an offer is %s', (body, state) => {
  expect(readState(body, 'a')).toBe(state);
});
