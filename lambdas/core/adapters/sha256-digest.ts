import { createHash } from 'node:crypto';
import type { Digest } from '../ports/digest.ts';

export const sha256Digest: Digest = (text) =>
  createHash('sha256').update(text).digest('hex').slice(0, 40);
