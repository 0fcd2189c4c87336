import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Characters. */
const WRITTEN_AT_ONCE = 262_144;

/** Thousands of lines are given to the file at once: each on its own takes longer than what is in it. */
async function* inPieces(texts: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let lines = '';
  for await (const text of texts) {
    lines += `${text}\n`;
    if (lines.length < WRITTEN_AT_ONCE) continue;
    yield lines;
    lines = '';
  }
  yield lines;
}

/** Writes texts to a file, each on a line of its own: as they come, so that they need not all be in memory. */
export const writeTexts = (
  file: string,
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<void> => pipeline(Readable.from(inPieces(texts)), createWriteStream(file));
