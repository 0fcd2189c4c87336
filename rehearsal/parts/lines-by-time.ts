import { createReadStream } from 'node:fs';

/** Bytes that are read at once: lines are long, and each piece is waited for. */
const READ_AT_ONCE = 1_048_576;

/** The lines of a file. Nothing but a line feed ends one: JSON may have other line breaks of Unicode as they are. */
export async function* linesIn(file: string): AsyncGenerator<string> {
  const stream: AsyncIterable<string> = createReadStream(file, {
    encoding: 'utf8',
    highWaterMark: READ_AT_ONCE,
  });
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

interface Head {
  readonly line: string;
  readonly time: string;
  readonly reader: AsyncGenerator<string, undefined>;
}

/**
 * The lines of several files that are each in order of time, in order of time; of one time those of the first file come
 * first. Of each file one chunk is in memory.
 *
 * @param timeOf of a line, as text that sorts
 * @param isWanted by the line and the place of its file. @default all are
 */
export async function* linesByTime(
  files: readonly string[],
  timeOf: (line: string) => string,
  isWanted: (line: string, file: number) => boolean = () => true,
): AsyncGenerator<string> {
  const next = async (reader: Head['reader']): Promise<readonly Head[]> => {
    const { value: line } = await reader.next();
    return line === undefined ? [] : [{ line, time: timeOf(line), reader }];
  };
  const open = files.map((file, at) => wantedOf(linesIn(file), (line) => isWanted(line, at)));
  let heads = (await Promise.all(open.map(next))).flat();
  for (let first = earliest(heads); first !== undefined; first = earliest(heads)) {
    yield first.line;
    const { reader } = first;
    const [following] = await next(reader);
    heads = heads.flatMap((head) => (head.reader === reader ? (following ?? []) : head));
  }
}

const earliest = ([first, ...others]: readonly Head[]): Head | undefined =>
  first && others.reduce((least, head) => (head.time < least.time ? head : least), first);

async function* wantedOf(
  lines: AsyncIterable<string>,
  isWanted: (line: string) => boolean,
): AsyncGenerator<string, undefined> {
  for await (const line of lines) if (isWanted(line)) yield line;
}
