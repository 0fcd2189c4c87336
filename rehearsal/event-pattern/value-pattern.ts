import type { CaseSpellings } from './ignore-case.ts';
import { endOfSpellings, endsInSpellings } from './ignore-case.ts';
import type { AddressRange } from './ip-address.ts';
import { isInAddressRange } from './ip-address.ts';
import type { WildcardPieces } from './wildcard.ts';
import { matchesWildcard } from './wildcard.ts';

/**
 * A leaf of an event as event-ruler sees it. `token` is the JSON text with strings in bare quotes (no escapes), which
 * is why a string is never equal to a number and `{"prefix": ""}` holds for every string and for nothing else.
 */
export type EventValue = {
  readonly token: string;
  /** Set when the value is a number that a double holds exactly. */
  readonly number: number | undefined;
  /** Set when the value is a string that is an IP address. */
  readonly address: string | undefined;
};

/** One entry of a field's list in a pattern, ready to be tried on a value. */
export type ValuePattern =
  | { readonly kind: 'exact'; readonly token: string }
  | { readonly kind: 'number'; readonly value: number }
  | ({ readonly kind: 'numeric-range' } & NumericRange)
  | ({ readonly kind: 'address' } & AddressRange)
  | { readonly kind: 'prefix'; readonly start: string }
  | { readonly kind: 'suffix'; readonly end: string }
  | { readonly kind: 'wildcard'; readonly pieces: WildcardPieces }
  | ({ readonly kind: 'ignore-case' } & CaselessText)
  | { readonly kind: 'anything-but'; readonly excluded: readonly ValuePattern[] }
  | { readonly kind: 'exists' }
  | { readonly kind: 'absent' };

export type NumericRange = {
  readonly bottom: number;
  readonly openBottom: boolean;
  readonly top: number;
  readonly openTop: boolean;
};

/** A text in any case, and the part of the value that it has to be. */
type CaselessText = {
  readonly part: 'whole' | 'start' | 'end';
  readonly spellings: CaseSpellings;
};

/** Whether a present value satisfies the pattern. `absent` is about the lack of one and is never satisfied here. */
export const acceptsValue = (pattern: ValuePattern, value: EventValue): boolean => {
  switch (pattern.kind) {
    case 'exact':
      return value.token === pattern.token;
    case 'number':
      return value.number === pattern.value;
    case 'numeric-range':
      return isInRange(value.number, pattern);
    case 'address':
      return isInAddressRange(value.address, pattern);
    case 'prefix':
      return value.token.startsWith(pattern.start);
    case 'suffix':
      return value.token.endsWith(pattern.end);
    case 'wildcard':
      return matchesWildcard(pattern.pieces, value.token);
    case 'ignore-case':
      return isSpelt(value.token, pattern);
    case 'anything-but':
      return !pattern.excluded.some((excluded) => acceptsValue(excluded, value));
    case 'exists':
      return true;
    case 'absent':
      return false;
  }
};

const isInRange = (
  value: number | undefined,
  { bottom, openBottom, top, openTop }: NumericRange,
): boolean =>
  value !== undefined &&
  (openBottom ? value > bottom : value >= bottom) &&
  (openTop ? value < top : value <= top);

const isSpelt = (token: string, { part, spellings }: CaselessText): boolean => {
  if (part === 'end') return endsInSpellings(spellings, token);
  const end = endOfSpellings(spellings, token);
  return part === 'start' ? end !== undefined : end === token.length;
};
