import { InvalidEventPattern } from './invalid-event-pattern.ts';

/** The literal pieces between the wildcards: one piece is no wildcard, two pieces one, and so on. */
export type WildcardPieces = readonly string[];

/**
 * Splits a wildcard text at its `*`; `\*` and `\\` stand for the characters themselves. Positions in errors count UTF-8
 * bytes from the opening quote that event-ruler puts before the text.
 */
export const wildcardPieces = (text: string): WildcardPieces => {
  const pieces = [''];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '*') {
      if (text[at + 1] === '*') throw misplaced('Consecutive wildcard characters', text, at);
      pieces.push('');
    } else {
      if (char === '\\') at += 1;
      if (char === '\\' && text[at] !== '*' && text[at] !== '\\') {
        throw misplaced('Invalid escape character', text, at - 1);
      }
      pieces.push(`${pieces.pop() ?? ''}${text[at] ?? ''}`);
    }
  }
  return pieces;
};

const misplaced = (what: string, text: string, at: number): InvalidEventPattern =>
  new InvalidEventPattern(`${what} at pos ${Buffer.byteLength(text.slice(0, at)) + 1}`);

/** Whether the text is the pieces in order with anything between them. Linear: each piece is looked for once. */
export const matchesWildcard = (pieces: WildcardPieces, text: string): boolean => {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
};
