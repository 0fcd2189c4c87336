import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { SentMail } from './mail.ts';

/** Bytes of the first message of a touch that the others are packed by. */
const DICTIONARY_BYTES = 32_768;

const FASTEST = { [constants.ZSTD_c_compressionLevel]: 1 };

/**
 * Eighty thousand messages of 40 KB would fill the heap: each is kept packed, and unpacked when it is read. Messages of
 * one touch are alike, so that each is packed by what the first of them says.
 */
export const mailPacker = (): ((mail: SentMail) => SentMail) => {
  const firsts = new Map<string, Buffer>();
  return ({ raw, ...sent }) => {
    const kind = JSON.stringify([sent.from, sent.tags['touch']]);
    const dictionary = firsts.get(kind) ?? Buffer.from(raw).subarray(-DICTIONARY_BYTES);
    firsts.set(kind, dictionary);
    // A copy: what is given is the beginning of something larger.
    const bytes = Buffer.from(zstdCompressSync(raw, { dictionary, params: FASTEST }));
    return {
      ...sent,
      get raw() {
        return zstdDecompressSync(bytes, { dictionary }).toString('utf8');
      },
    };
  };
};
