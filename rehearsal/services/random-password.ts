import { seededRandom } from '../random.ts';

/** The options of GetRandomPassword, which GenerateSecretString of a template shares. */
export interface PasswordRule {
  readonly PasswordLength?: number | string | undefined;
  readonly ExcludeCharacters?: string | undefined;
  readonly ExcludeLowercase?: boolean | undefined;
  readonly ExcludeUppercase?: boolean | undefined;
  readonly ExcludeNumbers?: boolean | undefined;
  readonly ExcludePunctuation?: boolean | undefined;
  readonly IncludeSpace?: boolean | undefined;
  readonly RequireEachIncludedType?: boolean | undefined;
}

const DEFAULT_LENGTH = 32;

/**
 * A password that the seed alone decides, so that runs can be compared; of the kinds of characters and
 * the length that the rule asks for, as the Secrets Manager API reference describes GetRandomPassword.
 *
 * @throws {RangeError} when the rule leaves no characters, or more kinds than the password has places
 */
export const passwordOf = (rule: PasswordRule, seed: string): string => {
  const kinds = kindsOf(rule);
  const length = Number(rule.PasswordLength ?? DEFAULT_LENGTH);
  const required = rule.RequireEachIncludedType === false ? [] : kinds;
  if (kinds.length === 0 || required.length > length)
    throw new RangeError(
      `a password of ${length} characters of ${kinds.length} kinds cannot be made: lengthen it or exclude less`,
    );
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const all = kinds.join('');
  const drawn = Array.from({ length }, (_, at) => pick(required[at] ?? all, below));
  return shuffled(drawn, below).join('');
};

const kindsOf = (rule: PasswordRule): readonly string[] => {
  const kinds: readonly (readonly [isIn: boolean, characters: string])[] = [
    [rule.ExcludeLowercase !== true, 'abcdefghijklmnopqrstuvwxyz'],
    [rule.ExcludeUppercase !== true, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    [rule.ExcludeNumbers !== true, '0123456789'],
    [rule.ExcludePunctuation !== true, '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
    [rule.IncludeSpace === true, ' '],
  ];
  const excluded = new Set(rule.ExcludeCharacters ?? '');
  return kinds
    .filter(([isIn]) => isIn)
    .map(([, characters]) =>
      characters
        .split('')
        .filter((each) => !excluded.has(each))
        .join(''),
    )
    .filter((characters) => characters !== '');
};

const pick = (characters: string, below: (limit: number) => number): string =>
  characters.charAt(below(characters.length));

/** Fisher–Yates: a required character stands anywhere. */
const shuffled = (
  characters: readonly string[],
  below: (limit: number) => number,
): readonly string[] => {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [result[last], result[other]] = [result[other] ?? '', result[last] ?? ''];
  }
  return result;
};
