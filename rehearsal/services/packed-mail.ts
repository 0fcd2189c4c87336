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
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of all of it, unpacked. */
  readonly byteLength: number;
  /** Characters of each text. */
  readonly lengths: readonly number[];
}

const packed = (texts: readonly string[]): Packed => {
  const bytes = Buffer.from(texts.join(''));
  return {
    // A copy: what is given is the beginning of something larger.
    bytes: new Uint8Array(zstdCompressSync(bytes, FASTEST)),
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

  get texts(): readonly string[] {
    return this.#packed === undefined ? this.#texts : unpacked(this.#packed);
  }

  get packed(): Packed {
    return this.#packed ?? packed(this.#texts);
  }
}

/** All messages of a rehearsal as another thread is given them: what was said of each, and their texts in blocks. */
export interface PackedMails {
  readonly sent: readonly Omit<SentMail, 'raw'>[];
  readonly blocks: readonly Packed[];
}

/** What need not be copied for another thread. */
export const memoryOf = ({ blocks }: PackedMails): ArrayBuffer[] =>
  blocks.map(({ bytes }) => bytes.buffer);

/**
 * Eighty thousand messages of 40 KB would fill the heap: they are kept packed, and unpacked when they are read. The block
 * that was read last is at hand, as who reads many of them reads one after the other.
 */
export class MailStore {
  /** In the order in which they came. */
  readonly mails: SentMail[] = [];
  /** The same without their texts. */
  readonly #sent: Omit<SentMail, 'raw'>[] = [];
  readonly #blocks: Block[] = [];
  #last: { readonly of: Block; readonly texts: readonly string[] } | undefined;

  add({ raw, ...sent }: SentMail): void {
    const block = this.#open();
    const place = block.add(raw);
    const textAt = (): string => this.#textsOf(block)[place] ?? '';
    this.#sent.push(sent);
    this.mails.push({
      ...sent,
      get raw() {
        return textAt();
      },
    });
  }

  /** With its texts, which nobody here can read any more once they are handed over. */
  packed(): PackedMails {
    return {
      sent: this.#sent,
      blocks: this.#blocks.map((block) => block.packed),
    };
  }

  #open(): Block {
    const last = this.#blocks.at(-1);
    if (last?.isFull === false) return last;
    const block = new Block();
    this.#blocks.push(block);
    return block;
  }

  #textsOf(block: Block): readonly string[] {
    if (!block.isFull) return block.texts;
    if (this.#last?.of !== block) this.#last = { of: block, texts: block.texts };
    return this.#last.texts;
  }
}

/** The messages one after the other; of a thread that packed them, a block at a time is unpacked. */
export function* unpackedMails({ sent, blocks }: PackedMails): Generator<SentMail, undefined> {
  let place = 0;
  for (const block of blocks)
    for (const raw of unpacked(block)) {
      const mail = sent[place];
      if (mail === undefined) throw new Error(`expected ${sent.length} messages, got more texts`);
      place += 1;
      yield { ...mail, raw };
    }
}
