import { type AttributeType, attributeTypes } from '#core/domain/catalogue/attribute.ts';

/** A statement in one language, wherever it was written. */
export interface Statement {
  readonly id: string;
  readonly type: string;
  /** ISO 639. */
  readonly language: string;
  readonly text: string;
}

export const isAttributeType = (type: string | undefined): type is AttributeType =>
  attributeTypes.some((each) => each === type);

/** The contract's limit of one statement. */
const MOST_CHARACTERS = 2000;

/**
 * Statements as a product's attributes, an id once with all its languages. A description that is longer
 * than a statement may be is told in several, `description`, `description.2`, …, cut between sentences.
 */
export const attributesOf = (
  statements: readonly Statement[],
): readonly Readonly<Record<string, unknown>>[] => {
  const byId = Map.groupBy(statements.flatMap(inParts), ({ id }) => id);
  return [...byId].map(([id, all]) => ({
    id,
    type: all[0]?.type,
    text: Object.fromEntries(all.map(({ language, text }) => [language, text])),
  }));
};

const inParts = (statement: Statement): readonly Statement[] =>
  statement.type === 'description'
    ? piecesOf(statement.text.trim()).map((text, at) => ({
        ...statement,
        id: at === 0 ? statement.id : `${statement.id}.${at + 1}`,
        text,
      }))
    : [statement];

const piecesOf = (text: string): readonly string[] => {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > MOST_CHARACTERS) {
    const cut = cutOf(rest);
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...pieces, rest];
};

/** Behind the last line, sentence or word that fits, or else in the middle of one. */
const cutOf = (text: string): number => {
  const fitting = text.slice(0, MOST_CHARACTERS);
  const ends = ['\n', '. ', ' '].map((end) => fitting.lastIndexOf(end) + end.length);
  return ends.find((end) => end > MOST_CHARACTERS / 2) ?? MOST_CHARACTERS;
};
