/**
 * A shop's text with control and format characters by their code: a terminal shows them and is neither moved nor
 * recoloured by them.
 */
export const visible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
