import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SentMail } from './mail.ts';

/** Bytes of a dictionary that deflate looks at. */
const WINDOW = 32_768;

/**
 * Eighty thousand messages of 40 KB would fill the heap: each is kept packed, and unpacked when it is read. Messages of
 * one touch are alike, so that each is packed by what the first of them says.
 */
export const mailPacker = (): ((mail: SentMail) => SentMail) => {
  const firsts = new Map<string, Buffer>();
  return ({ raw, ...sent }) => {
    const kind = JSON.stringify([sent.from, sent.tags['touch']]);
    const dictionary = firsts.get(kind) ?? Buffer.from(raw).subarray(-WINDOW);
    firsts.set(kind, dictionary);
    // A copy: what deflate gives is the beginning of something larger.
    const bytes = Buffer.from(deflateRawSync(raw, { level: 1, dictionary }));
    return {
      ...sent,
      get raw() {
        return inflateRawSync(bytes, { dictionary }).toString('utf8');
      },
    };
  };
};
