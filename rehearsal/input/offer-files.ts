import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { offerFields, type OfferFields } from '#core/contracts/offer-fields.ts';

/** The offers of one shop, as its file states them. */
export interface OfferFile {
  readonly shop: string;
  readonly file: string;
  readonly offers: readonly OfferFields[];
}

/** Files of offers that cannot be used, with every mistake in them. */
export class InvalidOffers extends Error {
  override readonly name = 'InvalidOffers';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`${problems.length} mistake(s) in offers:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

const fileSchema = z.array(offerFields);

/**
 * Reads the offers of a folder: a file `<shop>.yaml` each.
 *
 * @throws {InvalidOffers} naming file, line, key, what it got and what it wants
 */
export const readOfferFiles = async (dir: string): Promise<readonly OfferFile[]> => {
  const names = (await readdir(dir)).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  const read = await Promise.all(
    names.map(async (name) => {
      const file = join(dir, name);
      return readOffers(file, await readFile(file, 'utf8'));
    }),
  );
  const problems = read.flatMap((each) => ('problems' in each ? each.problems : []));
  if (problems.length > 0) throw new InvalidOffers(problems);
  return read.flatMap((each) => ('problems' in each ? [] : [each]));
};

/** @param file names the shop, and stands in front of every mistake */
export const readOffers = (
  file: string,
  text: string,
): OfferFile | { readonly problems: readonly string[] } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ message }) => `${file}: ${message}`) };
  const value: unknown = document.toJS();
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = [...path.keys(), path.length]
      .map((length) => document.getIn(path.slice(0, length), true))
      .findLast(isNode);
    return lines.linePos(node?.range?.[0] ?? 0).line;
  };
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map(
        ({ path, message }) => `${file}:${lineOf(path)}: ${nameOf(value, path)}${message}`,
      ),
    };
  const problems = doubled(parsed.data).map(
    ([id, at]) => `${file}:${lineOf([at])}: the offerId ${id} is there twice`,
  );
  const shop = basename(file).replace(/\.ya?ml$/, '');
  return problems.length > 0 ? { problems } : { shop, file, offers: parsed.data };
};

/** `offer "mug", value.kind: ` */
const nameOf = (value: unknown, [at, ...path]: readonly PropertyKey[]): string => {
  const offer: unknown = Array.isArray(value) ? value[Number(at)] : undefined;
  const { offerId } = z.object({ offerId: z.string() }).safeParse(offer).data ?? {};
  const name = offerId === undefined ? '' : `offer "${offerId}"`;
  return [name, path.join('.')].filter((part) => part !== '').join(', ') + ': ';
};

const doubled = (offers: readonly OfferFields[]): readonly (readonly [string, number])[] =>
  offers.flatMap(({ offerId }, at) =>
    offers.findIndex((each) => each.offerId === offerId) < at ? [[offerId, at] as const] : [],
  );
