/** What one part of a text costs, in US dollars. */
export interface PartPrice {
  readonly perPart: number;
  readonly carrierFee: number;
}

/** By ISO 3166-1 alpha-2 code of the destination; `other` is for the rest. */
export type TextPrices = Readonly<Record<string, PartPrice>> & { readonly other: PartPrice };

/**
 * Assumptions, to be replaced by the account's own: the United States and Spain as in the example events
 * of the End User Messaging user guide ("Monitoring with EventBridge"), the others of that order.
 */
export const assumedPrices: TextPrices = {
  AT: { perPart: 0.09, carrierFee: 0 },
  CA: { perPart: 0.006, carrierFee: 0.003 },
  CH: { perPart: 0.07, carrierFee: 0 },
  DE: { perPart: 0.1, carrierFee: 0 },
  ES: { perPart: 0.06087, carrierFee: 0 },
  FR: { perPart: 0.07, carrierFee: 0 },
  GB: { perPart: 0.04, carrierFee: 0 },
  US: { perPart: 0.00581, carrierFee: 0.003 },
  other: { perPart: 0.08, carrierFee: 0 },
};

export interface TextSize {
  readonly encoding: 'GSM' | 'UNICODE';
  readonly parts: number;
}

/** The alphabet of GSM 03.38, and its extension, of which each character takes two. */
const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENDED = '\f^{}\\[~]|€';

/** A text of several parts gives some of each to the header that joins them (3GPP TS 23.040, 9.2.3.24.1). */
const MOST = { GSM: { alone: 160, joined: 153 }, UNICODE: { alone: 70, joined: 67 } } as const;

/** How many parts a text is sent in, and in which encoding. */
export const sizeOf = (body: string): TextSize => {
  const septets = Array.from(body, septetsOf);
  const encoding = septets.includes(0) ? 'UNICODE' : 'GSM';
  const length =
    encoding === 'UNICODE' ? body.length : septets.reduce((sum, each) => sum + each, 0);
  const { alone, joined } = MOST[encoding];
  return { encoding, parts: length <= alone ? 1 : Math.ceil(length / joined) };
};

const septetsOf = (character: string): number => {
  if (GSM_BASIC.includes(character)) return 1;
  return GSM_EXTENDED.includes(character) ? 2 : 0;
};

/** To five decimals, as AWS gives prices in events. */
export const dollars = (amount: number): number => Math.round(amount * 1e5) / 1e5;
