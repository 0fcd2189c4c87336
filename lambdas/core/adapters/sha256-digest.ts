import { createHash } from 'node:crypto';
import type { Digest } from '../ports/digest.ts';

/** All 64 digits. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

export const sha256Digest: Digest = (text) => sha256Hex(text).slice(0, 40);
