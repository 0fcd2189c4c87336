/** 3GPP TS 23.038, 6.2.1: characters of seven bits. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** 6.2.1.1: characters that take an escape before them. */
const extended = '\f^{}\\[~]|€';

/** Characters of a message of one segment, and of each segment of a longer one. */
const segmentSizes = {
  'GSM-7': { only: 160, each: 153 },
  'UCS-2': { only: 70, each: 67 },
} as const;

export interface SmsLength {
  /** One character outside GSM-7 makes the whole message UCS-2. */
  readonly encoding: keyof typeof segmentSizes;
  /** Units of the encoding: an extended character of GSM-7 is two, an emoji of UCS-2 as well. */
  readonly units: number;
  readonly segments: number;
}

/** What an SMS takes of the network, and so of the bill: it is paid by segment. */
export const smsLength = (text: string): SmsLength => {
  const characters = Array.from(text);
  const isGsm = characters.every((each) => basic.includes(each) || extended.includes(each));
  const units = isGsm
    ? characters.reduce((sum, each) => sum + (extended.includes(each) ? 2 : 1), 0)
    : text.length;
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  const { only, each } = segmentSizes[encoding];
  return { encoding, units, segments: units <= only ? 1 : Math.ceil(units / each) };
};

/** What typography and number formats write outside GSM-7, as GSM-7 writes it. */
const plainForms: ReadonlyMap<string, string> = new Map([
  ['\u00A0', ' '],
  ['\u202F', ' '],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
]);

/** The text with characters of GSM-7 where they say the same: one other would more than double its price. */
export const smsText = (text: string): string =>
  Array.from(text)
    .map((each) => plainForms.get(each) ?? each)
    .join('');
