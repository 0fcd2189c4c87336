import { expect, test } from 'vitest';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';

test('the same text has the same digest, another text another', () => {
  expect(sha256Digest('hearth/1')).toBe(sha256Digest('hearth/1'));
  expect(sha256Digest('hearth/1')).not.toBe(sha256Digest('hearth/2'));
});

test('a digest is fit for a header and tells nothing of its text', () => {
  expect(sha256Digest('mia@mail.example')).toMatch(/^[\da-f]{40}$/);
});
