import { describe, expect, test } from 'vitest';
import type { OfferSeen } from '#core/domain/offers/session-facts.ts';
import { withSeen } from '#core/domain/sessions/offer-history.ts';
import { minute } from './sessions.ts';

const seen = (offerId: string, at: number, kind: OfferSeen['kind'] = 'shown'): OfferSeen => ({
  offerId,
  kind,
  at: minute(at),
});

describe('what a customer was shown', () => {
  test('is told newest first, each once', () => {
    const known = [seen('a', 5), seen('b', 1)];

    const history = withSeen(known, [seen('c', 3), seen('a', 5), seen('a', 5, 'dismissed')]);

    expect(history).toEqual([seen('a', 5, 'dismissed'), seen('a', 5), seen('c', 3), seen('b', 1)]);
  });

  test('is forgotten from the oldest on', () => {
    const history = withSeen(Array.from({ length: 250 }, (_, index) => seen('a', index)));

    expect(history).toHaveLength(200);
    expect(history.at(-1)).toEqual(seen('a', 50));
  });
});
