import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SentMail } from './mail.ts';

/** Sixty thousand messages of 40 KB would fill the heap: each is kept packed, and unpacked when it is read. */
export const packed = ({ raw, ...sent }: SentMail): SentMail => {
  const bytes = deflateRawSync(raw, { level: 1 });
  return {
    ...sent,
    get raw() {
      return inflateRawSync(bytes).toString('utf8');
    },
  };
};
