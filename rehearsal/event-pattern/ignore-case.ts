/**
 * A text to compare without regard to case, one entry per UTF-16 unit: the spellings accepted there. As in
 * event-ruler's EqualsIgnoreCaseParser each unit of the pattern may appear in its lower or its upper case, whatever
 * that does to its length: "ß" accepts "ß" and "SS", not "ss". No spelling of a unit begins or ends with another of
 * that unit (a test tries all 65,536), so the first that fits is the only one.
 */
export type CaseSpellings = readonly (readonly string[])[];

/** Java encodes half a surrogate pair as "?", so a character beyond the BMP is only ever matched by "??". */
const SURROGATE = /[\ud800-\udfff]/;

export const caseSpellings = (text: string): CaseSpellings =>
  text
    .split('')
    .map((unit) =>
      SURROGATE.test(unit) ? ['?'] : [...new Set([unit.toLowerCase(), unit.toUpperCase()])],
    );

/** Where the spellings end when read from the start of the text, or undefined when the text departs from them. */
export const endOfSpellings = (spellings: CaseSpellings, text: string): number | undefined => {
  let at = 0;
  for (const choices of spellings) {
    const found = choices.find((choice) => text.startsWith(choice, at));
    if (found === undefined) return undefined;
    at += found.length;
  }
  return at;
};

/** Whether the text ends in the spellings. */
export const endsInSpellings = (spellings: CaseSpellings, text: string): boolean => {
  let end = text.length;
  for (const choices of spellings.toReversed()) {
    const found = choices.find((choice) => text.endsWith(choice, end));
    if (found === undefined) return false;
    end -= found.length;
  }
  return true;
};
