/**
 * Currencies whose minor unit is not a hundredth, by ISO 4217:2015, list one (SIX Financial
 * Information AG, the maintenance agency). The lists of CLDR, which `Intl` follows in some
 * engines, say otherwise of some that have a minor unit and do not use it.
 */
const exponents: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((currency) => [currency, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((currency) => [currency, 3] as const),
  ...'CLF UYW'.split(' ').map((currency) => [currency, 4] as const),
]);

/** Digits that the minor unit lies behind the unit: 2 for EUR, 0 for JPY, 3 for KWD. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? 2;
