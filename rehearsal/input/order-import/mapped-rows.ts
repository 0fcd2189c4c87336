import { type ImportMap, InvalidImportMap } from './import-map.ts';
import { presetFor, presets } from './presets.ts';
import {
  headerOf,
  isJsonLines,
  readCsv,
  readJsonLines,
  type Row,
  rowsOfObject,
  type UnreadableRow,
} from './read-rows.ts';

export interface MappedRows {
  readonly map: ImportMap;
  readonly rows: AsyncIterable<Row | UnreadableRow>;
}

/**
 * The rows of a file and what its columns are: as the map says or, without one, the preset whose
 * columns the file has.
 *
 * @throws {InvalidImportMap} when no mapping fits the file's columns; JSON lines need one
 * @throws {UnreadableFile}
 */
export const mappedRows = async (
  file: string,
  given: ImportMap | undefined,
): Promise<MappedRows> => {
  if (isJsonLines(file)) {
    if (given === undefined)
      throw new InvalidImportMap(
        `${file}: got JSON lines without a map; expected a map that says what their members are`,
      );
    return { map: given, rows: mappedLines(file, given) };
  }
  const { delimiter = ',', encoding = 'utf8' } = given ?? {};
  const header = await headerOf(file, { delimiter, encoding });
  const map = fittingMap(file, header, given);
  return { map, rows: readCsv(file, map) };
};

/** @throws {InvalidImportMap} */
const fittingMap = (
  file: string,
  header: readonly string[],
  given: ImportMap | undefined,
): ImportMap => {
  const map = given ?? presetFor(header)?.map;
  if (map === undefined)
    throw new InvalidImportMap(
      `${file}: got the columns ${header.join(', ')}; expected those of ${presets.map(({ name }) => name).join(' or ')}, or a map that names them`,
    );
  const twice = Object.values(map.columns).filter(
    (name) => header.indexOf(name) !== header.lastIndexOf(name),
  );
  if (twice.length > 0)
    throw new InvalidImportMap(`${file}: the file has two columns ${twice.join(', ')}; rename one`);
  const absent = Object.entries(map.columns).filter(([, name]) => !header.includes(name));
  if (absent.length === 0) return map;
  const wrong = absent.map(([field, name]) => `${field}=${name}`).join(', ');
  throw new InvalidImportMap(
    `${file}: the map names columns that the file has not: ${wrong}; it has ${header.join(', ')}`,
  );
};

async function* mappedLines(file: string, map: ImportMap): AsyncGenerator<Row | UnreadableRow> {
  for await (const { number, json } of readJsonLines(file)) {
    if (typeof json === 'object' && json !== null) yield* rowsOfObject(number, json, map.lines);
    else yield { number, problem: 'the line is not a JSON object' };
  }
}
