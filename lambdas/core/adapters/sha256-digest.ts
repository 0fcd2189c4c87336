import { hash } from 'node:crypto';
import type { Digest } from '../ports/digest.ts';

/** All 64 digits. */
export const sha256Hex = (text: string): string => hash('sha256', text, 'hex');

export const sha256Digest: Digest = (text) => sha256Hex(text).slice(0, 40);

/** As a content security policy names a style. */
export const sha256Base64 = (text: string): string => hash('sha256', text, 'base64');
