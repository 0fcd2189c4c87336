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

/** Gives what comes next, if anything does. */
type Reader<Line> = AsyncIterator<Line, unknown> | Iterator<Line, unknown>;

interface Head<Line> {
  readonly line: Line;
  readonly time: string;
  readonly reader: Reader<Line>;
}

/**
 * What several readers give, each in order of time, in order of time; of one time what the first reader gives comes
 * first. Of each reader one line is in memory.
 *
 * @param timeOf of a line, as text that sorts
 */
export async function* inOrderOfTime<Line>(
  readers: readonly Reader<Line>[],
  timeOf: (line: Line) => string,
): AsyncGenerator<Line> {
  const next = async (reader: Reader<Line>): Promise<readonly Head<Line>[]> => {
    const { value: line, done } = await reader.next();
    return done === true ? [] : [{ line, time: timeOf(line), reader }];
  };
  let heads = (await Promise.all(readers.map(next))).flat();
  for (let first = earliest(heads); first !== undefined; first = earliest(heads)) {
    yield first.line;
    const { reader } = first;
    const [following] = await next(reader);
    heads = heads.flatMap((head) => (head.reader === reader ? (following ?? []) : head));
  }
}

/** The lines of several files, as `inOrderOfTime`. */
export const linesByTime = (
  files: readonly string[],
  timeOf: (line: string) => string,
  isWanted: (line: string, file: number) => boolean = () => true,
): AsyncGenerator<string> =>
  inOrderOfTime(
    files.map((file, at) => wantedOf(linesIn(file), (line) => isWanted(line, at))),
    timeOf,
  );

const earliest = <Line>([first, ...others]: readonly Head<Line>[]): Head<Line> | undefined =>
  first && others.reduce((least, head) => (head.time < least.time ? head : least), first);

async function* wantedOf(
  lines: AsyncIterable<string>,
  isWanted: (line: string) => boolean,
): AsyncGenerator<string, undefined> {
  for await (const line of lines) if (isWanted(line)) yield line;
}
