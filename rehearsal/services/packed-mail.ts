import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { SentMail } from './mail.ts';

/** Messages that are packed together: what they have in common is said once. */
const BLOCK = 32;

/** What one refers back to: a block of messages of 40 KB. */
const WINDOW_BITS = 20;

const FASTEST = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    [constants.ZSTD_c_windowLog]: WINDOW_BITS,
  },
};

/** A full block. */
interface Packed {
  readonly bytes: Buffer;
  /** Of all of it, unpacked. */
  readonly byteLength: number;
  /** Characters of each text. */
  readonly lengths: readonly number[];
}

const packed = (texts: readonly string[]): Packed => {
  const bytes = Buffer.from(texts.join(''));
  return {
    // A copy: what is given is the beginning of something larger.
    bytes: Buffer.from(zstdCompressSync(bytes, FASTEST)),
    byteLength: bytes.length,
    lengths: texts.map(({ length }) => length),
  };
};

const unpacked = ({ bytes, byteLength, lengths }: Packed): readonly string[] => {
  // In one piece: by default it comes in hundreds of them.
  const text = zstdDecompressSync(bytes, { chunkSize: byteLength + CHUNK_RESERVE }).toString();
  let from = 0;
  return lengths.map((length) => text.slice(from, (from += length)));
};

/** No chunk is smaller. */
const CHUNK_RESERVE = 64;

/** Messages as text, in the order in which they came; packed once it is full. */
class Block {
  #texts: string[] = [];
  #packed: Packed | undefined;

  /** @returns its place */
  add(text: string): number {
    const place = this.#texts.push(text) - 1;
    if (this.isFull) {
      this.#packed = packed(this.#texts);
      this.#texts = [];
    }
    return place;
  }

  get isFull(): boolean {
    return this.#packed !== undefined || this.#texts.length === BLOCK;
  }

  texts(): readonly string[] {
    return this.#packed === undefined ? this.#texts : unpacked(this.#packed);
  }
}

/**
 * Eighty thousand messages of 40 KB would fill the heap: they are kept packed, and unpacked when they are read. The block
 * that was read last is at hand, as who reads many of them reads one after the other.
 */
export const mailPacker = (): ((mail: SentMail) => SentMail) => {
  let block = new Block();
  let last: { readonly of: Block; readonly texts: readonly string[] } | undefined;
  return ({ raw, ...sent }) => {
    if (block.isFull) block = new Block();
    const of = block;
    const place = of.add(raw);
    return {
      ...sent,
      get raw() {
        if (!of.isFull) return of.texts()[place] ?? '';
        if (last?.of !== of) last = { of, texts: of.texts() };
        return last.texts[place] ?? '';
      },
    };
  };
};
