import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordOf } from '#rehearsal/services/random-password.ts';

test('a password has one character of each kind at least and none that is excluded', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 3, max: 64 }), (seed, PasswordLength) => {
      const text = passwordOf(
        { PasswordLength, ExcludePunctuation: true, ExcludeCharacters: 'lO0' },
        seed,
      );

      expect(text).toHaveLength(PasswordLength);
      expect(text).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[1-9])[a-km-zA-NP-Z1-9]+$/);
    }),
  );
});
