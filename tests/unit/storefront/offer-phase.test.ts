import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offerStates } from '#core/contracts/session-api.ts';
import { isSettled, nextPhase, type OfferEvent, type OfferPhase } from '#storefront/offer-phase.ts';

const phases: readonly OfferPhase[] = [...offerStates, 'asking', 'failed'];
const told = offerStates.map((state): OfferEvent => ({ kind: 'told', state }));
const events: readonly OfferEvent[] = [
  { kind: 'accept' },
  { kind: 'dismiss' },
  { kind: 'lost' },
  ...told,
];

const anyPhase = fc.constantFrom(...phases);
const anyEvents = fc.array(fc.constantFrom(...events), { maxLength: 20 });

/** Every phase on the way. */
const walk = (from: OfferPhase, happened: readonly OfferEvent[]): readonly OfferPhase[] =>
  happened.reduce<readonly OfferPhase[]>(
    (way, event) => [...way, nextPhase(way.at(-1) ?? from, event)],
    [from],
  );

describe('an offer', () => {
  test.each<[OfferPhase, readonly OfferEvent[], OfferPhase]>([
    ['open', [{ kind: 'accept' }], 'asking'],
    ['open', [{ kind: 'accept' }, { kind: 'told', state: 'pending' }], 'pending'],
    ['pending', [{ kind: 'told', state: 'confirmed' }], 'confirmed'],
    ['pending', [{ kind: 'told', state: 'refused' }], 'refused'],
    ['pending', [{ kind: 'told', state: 'expired' }], 'expired'],
    ['asking', [{ kind: 'lost' }], 'failed'],
    ['asking', [{ kind: 'told', state: 'open' }], 'failed'],
    ['failed', [{ kind: 'accept' }], 'asking'],
    ['failed', [{ kind: 'dismiss' }], 'dismissed'],
    ['open', [{ kind: 'dismiss' }], 'dismissed'],
    ['asking', [{ kind: 'dismiss' }], 'asking'],
    ['pending', [{ kind: 'dismiss' }], 'pending'],
    ['asking', [{ kind: 'accept' }], 'asking'],
    ['pending', [{ kind: 'told', state: 'open' }], 'pending'],
    ['open', [{ kind: 'told', state: 'confirmed' }], 'confirmed'],
    ['open', [{ kind: 'lost' }], 'open'],
  ])('that is %s is after %j %s', (from, happened, to) => {
    expect(walk(from, happened).at(-1)).toBe(to);
  });

  test('that is settled stays as it is', () => {
    fc.assert(
      fc.property(anyPhase, anyEvents, (from, happened) => {
        const way = walk(from, happened);
        const settled = way.find(isSettled);

        expect(settled === undefined || way.at(-1) === settled).toBe(true);
      }),
    );
  });

  test('asks for nothing while it is asking or pending, whatever is clicked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<OfferPhase>('asking', 'pending'),
        fc.array(fc.constantFrom<OfferEvent>({ kind: 'accept' }, { kind: 'dismiss' })),
        (from, clicks) => {
          expect(new Set(walk(from, clicks))).toEqual(new Set([from]));
        },
      ),
    );
  });

  test('is confirmed by an answer alone', () => {
    fc.assert(
      fc.property(anyEvents, (happened) => {
        const isTold = happened.some(
          (event) => event.kind === 'told' && event.state === 'confirmed',
        );

        expect(walk('open', happened).includes('confirmed') && !isTold).toBe(false);
      }),
    );
  });
});
