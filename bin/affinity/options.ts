import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  checkedMap,
  type ImportMap,
  InvalidImportMap,
  parseImportMap,
} from '#rehearsal/input/order-import/import-map.ts';

/** A file of a map, or the map itself; nothing where none is given. @throws {InvalidImportMap} */
export const mapOption = async (text: string | undefined): Promise<ImportMap | undefined> => {
  if (text === undefined) return undefined;
  if (!existsSync(text)) return parseImportMap(text);
  try {
    return checkedMap(JSON.parse(await readFile(text, 'utf8')));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new InvalidImportMap(`${text}: got a file that is not JSON, expected a map`, { cause });
  }
};

/** `halfLifeDays=90` and the like. @throws {InvalidImportMap} for what is no number under a name */
export const numbersOption = (texts: readonly string[] = []): Readonly<Record<string, number>> =>
  Object.fromEntries(
    texts.map((text) => {
      const [, key, value] = /^(\w+)=([\d.]+)$/.exec(text) ?? [];
      if (key === undefined)
        throw new InvalidImportMap(
          `--set: got "${text}", expected KEY=NUMBER, such as basketCap=30`,
        );
      return [key, Number(value)];
    }),
  );
